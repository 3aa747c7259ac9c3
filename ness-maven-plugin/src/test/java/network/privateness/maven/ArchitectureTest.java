package network.privateness.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipOutputStream;

/** The lines between the plugin's parts. */
@AnalyzeClasses(packages = "network.privateness.maven", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Jib's inner classes change without notice: one package feels it. */
    @ArchTest
    static final ArchRule onePackageKnowsJib = noClasses()
            .that()
            .resideOutsideOfPackage("network.privateness.maven.image")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.cloud.tools.jib..");

    @ArchTest
    static final ArchRule onlyOurDeflateCompresses = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Deflater.class, DeflaterOutputStream.class, GZIPOutputStream.class, ZipOutputStream.class);
}
