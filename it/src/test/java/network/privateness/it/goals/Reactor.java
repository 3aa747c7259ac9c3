package network.privateness.it.goals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.lock.Lock;
import network.privateness.reproducible.lock.LockWriter;

/** Many small projects, each with one goal of the plugin bound to the phase package, so that one Maven runs them all. */
final class Reactor {

    private static final String VERSION = System.getProperty("ness.version");

    private final Path folder;
    private final List<Module> modules = new ArrayList<>();

    Reactor(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Path folder() {
        return folder;
    }

    List<Module> modules() {
        return modules;
    }

    /** A project that runs one goal, in which images are defined. */
    Module add(String name, String goal) {
        Module module = new Module(folder.resolve(name), name, goal);
        modules.add(module);
        return module;
    }

    /** Writes the POMs. */
    void write() throws IOException {
        String names = modules.stream()
                .map(module -> "    <module>" + module.name + "</module>\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>it.goals</groupId>
                  <artifactId>all</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <modules>
                %s  </modules>
                  <build><pluginManagement><plugins><plugin>
                    <groupId>network.privateness</groupId>
                    <artifactId>ness-maven-plugin</artifactId>
                    <version>%s</version>
                  </plugin></plugins></pluginManagement></build>
                </project>
                """.formatted(names, VERSION));
        Files.createDirectories(folder.resolve(".mvn"));
        for (Module module : modules) {
            module.write();
        }
    }

    /** One of the projects. */
    static final class Module {

        private final Path folder;
        private final String name;
        private final String goal;
        private final Map<String, String> settings = new TreeMap<>();
        private String more = "";
        private String pom = "";
        private String expected = "";
        private byte[] lock;

        private Module(Path folder, String name, String goal) {
            this.folder = folder;
            this.name = name;
            this.goal = goal;
        }

        String name() {
            return name;
        }

        Path folder() {
            return folder;
        }

        /** Empty if the goal must do its work. */
        String expected() {
            return expected;
        }

        /** Whether goals left the lock as it was. */
        boolean lockIsUntouched() throws IOException {
            Path file = folder.resolve(Lock.FILE);
            return lock == null ? Files.notExists(file) : java.util.Arrays.equals(lock, Files.readAllBytes(file));
        }

        Module file(String path, String text) throws IOException {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.writeString(folder.resolve(path), text);
            return this;
        }

        /** Adds the image of this name, with these lines on top of what every image must say. */
        Module image(String image, String lines) throws IOException {
            return file(
                    image + "/image.yaml",
                    "description: An image\nversion: \"1\"\nsource: https://example.org/\nlicenses: MIT\nuser: \"1:1\"\n"
                            + "entrypoint: [/start]\n" + lines);
        }

        Module lock(Lock pinned) throws IOException {
            return lock(LockWriter.write(pinned));
        }

        Module lock(String text) throws IOException {
            lock = text.getBytes(StandardCharsets.UTF_8);
            return file(Lock.FILE, text);
        }

        /** The digest that a lock of these definitions says. */
        Sha256 definitions() throws IOException {
            return Definitions.read(folder).digest();
        }

        /** Sets a parameter of the goal. */
        Module set(String parameter, Object value) {
            settings.put(parameter, value.toString());
            return this;
        }

        /** Adds elements to the POM. */
        Module more(String elements) {
            more = elements;
            return this;
        }

        /** Takes this POM instead. */
        Module pom(String text) {
            pom = text;
            return this;
        }

        /** The goal must fail with exactly this message. */
        Module refuses(String message) {
            expected = message;
            return this;
        }

        private void write() throws IOException {
            String configuration = settings.entrySet().stream()
                    .map(entry -> "<" + entry.getKey() + ">" + entry.getValue() + "</" + entry.getKey() + ">")
                    .collect(Collectors.joining());
            String own = """
                    <project xmlns="http://maven.apache.org/POM/4.0.0">
                      <modelVersion>4.0.0</modelVersion>
                      <parent><groupId>it.goals</groupId><artifactId>all</artifactId><version>1</version></parent>
                      <artifactId>%s</artifactId>
                      <packaging>pom</packaging>
                      %s
                      <build><plugins><plugin>
                        <groupId>network.privateness</groupId>
                        <artifactId>ness-maven-plugin</artifactId>
                        <configuration>%s</configuration>
                        <executions><execution>
                          <id>it</id><phase>package</phase><goals><goal>%s</goal></goals>
                        </execution></executions>
                      </plugin></plugins></build>
                    </project>
                    """.formatted(name, more, configuration, goal);
            file("pom.xml", pom.isEmpty() ? own : pom);
        }
    }
}
