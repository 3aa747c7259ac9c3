package network.privateness.reproducible.definition;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.Platform;

/** One thing that an image or a base is made of. */
public sealed interface Install {

    /** On which platforms it is taken. */
    Set<Platform> platforms();

    /** How users name it, for messages and for {@code -Dness.update}. */
    String name();

    /** True for inputs that come whole from outside, whose layer the lock pins by diffID. */
    boolean fromOutside();

    /**
     * A Debian package.
     *
     * @param name the package
     * @param suite the suite's codename, when it is not the images' default one
     * @param files which of its files are taken
     * @param dependencies whether its dependencies come with it
     * @param platforms on which platforms
     */
    record Debian(String name, Optional<String> suite, PathFilter files, boolean dependencies, Set<Platform> platforms)
            implements Install {

        @Override
        public boolean fromOutside() {
            return true;
        }
    }

    /**
     * A Go program.
     *
     * @param target the import path of a main package; {@code ./FOLDER} for a small main of ours beside image.yaml, or
     *     {@code ../IMAGE/FOLDER} for one that stands beside another image's
     * @param folder the folder of the image.yaml that names it
     * @param to the file in the image, with a leading slash
     * @param variables {@code -X} values of the linker
     * @param version the module's version that the lock must hold, where it is not free to take the newest
     * @param platforms on which platforms
     */
    record Go(
            String target,
            Path folder,
            String to,
            Map<String, String> variables,
            Optional<String> version,
            Set<Platform> platforms)
            implements Install {

        public Go {
            variables = new TreeMap<>(variables);
        }

        /** In the version that the lock took. */
        public Go(String target, Path folder, String to, Map<String, String> variables, Set<Platform> platforms) {
            this(target, folder, to, variables, Optional.empty(), platforms);
        }

        @Override
        public String name() {
            return target;
        }

        /** True for a main of ours. */
        public boolean local() {
            return target.startsWith(".");
        }

        @Override
        public boolean fromOutside() {
            return !local();
        }
    }

    /**
     * A Java program: a module of this build, and the jars that it needs.
     *
     * @param groupId of the module
     * @param artifactId of the module
     * @param platforms on which platforms
     */
    record Maven(String groupId, String artifactId, Set<Platform> platforms) implements Install {

        @Override
        public String name() {
            return groupId + ":" + artifactId;
        }

        @Override
        public boolean fromOutside() {
            return false;
        }
    }

    /**
     * Files of a release archive.
     *
     * @param name the archive's name in the lock
     * @param urls where it can be had, in the order of trying; empty if the lock alone knows
     * @param sha256 what its publisher, or somebody who checked it, says it must be
     * @param files path below the archive's one top folder, to the file in the image with a leading slash
     * @param platforms on which platforms
     */
    record Archive(
            String name, List<URI> urls, Optional<Sha256> sha256, Map<String, String> files, Set<Platform> platforms)
            implements Install {

        public Archive {
            urls = List.copyOf(urls);
            files = new TreeMap<>(files);
        }

        /** Of which the lock alone knows where it is. */
        public Archive(String name, Map<String, String> files, Set<Platform> platforms) {
            this(name, List.of(), Optional.empty(), files, platforms);
        }

        @Override
        public boolean fromOutside() {
            return true;
        }
    }

    /**
     * A Java runtime linked by jlink from the jmods of a Debian package.
     *
     * @param name the Debian package that holds the jmods
     * @param modules the modules to link
     * @param to the runtime's folder in the image, with a leading slash
     * @param platforms on which platforms
     */
    record Jlink(String name, Set<String> modules, String to, Set<Platform> platforms) implements Install {

        public Jlink {
            modules = new java.util.TreeSet<>(modules);
        }

        @Override
        public boolean fromOutside() {
            return true;
        }
    }

    /** All platforms, the default. */
    static Set<Platform> everywhere() {
        return EnumSet.allOf(Platform.class);
    }
}
