package network.privateness.reproducible.debian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * One member of a relationship field of a binary package (Debian Policy 7.1): alternatives, of which one is enough.
 *
 * @param alternatives at least one, in the order of preference
 */
public record Dependency(List<Alternative> alternatives) {

    /** How many members a field may have; Debian 13's longest has about 1,500. */
    static final int MAX_MEMBERS = 10_000;

    public Dependency {
        alternatives = List.copyOf(alternatives);
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("a dependency needs at least one alternative");
        }
    }

    /** Relations between versions. */
    public enum Operator {
        EARLIER("<<", order -> order < 0),
        EARLIER_OR_EQUAL("<=", order -> order <= 0),
        EQUAL("=", order -> order == 0),
        LATER_OR_EQUAL(">=", order -> order >= 0),
        LATER(">>", order -> order > 0);

        private final String sign;
        private final IntPredicate test;

        Operator(String sign, IntPredicate test) {
            this.sign = sign;
            this.test = test;
        }

        static Operator parse(String text, String sign) {
            return Arrays.stream(values())
                    .filter(operator -> operator.sign.equals(sign))
                    .findFirst()
                    .orElseThrow(() -> bad(text, "the relation must be one of << <= = >= >>"));
        }
    }

    /** What is asked of the version. */
    public record Relation(Operator operator, DebianVersion version) {

        /** Whether this version is as it is asked for. */
        public boolean accepts(DebianVersion candidate) {
            return operator.test.test(candidate.compareTo(version));
        }

        @Override
        public String toString() {
            return operator.sign + " " + version;
        }
    }

    /**
     * One alternative.
     *
     * @param name a package, or what packages provide
     * @param architecture what stands after a colon: {@code any} or an architecture
     */
    public record Alternative(String name, Optional<String> architecture, Optional<Relation> relation) {

        public Alternative {
            PackageName.check(name);
            architecture.ifPresent(PackageName::checkArchitecture);
        }

        @Override
        public String toString() {
            return name
                    + architecture.map(value -> ":" + value).orElse("")
                    + relation.map(value -> " (" + value + ")").orElse("");
        }
    }

    /**
     * Reads a whole field: members separated by commas.
     *
     * @throws IllegalArgumentException if it is malformed; the message quotes the member
     */
    public static List<Dependency> parseAll(String field) {
        List<Dependency> members = new ArrayList<>();
        if (field.isBlank()) {
            return members;
        }
        for (String member : field.split(",", -1)) {
            if (members.size() == MAX_MEMBERS) {
                throw bad(field, "more than " + MAX_MEMBERS + " members");
            }
            members.add(parse(member));
        }
        return members;
    }

    /** @throws IllegalArgumentException if it is malformed; the message quotes it */
    public static Dependency parse(String member) {
        List<Alternative> alternatives = new ArrayList<>();
        for (String alternative : member.split("\\|", -1)) {
            alternatives.add(alternative(alternative.strip()));
        }
        return new Dependency(alternatives);
    }

    private static Alternative alternative(String text) {
        int open = text.indexOf('(');
        String target = (open < 0 ? text : text.substring(0, open)).strip();
        int colon = target.indexOf(':');
        String name = colon < 0 ? target : target.substring(0, colon);
        Optional<String> architecture = colon < 0 ? Optional.empty() : Optional.of(target.substring(colon + 1));
        Optional<Relation> relation = open < 0 ? Optional.empty() : Optional.of(relation(text, text.substring(open)));
        try {
            return new Alternative(name, architecture, relation);
        } catch (IllegalArgumentException e) {
            throw bad(text, e.getMessage());
        }
    }

    private static Relation relation(String text, String parenthesised) {
        if (!parenthesised.endsWith(")")) {
            throw bad(text, "a relation ends with )");
        }
        String inside = parenthesised.substring(1, parenthesised.length() - 1).strip();
        int end = 0;
        while (end < inside.length() && "<>=".indexOf(inside.charAt(end)) >= 0) {
            end++;
        }
        Operator operator = Operator.parse(text, inside.substring(0, end));
        try {
            return new Relation(
                    operator, DebianVersion.parse(inside.substring(end).strip()));
        } catch (IllegalArgumentException e) {
            throw bad(text, e.getMessage());
        }
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException("dependency \"" + Quoted.text(text.strip()) + "\": " + why);
    }

    @Override
    public String toString() {
        return alternatives.stream().map(Alternative::toString).collect(Collectors.joining(" | "));
    }
}
