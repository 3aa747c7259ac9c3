package network.privateness.reproducible.build;

import java.util.function.Supplier;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.jvm.JavaHome;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.store.ContentStore;

/**
 * What a build works with.
 *
 * @param definitions what is to be built
 * @param lock from what; layers that it does not name are not checked
 * @param store inputs and layers
 * @param inputs fetches what the store lacks
 * @param jars resolves Java programs
 * @param jdk the JDK that compiles this build; asked for when something in Java is built
 * @param goHost the build host as Go toolchains are named
 * @param threads for compression
 * @param log told what is built
 */
public record Workshop(
        Definitions definitions,
        Lock lock,
        ContentStore store,
        Inputs inputs,
        JarSource jars,
        Supplier<JavaHome> jdk,
        String goHost,
        int threads,
        BuildLog log) {}
