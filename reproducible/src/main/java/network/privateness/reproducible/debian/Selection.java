package network.privateness.reproducible.debian;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;

/** One attempt at a resolution, with one choice of versions. */
final class Selection {

    private static final int MAX_PACKAGES = 5_000;

    private final Choice choice;
    private final Collection<String> roots;
    private final Set<String> excluded;
    private final TreeMap<String, Candidate> selected = new TreeMap<>();
    private final Map<String, String> neededBy = new HashMap<>();
    private final Deque<Candidate> fresh = new ArrayDeque<>();
    private final TreeMap<String, List<Dependency>> open = new TreeMap<>();

    Selection(Choice choice, Collection<String> roots, Set<String> excluded) {
        this.choice = choice;
        this.roots = roots;
        this.excluded = excluded;
    }

    /**
     * Selects until nothing is missing.
     *
     * @return a package of a single suite that must count instead; then begin again with it
     */
    Optional<Candidate> close() {
        roots.forEach(name -> select(root(name), null));
        while (true) {
            while (!fresh.isEmpty()) {
                Candidate candidate = fresh.remove();
                for (Dependency dependency : candidate.depends()) {
                    Optional<Candidate> another = consider(candidate, dependency);
                    if (another.isPresent()) {
                        return another;
                    }
                }
            }
            if (!decideOne()) {
                Conflicts.check(selected.values(), choice.architecture());
                return Optional.empty();
            }
        }
    }

    /** What was selected, sorted by name. */
    List<Resolver.Resolved> result() {
        List<Resolver.Resolved> result = new ArrayList<>();
        for (Candidate candidate : selected.values()) {
            TreeSet<String> depends = new TreeSet<>();
            for (Dependency dependency : candidate.depends()) {
                choice.satisfying(dependency).stream()
                        .map(Candidate::name)
                        .filter(selected::containsKey)
                        .findFirst()
                        .ifPresent(depends::add);
            }
            depends.remove(candidate.name());
            result.add(new Resolver.Resolved(candidate, List.copyOf(depends)));
        }
        return result;
    }

    /** Selects what leaves no choice, keeps the rest for later. */
    private Optional<Candidate> consider(Candidate owner, Dependency dependency) {
        if (isExcluded(dependency)) {
            return Optional.empty();
        }
        List<Candidate> satisfying = choice.satisfying(dependency);
        if (satisfying.isEmpty()) {
            return Optional.of(choice.satisfyingFrom(owner.suite(), dependency).stream()
                    .filter(other -> !excluded.contains(other.name()))
                    .findFirst()
                    .orElseThrow(() -> missing(owner, dependency)));
        }
        if (satisfying.size() == 1) {
            select(satisfying.get(0), owner.name());
        } else {
            open.computeIfAbsent(owner.name(), name -> new ArrayList<>()).add(dependency);
        }
        return Optional.empty();
    }

    /** Settles open dependencies, in the order of their owners' names, until one of them needs a new package. */
    private boolean decideOne() {
        while (!open.isEmpty()) {
            Map.Entry<String, List<Dependency>> owner = open.firstEntry();
            while (!owner.getValue().isEmpty()) {
                List<Candidate> satisfying = choice.satisfying(owner.getValue().remove(0));
                if (satisfying.stream().noneMatch(candidate -> selected.containsKey(candidate.name()))) {
                    select(satisfying.get(0), owner.getKey());
                    return true;
                }
            }
            open.remove(owner.getKey());
        }
        return false;
    }

    /** An excluded package counts as present in any version. */
    private boolean isExcluded(Dependency dependency) {
        return !excluded.isEmpty()
                && (dependency.alternatives().stream().anyMatch(wanted -> excluded.contains(wanted.name()))
                        || choice.satisfying(dependency).stream().anyMatch(found -> excluded.contains(found.name())));
    }

    private void select(Candidate candidate, String owner) {
        if (selected.putIfAbsent(candidate.name(), candidate) == null) {
            if (selected.size() > MAX_PACKAGES) {
                throw problem(candidate.name(), "more than " + MAX_PACKAGES + " packages are needed", "install less");
            }
            neededBy.put(candidate.name(), owner);
            fresh.add(candidate);
        }
    }

    private Candidate root(String name) {
        return choice.candidate(name).orElseThrow(() -> {
            List<String> others = choice.otherSuites(name);
            return problem(
                    name,
                    "no such package in " + String.join(", ", choice.suites(name)),
                    others.isEmpty() ? "correct its name" : "ask for it with suite: " + others.get(0));
        });
    }

    private Problem missing(Candidate owner, Dependency dependency) {
        List<String> chain = new ArrayList<>();
        for (String name = owner.name(); name != null; name = neededBy.get(name)) {
            chain.add(0, selected.get(name).toString());
        }
        String found = dependency.alternatives().stream()
                .map(wanted -> choice.candidate(wanted.name())
                        .map(candidate -> candidate + " of " + candidate.suite())
                        .orElse("no " + wanted.name()))
                .collect(Collectors.joining(", "));
        return problem(
                owner.name(),
                String.join(" -> ", chain) + " needs " + dependency + ", but there is " + found,
                "try again when the mirror is in sync, or exclude what the image does not need");
    }

    private Problem problem(String name, String what, String next) {
        return new Problem("Debian package " + name + " (" + choice.architecture() + ")", what, next);
    }
}
