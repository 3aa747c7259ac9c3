package network.privateness.reproducible.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.privateness.reproducible.oci.Platform;

/** What is in a composition: everything that is in its members, and what it says itself, in one root file system. */
final class MergedSoftware {

    /** Of the user that the programs run as; in several members it has several names, which say nothing there. */
    private static final User USER = new User("ness", Volume.DEFAULT_ID, Volume.DEFAULT_ID, Member.DATA);

    private final Definitions plain;
    private final Software own;
    private final List<Member> members;

    /**
     * @param plain all bases
     * @param own what the composition says itself
     */
    MergedSoftware(Definitions plain, Software own, List<Member> members) {
        this.plain = plain;
        this.own = own;
        this.members = members;
    }

    Software on(Set<Platform> platforms, Map<String, String> texts) {
        Optional<String> base = base();
        List<Path> rootfs = new ArrayList<>();
        members.forEach(member -> rootfs.addAll(member.image().software().rootfs()));
        rootfs.addAll(own.rootfs());
        return new Software(base, installs(base, platforms), users(), alternatives(), List.of(), rootfs, texts);
    }

    /** The names of a chain of bases, the lowest first. */
    List<String> chain(Optional<String> base) {
        Software software = new Software(base, List.of(), List.of(), List.of(), List.of(), List.of(), Map.of());
        return plain.chain(software).stream().map(BaseDefinition::name).toList();
    }

    /** The highest of all: every other one must be below it. */
    private Optional<String> base() {
        Optional<String> highest = own.base();
        for (Member member : members) {
            Optional<String> base = member.image().software().base();
            List<String> here = chain(base);
            List<String> highestChain = chain(highest);
            if (startsWith(here, highestChain)) {
                highest = base;
            } else if (!startsWith(highestChain, here)) {
                throw member.problem(
                        "\"" + member.name() + "\" stands on the bases " + String.join(", ", here)
                                + ", but what is included before it on " + String.join(", ", highestChain)
                                + ": one of the two must be the other's beginning",
                        "let one base stand on the other in " + Definitions.BASES_FILE);
            }
        }
        return highest;
    }

    private static boolean startsWith(List<String> chain, List<String> beginning) {
        return chain.size() >= beginning.size()
                && chain.subList(0, beginning.size()).equals(beginning);
    }

    private List<Install> installs(Optional<String> base, Set<Platform> platforms) {
        MergedInstalls installs = new MergedInstalls(platforms, own.install());
        members.forEach(installs::add);
        for (String name : chain(base)) {
            installs.without(plain.bases().get(name), members);
        }
        return installs.installs();
    }

    private List<User> users() {
        Map<Integer, User> users = new LinkedHashMap<>();
        own.users().forEach(user -> users.put(user.uid(), user));
        for (Member member : members) {
            for (User user : member.image().software().users()) {
                boolean shared = members.size() > 1 && user.uid() == Volume.DEFAULT_ID;
                User here = shared ? USER : user;
                User other = users.putIfAbsent(user.uid(), here);
                if (other != null && !other.equals(here) && !own.users().contains(other)) {
                    throw member.problem(
                            "uid " + user.uid() + " is the user " + user.name() + " of \"" + member.name()
                                    + "\" and the user " + other.name() + " of another member",
                            "say under \"users\" of this composition who it is");
                }
            }
        }
        return List.copyOf(users.values());
    }

    private List<Alternative> alternatives() {
        Map<String, Alternative> links = new LinkedHashMap<>();
        own.alternatives().forEach(link -> links.put(link.link(), link));
        for (Member member : members) {
            for (Alternative link : member.image().software().alternatives()) {
                Alternative other = links.putIfAbsent(link.link(), link);
                if (other != null && !other.equals(link) && !own.alternatives().contains(other)) {
                    throw member.problem(
                            "the link " + link.link() + " of \"" + member.name()
                                    + "\" points elsewhere than that of another member",
                            "say under \"alternatives\" of this composition where it points");
                }
            }
        }
        return List.copyOf(links.values());
    }
}
