package network.privateness.reproducible.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import network.privateness.reproducible.debian.PinnedPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyleftTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "License: GPL-2+, true",
        "License: LGPL-2.1, true",
        "under the GNU General Public Licence, true",
        "License: MPL-2.0, true",
        "License: CC-BY-SA-4.0, true",
        "License: Expat, false",
        "Licensed under Apache-2.0 by SIMPLE people, false"
    })
    void isToldByTheCopyrightFile(String text, boolean copyleft) throws Exception {
        assertThat(is(new TestDeb().file("usr/share/doc/x/copyright", 0644, text)))
                .isEqualTo(copyleft);
    }

    @Test
    void silenceCountsAsCopyleft() throws Exception {
        assertThat(is(new TestDeb().file("usr/bin/x", 0755, "MIT"))).isTrue();
    }

    private boolean is(TestDeb deb) throws Exception {
        try (Fixture fixture = new Fixture(folder)) {
            PinnedPackage pinned = fixture.debian("x", deb);
            return Copyleft.is("x", fixture.inputs.unpack(pinned, fixture.scratch()));
        }
    }
}
