package network.privateness.maven.resolution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.privateness.reproducible.Problem;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/**
 * Finds a jar and everything that it needs at run time, each entry on its own: a class path of the whole build would
 * mix the versions of two services.
 *
 * <p>Only the part of the resolver's API that Maven 3.8 (1.6), 3.9 (1.9) and 4 (2.x) share is used, and the order is
 * made here, because theirs differs: depth first, as Maven 3 makes a class path.
 */
public final class MavenArtifacts {

    private static final String RUNTIME = "runtime";
    private static final Set<String> RUNTIME_SCOPES = Set.of("compile", RUNTIME, "");

    private final RepositorySystem system;
    private final RepositorySystemSession session;
    private final List<RemoteRepository> repositories;
    private final Reactor reactor;

    MavenArtifacts(
            RepositorySystem system,
            RepositorySystemSession session,
            List<RemoteRepository> repositories,
            Reactor reactor) {
        this.system = system;
        this.session = session;
        this.repositories = List.copyOf(repositories);
        this.reactor = reactor;
    }

    /** With the repositories of the session's current project. */
    public static MavenArtifacts of(RepositorySystem system, MavenSession session) {
        return new MavenArtifacts(
                system,
                session.getRepositorySession(),
                session.getCurrentProject().getRemoteProjectRepositories(),
                new Reactor(session.getProjects(), session.getAllProjects()));
    }

    /** The version of a module of this build; empty for all other artifacts. */
    public Optional<String> moduleVersion(JarCoordinates coordinates) {
        return reactor.version(coordinates);
    }

    /**
     * The jar itself, then its dependencies at run time in class path order, without provided, test and optional ones.
     *
     * @param where what asks for it, for messages: file and line
     * @throws Problem if one can't be had, or a module of this build that is part of it has not been packaged
     */
    public List<ResolvedJar> resolve(String where, JarCoordinates coordinates, String version) {
        List<ResolvedJar> jars = resolvePinned(where, coordinates, version);
        for (ResolvedJar jar : jars) {
            if (jar.file().isEmpty()) {
                throw new Problem(
                        where,
                        jar.coordinates() + " is a module of this build that has no jar yet",
                        "build at least to the phase package, and let the module of the images depend on it");
            }
        }
        return jars;
    }

    /** The same for goals that run before {@code package}: modules of this build may have no file yet. */
    public List<ResolvedJar> resolvePinned(String where, JarCoordinates coordinates, String version) {
        Map<JarCoordinates, DependencyNode> closure = new LinkedHashMap<>();
        flatten(where, collect(where, coordinates, version), closure);
        Map<JarCoordinates, Path> downloaded = download(where, closure);
        List<ResolvedJar> jars = new ArrayList<>();
        closure.forEach((key, node) -> {
            String found = node.getArtifact().getBaseVersion();
            Optional<MavenProject> module = reactor.module(key, found);
            Optional<Path> file = module.map(project -> Reactor.jar(project, key))
                    .orElseGet(() -> Optional.ofNullable(downloaded.get(key)));
            jars.add(new ResolvedJar(key, found, file, module.isPresent()));
        });
        return List.copyOf(jars);
    }

    private DependencyNode collect(String where, JarCoordinates coordinates, String version) {
        reactor.module(coordinates, version);
        var artifact = new DefaultArtifact(
                coordinates.groupId(), coordinates.artifactId(), coordinates.classifier(), "jar", version);
        var request = new CollectRequest();
        // As a root *dependency*: so provided and test dependencies of it are left out, and its management applies.
        request.setRoot(new Dependency(artifact, RUNTIME));
        request.setRepositories(repositories);
        try {
            return system.collectDependencies(session, request).getRoot();
        } catch (DependencyCollectionException e) {
            throw problem(where, coordinates + ":" + version, e);
        }
    }

    private static void flatten(String where, DependencyNode node, Map<JarCoordinates, DependencyNode> closure) {
        Artifact artifact = node.getArtifact();
        String scope = node.getDependency().getScope();
        if (!RUNTIME_SCOPES.contains(scope)) {
            throw new Problem(
                    where,
                    "dependency " + artifact + " has the scope " + scope + ", which nobody can build again",
                    "use a dependency from a repository");
        }
        if (!"jar".equals(artifact.getExtension())) {
            throw new Problem(
                    where, "dependency " + artifact + " is not a jar", "exclude it, or use a dependency that is");
        }
        var key = new JarCoordinates(artifact.getGroupId(), artifact.getArtifactId(), artifact.getClassifier());
        if (closure.putIfAbsent(key, node) == null) {
            node.getChildren().forEach(child -> flatten(where, child, closure));
        }
    }

    /** All that are not modules of this build at once: then Maven downloads them in parallel. */
    private Map<JarCoordinates, Path> download(String where, Map<JarCoordinates, DependencyNode> closure) {
        List<JarCoordinates> keys = new ArrayList<>();
        List<ArtifactRequest> requests = new ArrayList<>();
        closure.forEach((key, node) -> {
            if (reactor.module(key, node.getArtifact().getBaseVersion()).isEmpty()) {
                keys.add(key);
                requests.add(new ArtifactRequest(node));
            }
        });
        Map<JarCoordinates, Path> files = new HashMap<>();
        try {
            List<ArtifactResult> results = system.resolveArtifacts(session, requests); // in the order of the requests
            for (int i = 0; i < keys.size(); i++) {
                files.put(keys.get(i), results.get(i).getArtifact().getFile().toPath());
            }
        } catch (ArtifactResolutionException e) {
            throw problem(where, "a dependency", e);
        }
        return files;
    }

    private Problem problem(String where, String artifact, Exception e) {
        String next = session.isOffline()
                ? "run once without -o, so that Maven can download it"
                : "correct the coordinates, or give Maven a repository that has it";
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new Problem(where, artifact + " can't be resolved: " + reason, next, e);
    }
}
