package network.privateness.it.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Jib and buildah, who build as many images as we do from the same files, and keep what they can between builds. */
final class Peers {

    private final Path work;
    private final List<Path> images = new ArrayList<>();

    /**
     * Unpacks the images of a build: of each the layers below in one folder, the topmost one in another.
     *
     * @param work for the unpacked images and the peers' caches
     */
    Peers(Layouts built, Path work) throws IOException, InterruptedException {
        this.work = work;
        for (String image : built.names()) {
            for (String architecture : built.architectures(image)) {
                Path folder = work.resolve("images").resolve(image + "-" + architecture);
                built.unpack(image, architecture, folder);
                images.add(folder);
            }
        }
        Files.writeString(work.resolve("Dockerfile"), "FROM scratch\nCOPY below /\nCOPY top /\n");
    }

    int count() {
        return images.size();
    }

    Contender jib(Contender.Preparation before) {
        List<Object> arguments = new ArrayList<>(List.of(work.resolve("jib")));
        for (Path image : images) {
            arguments.add(work.resolve(image.getFileName() + ".tar"));
            arguments.add(image.resolve("below"));
            arguments.add(image.resolve("top"));
            arguments.add("--");
        }
        return new Contender(
                "Jib",
                Workplace.java(Workplace.javaHome(), JibProgram.class, arguments.toArray()),
                before,
                Path.of("/dev/null"));
    }

    Contender buildah(Contender.Preparation before) {
        String buildah = "buildah --storage-driver vfs --root " + work.resolve("buildah") + " --runroot "
                + work.resolve("run") + " build --layers --format oci -f " + work.resolve("Dockerfile") + " -t ";
        StringBuilder script = new StringBuilder();
        images.forEach(image -> script.append(buildah)
                .append(image.getFileName())
                .append(' ')
                .append(image)
                .append('\n'));
        return new Contender("buildah", Contender.shell(script.toString()), before, Path.of("/dev/null"));
    }

    /** Makes one file of the topmost layer another one, in all architectures of an image. */
    void change(String image, String file) throws IOException {
        for (Path folder : images) {
            if (folder.getFileName().toString().startsWith(image + "-")) {
                Files.writeString(
                        folder.resolve("top").resolve(file),
                        "# " + System.nanoTime() + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.APPEND);
            }
        }
    }
}
