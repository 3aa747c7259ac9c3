package network.privateness.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipOutputStream;
import org.apache.maven.plugins.annotations.Mojo;

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

    /** The goals, and what resolves jars by Maven; all else can be tested and used without it. */
    @ArchTest
    static final ArchRule onlyGoalsKnowMaven = noClasses()
            .that()
            .resideOutsideOfPackages("network.privateness.maven", "network.privateness.maven.resolution")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "org.eclipse.aether..", "network.privateness.maven");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("network.privateness.maven.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyOurDeflateCompresses = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Deflater.class, DeflaterOutputStream.class, GZIPOutputStream.class, ZipOutputStream.class);

    @ArchTest
    static final ArchRule noLocaleOfTheMachine = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .orShould()
            .callMethod(String.class, "getBytes");

    /** DESIGN.md §3: a goal that no POM binds would run once per module else; all can run beside each other. */
    @ArchTest
    static final ArchRule goalsOfTheCommandLineRunOnce = classes()
            .that()
            .areAnnotatedWith(Mojo.class)
            .and()
            .doNotHaveSimpleName("ImagesMojo")
            .should(new ArchCondition<>("be aggregators and thread-safe") {
                @Override
                public void check(JavaClass goal, ConditionEvents events) {
                    JavaAnnotation<JavaClass> mojo = goal.getAnnotationOfType(Mojo.class.getName());
                    for (String property : new String[] {"aggregator", "threadSafe"}) {
                        boolean set = mojo.get(property).map(Boolean.TRUE::equals).orElse(false);
                        events.add(new SimpleConditionEvent(goal, set, goal.getName() + " is not " + property));
                    }
                }
            });

    @ArchTest
    static final ArchRule goalsAreFinalAndTellFailuresInOneLine = classes()
            .that()
            .areAnnotatedWith(Mojo.class)
            .should()
            .beAssignableTo(NessMojo.class)
            .andShould()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
