package network.privateness.reproducible;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipOutputStream;

/** The lines that keep identical inputs at identical bytes. */
@AnalyzeClasses(packages = "network.privateness.reproducible", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsNeitherMavenNorJib = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "com.google.cloud.tools.jib..", "network.privateness.maven..");

    /** What else may be used is decided in DESIGN.md §9, not by an import. */
    @ArchTest
    static final ArchRule fewLibraries = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net..",
                    "network.privateness.reproducible..",
                    "org.yaml.snakeyaml..",
                    "com.fasterxml.jackson..",
                    "org.apache.commons.compress..",
                    "org.tukaani.xz..",
                    "org.bouncycastle..");

    /** The machine's locale and character set must not count, and nobody prints past the listener that was given. */
    @ArchTest
    static final ArchRule nothingOfTheMachine = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .orShould()
            .callMethod(String.class, "getBytes")
            .orShould()
            .callConstructor(String.class, byte[].class)
            .orShould()
            .callConstructor(InputStreamReader.class, InputStream.class)
            .orShould()
            .callConstructor(OutputStreamWriter.class, OutputStream.class)
            .orShould()
            .callMethod(Charset.class, "defaultCharset")
            .orShould()
            .callMethod(Locale.class, "getDefault")
            .orShould()
            .callMethod(System.class, "lineSeparator")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Which zlib a JDK has is not ours to say: other builds of it give other bytes. */
    @ArchTest
    static final ArchRule onlyOurDeflateCompresses = noClasses()
            .that()
            .resideOutsideOfPackage("..compress..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Deflater.class, DeflaterOutputStream.class, GZIPOutputStream.class, ZipOutputStream.class);

    /** What may be slow, retried or out of date looks at the clock; what makes bytes doesn't. */
    @ArchTest
    static final ArchRule noClockAndNoChance = noClasses()
            .that()
            .resideOutsideOfPackages("..reproducible.store..", "..reproducible.fetch..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(Date.class);

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("network.privateness.reproducible.(*)..").should().beFreeOfCycles();
}
