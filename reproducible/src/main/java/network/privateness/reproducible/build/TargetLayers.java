package network.privateness.reproducible.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.debian.PinnedPackage;
import network.privateness.reproducible.definition.BaseDefinition;
import network.privateness.reproducible.definition.ImageDefinition;
import network.privateness.reproducible.definition.Install;
import network.privateness.reproducible.definition.Software;
import network.privateness.reproducible.definition.User;
import network.privateness.reproducible.lock.LayerName;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.PinnedArchive;
import network.privateness.reproducible.lock.PinnedTarget;
import network.privateness.reproducible.oci.Platform;
import network.privateness.reproducible.rootfs.Content;
import network.privateness.reproducible.rootfs.RegularFile;

/**
 * The layers of bases and images, in their order from the bottom: per base one; then the image's Debian packages, each
 * of its programs, the jars of others, our jars, its own files.
 */
final class TargetLayers {

    private final Workshop workshop;
    private final LayerStore layers;
    private final GoPrograms go;
    private final JavaPrograms java;
    private final JavaRuntimes runtimes;

    TargetLayers(Workshop workshop) {
        this.workshop = workshop;
        this.layers = new LayerStore(workshop.store(), workshop.lock().epoch(), workshop.threads(), workshop.log());
        this.go =
                new GoPrograms(workshop.lock(), workshop.inputs(), workshop.store(), workshop.goHost(), workshop.log());
        this.java = new JavaPrograms(workshop.lock());
        this.runtimes = new JavaRuntimes(workshop.jdk());
    }

    /**
     * A base is one layer: everything in it comes together.
     *
     * @param below the layer of the base that this one stands on
     */
    BuiltLayer base(BaseDefinition base, Platform platform, Optional<BuiltLayer> below)
            throws IOException, InterruptedException {
        String target = PinnedTarget.base(base.name());
        Software software = base.software();
        List<PinnedPackage> chain = chainPackages(base, platform);
        List<PinnedPackage> pinned = workshop.lock().packages(target, platform);
        DebianLayer debian = DebianLayer.of(target, software.install(), withoutJmods(software, pinned), platform);
        OwnFiles own = new OwnFiles(target, software, users(software), List.of(), platform);
        Recipe recipe = Effects.describe(debian.describe(new Recipe()), software.effects(), chain);
        for (Install.Jlink jlink : of(software, Install.Jlink.class, platform)) {
            runtimes.describe(recipe, jlink, jmods(jlink, pinned));
        }
        own.describe(recipe);
        LayerName name = new LayerName(target, "base", platform);
        return layers.layer(name, true, recipe, below, (tree, spool) -> {
            debian.fill(tree, workshop.inputs(), spool);
            for (Install.Jlink jlink : of(software, Install.Jlink.class, platform)) {
                runtimes.fill(
                        tree,
                        jlink,
                        jmods(jlink, pinned),
                        Effects.trustStore(chain, workshop.inputs(), spool),
                        workshop.inputs(),
                        spool);
            }
            Effects.apply(software.effects(), tree, chain, workshop.inputs(), spool);
            own.fill(tree);
        });
    }

    /**
     * The layers that hold inputs only, which the lock pins.
     *
     * @param below the layers of the image's base
     */
    List<BuiltLayer> inputs(ImageDefinition image, Platform platform, List<BuiltLayer> below)
            throws IOException, InterruptedException {
        String target = PinnedTarget.image(image.name());
        Software software = image.software();
        List<BuiltLayer> stack = new ArrayList<>(below);
        DebianLayer debian =
                DebianLayer.of(target, software.install(), workshop.lock().packages(target, platform), platform);
        if (!debian.isEmpty()) {
            LayerName name = new LayerName(target, "debian", platform);
            stack.add(layers.layer(
                    name,
                    true,
                    debian.describe(new Recipe()),
                    top(stack),
                    (tree, spool) -> debian.fill(tree, workshop.inputs(), spool)));
        }
        for (Install.Archive archive : of(software, Install.Archive.class, platform)) {
            PinnedArchive pinned = workshop.lock().archive(archive.name());
            LayerName name = new LayerName(target, "archive " + archive.name(), platform);
            Recipe recipe = ArchiveFiles.describe(new Recipe(), archive, pinned);
            stack.add(layers.layer(
                    name,
                    true,
                    recipe,
                    top(stack),
                    (tree, scratch) -> ArchiveFiles.fill(
                            tree, archive, pinned, workshop.inputs().archive(pinned), scratch)));
        }
        for (Install.Go program : of(software, Install.Go.class, platform)) {
            if (!program.local()) {
                stack.add(program(image, program, platform, top(stack)));
            }
        }
        for (Install.Maven program : of(software, Install.Maven.class, platform)) {
            List<ResolvedJar> dependencies = java.dependencies(program, jars(program));
            if (!dependencies.isEmpty()) {
                LayerName name = new LayerName(target, "maven " + program.name(), platform);
                Recipe recipe = java.describeDependencies(new Recipe(), dependencies);
                stack.add(layers.layer(
                        name,
                        true,
                        recipe,
                        top(stack),
                        (tree, scratch) -> java.fillDependencies(tree, dependencies, scratch)));
            }
        }
        return stack;
    }

    /**
     * All layers: on those of the inputs our Go mains, our classes and the image's own files, which change with every
     * commit.
     */
    List<BuiltLayer> image(ImageDefinition image, Platform platform, List<BuiltLayer> below)
            throws IOException, InterruptedException {
        String target = PinnedTarget.image(image.name());
        Software software = image.software();
        List<BuiltLayer> stack = new ArrayList<>(inputs(image, platform, below));
        for (Install.Go program : of(software, Install.Go.class, platform)) {
            if (program.local()) {
                stack.add(program(image, program, platform, top(stack)));
            }
        }
        for (Install.Maven program : of(software, Install.Maven.class, platform)) {
            List<ResolvedJar> jars = jars(program);
            LayerName name = new LayerName(target, "classes " + program.name(), platform);
            stack.add(layers.layer(
                    name,
                    false,
                    java.describeOurs(new Recipe(), jars),
                    top(stack),
                    (tree, scratch) -> java.fillOurs(tree, jars, scratch)));
        }
        OwnFiles own =
                new OwnFiles(target, software, users(software), image.start().volumes(), platform);
        if (!own.isEmpty()) {
            LayerName name = new LayerName(target, "own", platform);
            stack.add(layers.layer(
                    name, false, own.describe(new Recipe()), top(stack), (tree, scratch) -> own.fill(tree)));
        }
        if (stack.isEmpty()) {
            throw new Problem(
                    image.name() + "/image.yaml",
                    "nothing is in the image for " + platform,
                    "name a base or an input for this platform, or take it from \"platforms\"");
        }
        return stack;
    }

    private BuiltLayer program(ImageDefinition image, Install.Go program, Platform platform, Optional<BuiltLayer> below)
            throws IOException, InterruptedException {
        // Two members of a composition may both have a folder ./start.
        boolean own = program.folder().equals(image.folder()) || !program.local();
        String content = "go " + (own ? program.target() : GoPrograms.name(program));
        LayerName name = new LayerName(PinnedTarget.image(image.name()), content, platform);
        Recipe recipe = go.describe(new Recipe(), program, platform);
        return layers.layer(name, program.fromOutside(), recipe, below, (tree, scratch) -> {
            Path binary = go.build(program, platform, scratch);
            tree.add(program.to(), RegularFile.made(Content.of(binary), 0755, program.target()));
            tree.add(
                    GoPrograms.copyright(program),
                    RegularFile.made(Content.of(go.licenses(program)), 0644, program.target()));
        });
    }

    private List<ResolvedJar> jars(Install.Maven program) throws IOException {
        return workshop.jars().resolve(program.groupId(), program.artifactId());
    }

    private List<PinnedPackage> chainPackages(BaseDefinition base, Platform platform) {
        List<PinnedPackage> chain = new ArrayList<>();
        for (BaseDefinition lower : workshop.definitions().chain(base.software())) {
            chain.addAll(workshop.lock().packages(PinnedTarget.base(lower.name()), platform));
        }
        chain.addAll(workshop.lock().packages(PinnedTarget.base(base.name()), platform));
        return chain;
    }

    /** Users of the bases come first, as passwd files list them. */
    private List<User> users(Software software) {
        List<User> users = new ArrayList<>();
        workshop.definitions()
                .chain(software)
                .forEach(base -> users.addAll(base.software().users()));
        users.addAll(software.users());
        return users;
    }

    /** A package that is named for its module files only serves the linker; its files don't enter the image. */
    private static List<PinnedPackage> withoutJmods(Software software, List<PinnedPackage> pinned) {
        return pinned.stream()
                .filter(one -> software.install().stream()
                        .noneMatch(install -> install instanceof Install.Jlink
                                && install.name().equals(one.name())))
                .toList();
    }

    private static PinnedPackage jmods(Install.Jlink jlink, List<PinnedPackage> pinned) {
        return pinned.stream()
                .filter(one -> one.name().equals(jlink.name()))
                .findFirst()
                .orElseThrow(
                        () -> new Problem(Lock.FILE, "it does not hold the package " + jlink.name(), Lock.RUN_LOCK));
    }

    private static <T extends Install> List<T> of(Software software, Class<T> kind, Platform platform) {
        return software.install().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(install -> install.platforms().contains(platform))
                .toList();
    }

    static Optional<BuiltLayer> top(List<BuiltLayer> stack) {
        return stack.isEmpty() ? Optional.empty() : Optional.of(stack.get(stack.size() - 1));
    }
}
