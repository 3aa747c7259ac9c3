package network.privateness.reproducible.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import network.privateness.reproducible.debian.Dependency.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyTest {

    @Test
    void membersAlternativesRelationsAndQualifiers() {
        var members = Dependency.parseAll("libc6 (>= 2.34), python3:any(<< 4),\n a|b:armhf ( = 1:2-3 )");
        assertThat(members).hasSize(3);
        assertThat(members)
                .extracting(Dependency::toString)
                .containsExactly("libc6 (>= 2.34)", "python3:any (<< 4)", "a | b:armhf (= 1:2-3)");
        Dependency.Alternative second = members.get(2).alternatives().get(1);
        assertThat(second.name()).isEqualTo("b");
        assertThat(second.architecture()).isEqualTo(Optional.of("armhf"));
        assertThat(second.relation().orElseThrow().operator()).isEqualTo(Operator.EQUAL);
        assertThat(Dependency.parseAll(" ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "<<, true, false, false",
        "<=, true, true, false",
        "=, false, true, false",
        ">=, false, true, true",
        ">>, false, false, true"
    })
    void relationsCompareVersions(String sign, boolean earlier, boolean same, boolean later) {
        var relation = Dependency.parse("a (" + sign + " 2)")
                .alternatives()
                .get(0)
                .relation()
                .orElseThrow();
        assertThat(relation.accepts(DebianVersion.parse("1"))).isEqualTo(earlier);
        assertThat(relation.accepts(DebianVersion.parse("0:2-0"))).isEqualTo(same);
        assertThat(relation.accepts(DebianVersion.parse("3"))).isEqualTo(later);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a,,b; dependency \"\": \"\" is no package name",
                "a |; dependency \"\": \"\" is no package name",
                "a b; dependency \"a b\": \"a b\" is no package name",
                "a (> 1); dependency \"a (> 1)\": the relation must be one of << <= = >= >>",
                "a (1); dependency \"a (1)\": the relation must be one of << <= = >= >>",
                "a (>= 1; dependency \"a (>= 1\": a relation ends with )",
                "a (>= ); dependency \"a (>= )\": \"\" is no Debian version: the upstream part must begin with a digit",
                "a [amd64]; dependency \"a [amd64]\": \"a [amd64]\" is no package name",
                "a:; dependency \"a:\": \"\" is no architecture",
                "../a; dependency \"../a\": \"../a\" is no package name"
            })
    void malformedFieldsAreRefused(String field, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dependency.parseAll(field))
                .withMessage(message.strip());
    }

    @Test
    void randomChangesGiveADependencyOrAReason() {
        byte[] good = "libc6 (>= 2.34), a | b:any (= 1:2-3)".getBytes(StandardCharsets.UTF_8);
        Fuzz.mutate(good, "()|,:<>= \n[", 15_000, bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            try {
                for (Dependency member : Dependency.parseAll(text)) {
                    assertThat(Dependency.parse(member.toString())).isEqualTo(member);
                }
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("dependency ");
            }
        });
    }
}
