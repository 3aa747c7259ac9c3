package network.privateness.it.goals;

import java.io.IOException;
import network.privateness.reproducible.debian.PinnedPackage;

/** The image {@code tiny}, made of one Debian package of one file. */
final class TinyImage {

    static final String VERSION = "1.0";

    static final TinyDeb HELLO = new TinyDeb("hello", VERSION, "hello\n");

    static final String LINES = "platforms: [linux/amd64]\ninstall:\n  - debian: hello\n";

    private TinyImage() {}

    /** Adds it, and its lock without layers. */
    static Reactor.Module in(Reactor.Module module) throws IOException {
        return in(module, HELLO.pin());
    }

    static Reactor.Module in(Reactor.Module module, PinnedPackage pinned) throws IOException {
        module.image("tiny", LINES);
        return module.lock(new Locks(module).debian(pinned).lock());
    }
}
