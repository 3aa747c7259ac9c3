package network.privateness.it.readers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import network.privateness.reproducible.archive.TarMember;
import network.privateness.reproducible.archive.TarMember.Kind;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.LayerBlob;

/** What a container of an image sees: its layers unpacked one over the other, by path. */
record ImageRoot(NavigableMap<String, LayerFile> files) {

    private static final int MOST_LINKS = 40;

    static ImageRoot of(AssembledImage image) throws IOException {
        NavigableMap<String, LayerFile> files = new TreeMap<>();
        for (LayerBlob layer : image.layers()) {
            for (LayerFile file : LayerFile.of(layer)) {
                TarMember member = file.member();
                if (member.path().substring(member.path().lastIndexOf('/') + 1).startsWith(".wh.")) {
                    throw new AssertionError("a layer removes what another one has: " + member.path());
                }
                LayerFile below = files.put(member.path(), content(file, files));
                if (below != null && below.member().kind() == Kind.DIRECTORY && member.kind() != Kind.DIRECTORY) {
                    files.subMap(member.path() + "/", member.path() + "0").clear();
                }
            }
        }
        return new ImageRoot(files);
    }

    /** The file or folder that a path leads to, through all links; empty when it leads nowhere. */
    Optional<LayerFile> find(String path) {
        return resolve(path).map(files::get);
    }

    /** The path without links. */
    Optional<String> resolve(String path) {
        String rest = path;
        String done = "";
        for (int links = 0; !rest.isEmpty(); ) {
            int slash = rest.indexOf('/');
            String name = slash < 0 ? rest : rest.substring(0, slash);
            rest = slash < 0 ? "" : rest.substring(slash + 1);
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                done = done.contains("/") ? done.substring(0, done.lastIndexOf('/')) : "";
                continue;
            }
            String next = done.isEmpty() ? name : done + "/" + name;
            LayerFile file = files.get(next);
            if (file == null) {
                return Optional.empty();
            }
            if (file.member().kind() == Kind.SYMLINK) {
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
                String target = file.member().linkTarget();
                done = target.startsWith("/") ? "" : done;
                rest = target + "/" + rest;
            } else {
                done = next;
            }
        }
        return Optional.of(done);
    }

    /** A small file below etc or var/lib/dpkg, or a copyright file. */
    String text(String path) {
        return new String(
                find(path).orElseThrow(() -> new AssertionError("no " + path)).text(), StandardCharsets.UTF_8);
    }

    /** A hard link has the content of the name that comes first. */
    private static LayerFile content(LayerFile file, NavigableMap<String, LayerFile> files) {
        if (file.member().kind() != Kind.HARDLINK) {
            return file;
        }
        LayerFile first = files.get(file.member().linkTarget());
        if (first == null || first.member().kind() != Kind.FILE) {
            throw new AssertionError(file.member() + " links to what is not there");
        }
        return new LayerFile(file.member(), first.sha256(), first.md5(), first.text());
    }
}
