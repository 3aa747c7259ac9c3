package network.privateness.reproducible.debian;

import static network.privateness.reproducible.debian.TestArchive.stanza;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResolverTest {

    @Test
    void preDependsAndDependsAreFollowedToTheirEnd() {
        String packages = stanza("a", "1", "Depends: c, b (>= 2)")
                + stanza("b", "2", "Pre-Depends: d (= 1)", "Recommends: x", "Suggests: x")
                + stanza("c", "1", "Depends: a")
                + stanza("d", "1-0")
                + stanza("x", "1");
        assertThat(resolve(packages, "a")).containsExactly("a 1 [b, c]", "b 2 [d]", "c 1 [a]", "d 1-0 []");
    }

    @Test
    void theFirstAlternativeThatCanBeHadIsTaken() {
        String packages = stanza("a", "1", "Depends: none | old (>= 9) | b | c")
                + stanza("old", "1")
                + stanza("b", "1")
                + stanza("c", "1");
        assertThat(resolve(packages, "a")).containsExactly("a 1 [b]", "b 1 []");
    }

    @Test
    void anAlternativeThatIsTakenAnywayIsEnough() {
        String packages = stanza("a", "1", "Depends: b | c, d")
                + stanza("b", "1")
                + stanza("c", "1")
                + stanza("d", "1", "Depends: c");
        assertThat(resolve(packages, "a")).containsExactly("a 1 [c, d]", "c 1 []", "d 1 [c]");
        assertThat(resolve(stanza("a", "1", "Depends: b | c") + stanza("b", "1") + stanza("c", "1"), "a", "c"))
                .containsExactly("a 1 [c]", "c 1 []");
    }

    @Test
    void aRealPackageComesBeforeThoseThatProvideItsName() {
        String packages = stanza("a", "1", "Depends: mail")
                + stanza("exim", "1", "Provides: mail", "Priority: required")
                + stanza("mail", "1");
        assertThat(resolve(packages, "a")).containsExactly("a 1 [mail]", "mail 1 []");
    }

    @Test
    void amongProvidersPriorityDecidesThenTheName() {
        String packages = stanza("a", "1", "Depends: awk")
                + stanza("gawk", "1", "Provides: awk", "Priority: optional")
                + stanza("mawk", "1", "Provides: awk", "Priority: required")
                + stanza("aawk", "1", "Provides: awk", "Priority: optional");
        assertThat(resolve(packages, "a")).containsExactly("a 1 [mawk]", "mawk 1 []");
        assertThat(resolve(packages.replace("required", "optional"), "a")).containsExactly("a 1 [aawk]", "aawk 1 []");
    }

    @Test
    void aVersionIsSatisfiedByAProvidedVersionOnly() {
        String packages = stanza("a", "1", "Depends: v (>= 2)")
                + stanza("b", "9", "Provides: v")
                + stanza("c", "9", "Provides: v (= 1)")
                + stanza("d", "1", "Provides: w, v (= 2)");
        assertThat(resolve(packages, "a")).containsExactly("a 1 [d]", "d 1 []");
    }

    @Test
    void architectureQualifiers() {
        String packages = stanza("a", "1", "Depends: b:any, c:amd64, d:armhf | e")
                + stanza("b", "1", "Multi-Arch: allowed")
                + stanza("c", "1")
                + stanza("d", "1")
                + stanza("e", "1");
        assertThat(resolve(packages, "a")).containsExactly("a 1 [b, c, e]", "b 1 []", "c 1 []", "e 1 []");
        assertThatThrownBy(() -> resolve(packages.replace("allowed", "same"), "a"))
                .hasMessage("Debian package a (amd64): a (1) needs b:any, but there is b (1) of trixie. Next: try again"
                        + " when the mirror is in sync, or exclude what the image does not need");
    }

    @Test
    void ofSeveralDefaultSuitesTheNewestVersionCounts() {
        List<PackagesIndex> suites = List.of(
                index("trixie", stanza("a", "1", "Depends: b (= 1+deb13u1)") + stanza("b", "1")),
                index("trixie-updates", stanza("a", "1", "Depends: nothing")),
                index("trixie-security", stanza("b", "1+deb13u1")));
        List<Resolver.Resolved> resolved =
                new Resolver("amd64", suites, List.of()).resolve(List.of(Wanted.of("a")), Set.of());
        assertThat(text(resolved)).containsExactly("a 1 [b]", "b 1+deb13u1 []");
        assertThat(resolved).extracting(one -> one.candidate().suite()).containsExactly("trixie", "trixie-security");
    }

    @Test
    void aSupersededVersionProvidesNothing() {
        List<PackagesIndex> suites = List.of(
                index("trixie", stanza("a", "1", "Depends: v") + stanza("b", "1", "Provides: v")),
                index("trixie-security", stanza("b", "2")));
        assertThatThrownBy(() -> new Resolver("amd64", suites, List.of()).resolve(List.of(Wanted.of("a")), Set.of()))
                .hasMessageContaining("a (1) needs v, but there is no v");
    }

    @Test
    void aSinglePackageComesFromItsSuiteAndItsDependenciesFromTheDefaultOnes() {
        PackagesIndex trixie = index("trixie", stanza("a", "1") + stanza("libc6", "2.41"));
        PackagesIndex forky = index(
                "forky", stanza("a", "2", "Depends: libc6 (>= 2.38)") + stanza("libc6", "2.43") + stanza("n", "1"));
        Resolver resolver = new Resolver("amd64", List.of(trixie), List.of(forky));
        assertThat(text(resolver.resolve(List.of(Wanted.of("a", "forky")), Set.of())))
                .containsExactly("a 2 [libc6]", "libc6 2.41 []");
        assertThat(text(resolver.resolve(List.of(Wanted.of("a")), Set.of()))).containsExactly("a 1 []");
        assertThat(text(resolver.resolve(List.of(Wanted.of("a", "trixie")), Set.of())))
                .containsExactly("a 1 []");
        assertThatThrownBy(() -> resolver.resolve(List.of(Wanted.of("n")), Set.of()))
                .hasMessage("Debian package n (amd64): no such package in trixie. Next: ask for it with suite: forky");
        assertThatThrownBy(() -> resolver.resolve(List.of(Wanted.of("z")), Set.of()))
                .hasMessage("Debian package z (amd64): no such package in trixie. Next: correct its name");
        assertThatThrownBy(() -> resolver.resolve(List.of(Wanted.of("z", "forky")), Set.of()))
                .hasMessage("Debian package z (amd64): no such package in forky. Next: correct its name");
        assertThatThrownBy(() -> resolver.resolve(List.of(Wanted.of("a", "sid")), Set.of()))
                .hasMessage("Debian package a (amd64): suite \"sid\" was not read. Next: name one of the suites of this"
                        + " lock");
    }

    @Test
    void whatTheDefaultSuitesLackComesFromTheSameSingleSuiteForEveryone() {
        PackagesIndex trixie =
                index("trixie", stanza("b", "1", "Depends: lib, extra") + stanza("lib", "1") + stanza("extra", "1"));
        PackagesIndex forky = index(
                "forky",
                stanza("a", "2", "Depends: b, lib (>= 2), virtual")
                        + stanza("lib", "2")
                        + stanza("p", "1", "Provides: virtual"));
        assertThat(text(new Resolver("amd64", List.of(trixie), List.of(forky))
                        .resolve(List.of(Wanted.of("a", "forky")), Set.of())))
                .containsExactly("a 2 [b, lib, p]", "b 1 [extra, lib]", "extra 1 []", "lib 2 []", "p 1 []");
    }

    @Test
    void onePackageFromTwoSuitesIsRefused() {
        PackagesIndex trixie = index("trixie", stanza("x", "1"));
        Resolver resolver = new Resolver(
                "amd64", List.of(trixie), List.of(index("forky", stanza("a", "1")), index("sid", stanza("a", "2"))));
        assertThatThrownBy(() -> resolver.resolve(List.of(Wanted.of("a", "forky"), Wanted.of("a", "sid")), Set.of()))
                .hasMessage("Debian package a (amd64): needed from suite forky and from suite sid. Next: ask for both"
                        + " packages from one suite");
    }

    @Test
    void excludedPackagesCountAsPresent() {
        String packages = stanza("a", "1", "Depends: b (>= 9), c | d, awk, e")
                + stanza("b", "1")
                + stanza("c", "1")
                + stanza("d", "1")
                + stanza("e", "1")
                + stanza("mawk", "1", "Provides: awk");
        assertThat(text(resolver(packages).resolve(List.of(Wanted.of("a")), Set.of("b", "d", "mawk"))))
                .containsExactly("a 1 [e]", "e 1 []");
        assertThatThrownBy(() -> resolver(packages).resolve(List.of(Wanted.of("a")), Set.of("a")))
                .hasMessage(
                        "Debian package a (amd64): asked for and excluded at once. Next: remove it from one of the two"
                                + " lists");
    }

    @Test
    void whatIsMissingIsNamedWithTheWholeChain() {
        String packages = stanza("a", "1", "Depends: b")
                + stanza("b", "2", "Depends: c")
                + stanza("c", "3", "Depends: libd (>= 4) | libe, zlib1g")
                + stanza("libd", "3");
        assertThatThrownBy(() -> resolve(packages, "a"))
                .hasMessage(
                        "Debian package c (amd64): a (1) -> b (2) -> c (3) needs libd (>= 4) | libe, but there is libd"
                                + " (3) of trixie, no libe. Next: try again when the mirror is in sync, or exclude what the image"
                                + " does not need");
    }

    @Test
    void packagesThatExcludeEachOtherAreRefused() {
        String packages = stanza("a", "1", "Depends: b", "Conflicts: v")
                + stanza("b", "1", "Provides: v")
                + stanza("c", "1", "Breaks: d (<< 2)", "Depends: d")
                + stanza("d", "1")
                + stanza("e", "1", "Provides: m", "Conflicts: m");
        assertThatThrownBy(() -> resolve(packages, "a"))
                .hasMessage(
                        "Debian package a (amd64): a (1) excludes v, and b (1) is chosen too. Next: install one of the"
                                + " two, or exclude one");
        assertThatThrownBy(() -> resolve(packages, "c")).hasMessageContaining("c (1) excludes d (<< 2), and d (1)");
        assertThat(resolve(packages.replace("<< 2", "<< 1"), "c")).hasSize(2);
        assertThat(resolve(packages, "e")).hasSize(1);
    }

    @Test
    void theResultDependsOnNoOrder() {
        Random random = new Random(11);
        List<String> stanzas = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String depends = random.ints(random.nextInt(4), 0, 60)
                    .mapToObj(n -> "p" + n + " | p" + random.nextInt(60) + " | v" + random.nextInt(5))
                    .collect(Collectors.joining(", "));
            stanzas.add(stanza("p" + i, "1", "Depends: " + depends, "Provides: v" + i % 5));
        }
        List<Wanted> wanted = new ArrayList<>(List.of(Wanted.of("p1"), Wanted.of("p7"), Wanted.of("p30")));
        List<String> first = text(resolver(String.join("", stanzas)).resolve(wanted, Set.of()));
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(stanzas, random);
            Collections.shuffle(wanted, random);
            assertThat(text(resolver(String.join("", stanzas)).resolve(wanted, Set.of())))
                    .isEqualTo(first);
        }
    }

    private static List<String> resolve(String packages, String... wanted) {
        return text(
                resolver(packages).resolve(Arrays.stream(wanted).map(Wanted::of).toList(), Set.of()));
    }

    private static Resolver resolver(String packages) {
        return new Resolver("amd64", List.of(index("trixie", packages)), List.of());
    }

    private static PackagesIndex index(String suite, String packages) {
        try {
            return PackagesIndex.read(new ByteArrayInputStream(packages.getBytes(StandardCharsets.UTF_8)), suite, "P");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> text(List<Resolver.Resolved> resolved) {
        return resolved.stream()
                .map(one -> one.candidate().name() + " " + one.candidate().version() + " " + one.depends())
                .toList();
    }
}
