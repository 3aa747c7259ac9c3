package network.privateness.maven.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.CollectResult;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.DefaultDependencyNode;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenArtifactsTest {

    private static final JarCoordinates APP = JarCoordinates.parse("x", "g:app");
    private static final String WHERE = "image.yaml:3";

    @TempDir
    Path folder;

    private final DependencyNode root = node("g:app:1", "runtime");
    private final List<CollectRequest> requests = new ArrayList<>();

    @Test
    void classPathIsDepthFirst() {
        DependencyNode first = add(root, node("g:first:1", "compile"));
        add(first, node("g:deep:1", "runtime"));
        add(root, node("g:second:jar:natives:2", "runtime"));

        assertThat(artifacts(List.of(), List.of()).resolve(WHERE, APP, "1"))
                .extracting(jar -> jar.coordinates() + " " + jar.version() + " " + jar.fromReactor() + " "
                        + jar.file().get().getFileName())
                .containsExactly(
                        "g:app 1 false app.jar",
                        "g:first 1 false first.jar",
                        "g:deep 1 false deep.jar",
                        "g:second:natives 2 false second.jar");
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.getRoot().getScope()).isEqualTo("runtime");
            assertThat(request.getRoot().getArtifact()).hasToString("g:app:jar:1");
        });
    }

    @Test
    void modulesComeFromThisBuild() throws Exception {
        add(root, node("g:library:1", "compile"));
        Path jar = Files.createFile(folder.resolve("app-1.jar"));
        MavenProject app = project("app", jar.toFile());
        MavenProject library = project("library", folder.toFile()); // target/classes, as after `compile`

        MavenArtifacts artifacts = artifacts(List.of(app, library), List.of());

        assertThat(artifacts.moduleVersion(APP)).contains("1");
        assertThat(artifacts.resolvePinned(WHERE, APP, "1"))
                .containsExactly(
                        new ResolvedJar(APP, "1", Optional.of(jar), true),
                        new ResolvedJar(JarCoordinates.parse("x", "g:library"), "1", Optional.empty(), true));
        assertThatThrownBy(() -> artifacts.resolve(WHERE, APP, "1"))
                .isInstanceOf(Problem.class)
                .hasMessage(WHERE + ": g:library is a module of this build that has no jar yet. Next: build at least to"
                        + " the phase package, and let the module of the images depend on it");
    }

    @Test
    void aForkedBuildHasTheJar() throws Exception {
        Path jar = Files.createFile(folder.resolve("app-1.jar"));
        MavenProject app = project("app", null);
        app.setExecutionProject(project("app", jar.toFile()));

        assertThat(artifacts(List.of(app), List.of()).resolve(WHERE, APP, "1"))
                .containsExactly(new ResolvedJar(APP, "1", Optional.of(jar), true));
    }

    @Test
    void anotherVersionOfAModuleIsNotTheModule() {
        MavenProject app = project("app", null);
        app.setVersion("2");

        assertThat(artifacts(List.of(app), List.of()).resolve(WHERE, APP, "1")).allMatch(jar -> !jar.fromReactor());
    }

    @Test
    void aModuleThatIsLeftOutIsRefused() {
        assertThatThrownBy(() ->
                        artifacts(List.of(), List.of(project("app", null))).resolve(WHERE, APP, "1"))
                .isInstanceOf(Problem.class)
                .hasMessage("g:app: is a module that this run of Maven leaves out."
                        + " Next: add -am to -pl, so that it is built from its sources");
    }

    @Test
    void dependenciesThatNobodyCanRepeatAreRefused() {
        add(root, node("g:odd:1", "system"));
        assertThatThrownBy(() -> artifacts(List.of(), List.of()).resolve(WHERE, APP, "1"))
                .isInstanceOf(Problem.class)
                .hasMessage(WHERE + ": dependency g:odd:jar:1 has the scope system, which nobody can build again."
                        + " Next: use a dependency from a repository");
        root.setChildren(List.of(node("g:odd:zip:1", "compile")));
        assertThatThrownBy(() -> artifacts(List.of(), List.of()).resolve(WHERE, APP, "1"))
                .isInstanceOf(Problem.class)
                .hasMessage(WHERE + ": dependency g:odd:zip:1 is not a jar."
                        + " Next: exclude it, or use a dependency that is");
    }

    @Test
    void whatMavenDoesNotFindIsToldInOneLine() {
        var session = new DefaultRepositorySystemSession();
        RepositorySystem system = system((method, arguments) -> {
            throw new DependencyCollectionException(new CollectResult(new CollectRequest()), "gone\nand more");
        });
        var artifacts = new MavenArtifacts(system, session, List.of(), new Reactor(List.of(), List.of()));

        assertThatThrownBy(() -> artifacts.resolve(WHERE, APP, "1"))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(WHERE + ": g:app:1 can't be resolved: ")
                .hasMessageEndingWith(". Next: correct the coordinates, or give Maven a repository that has it");
        session.setOffline(true);
        assertThatThrownBy(() -> artifacts.resolve(WHERE, APP, "1"))
                .hasMessageEndingWith(". Next: run once without -o, so that Maven can download it");
    }

    private interface Answer {
        Object to(String method, Object[] arguments) throws Exception;
    }

    private static RepositorySystem system(Answer answer) {
        return (RepositorySystem) Proxy.newProxyInstance(
                MavenArtifactsTest.class.getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments));
    }

    /** A resolver whose graph is {@link #root} and that finds every artifact as ARTIFACTID.jar. */
    private MavenArtifacts artifacts(List<MavenProject> selected, List<MavenProject> others) {
        RepositorySystem system = system((method, arguments) -> switch (method) {
            case "collectDependencies" -> {
                requests.add((CollectRequest) arguments[1]);
                yield new CollectResult((CollectRequest) arguments[1]).setRoot(root);
            }
            case "resolveArtifacts" ->
                ((List<?>) arguments[1])
                        .stream()
                                .map(ArtifactRequest.class::cast)
                                .map(request -> new ArtifactResult(request)
                                        .setArtifact(request.getArtifact()
                                                .setFile(new File(
                                                        request.getArtifact().getArtifactId() + ".jar"))))
                                .toList();
            default -> throw new AssertionError(method);
        });
        return new MavenArtifacts(
                system, new DefaultRepositorySystemSession(), List.of(), new Reactor(selected, others));
    }

    private static DependencyNode node(String coordinates, String scope) {
        return new DefaultDependencyNode(new Dependency(new DefaultArtifact(coordinates), scope));
    }

    private static DependencyNode add(DependencyNode parent, DependencyNode child) {
        List<DependencyNode> children = new ArrayList<>(parent.getChildren());
        children.add(child);
        parent.setChildren(children);
        return child;
    }

    private static MavenProject project(String artifactId, File file) {
        var project = new MavenProject();
        project.setGroupId("g");
        project.setArtifactId(artifactId);
        project.setVersion("1");
        var handler = new DefaultArtifactHandler("jar");
        var artifact =
                new org.apache.maven.artifact.DefaultArtifact("g", artifactId, "1", "compile", "jar", null, handler);
        artifact.setFile(file);
        project.setArtifact(artifact);
        return project;
    }
}
