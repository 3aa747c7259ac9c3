package network.privateness.reproducible.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import network.privateness.reproducible.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one YAML document whose top is a map. No class is ever instantiated from what the document says. */
public final class YamlReader {

    /** No file of ours comes near; an endless one is refused before it fills the memory. */
    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private static final int DEEPEST = 20;

    private final String file;

    private YamlReader(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param name the file's name as users know it, for messages
     * @throws Problem if the file is missing, is not UTF-8, or is not such a document
     */
    public static YamlMap read(Path path, String name) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_CHARACTERS + 1);
        } catch (NoSuchFileException e) {
            throw new Problem(name, "the file is missing", "create it, or correct the path", e);
        }
        if (bytes.length > MOST_CHARACTERS) {
            throw new Problem(name, "the file is larger than " + MOST_CHARACTERS + " bytes", "make it smaller");
        }
        try {
            return read(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    name);
        } catch (CharacterCodingException e) {
            throw new Problem(name, "the file is not UTF-8", "save it as UTF-8", e);
        }
    }

    /** Reads a text; see {@link #read(Path, String)}. */
    public static YamlMap read(String text, String name) {
        YamlReader reader = new YamlReader(name);
        try {
            return reader.document(text);
        } catch (MarkedYAMLException e) {
            String what = e.getProblem() == null ? "it is not YAML" : "it is not YAML: " + e.getProblem();
            Location location = reader.location(e.getProblemMark());
            throw new Problem(location.toString(), oneLine(what), "correct the line", e);
        } catch (YAMLException e) {
            throw new Problem(name, oneLine("it is not YAML: " + e.getMessage()), "correct the file", e);
        }
    }

    private YamlMap document(String text) {
        for (Event event : yaml().parse(new StringReader(text))) {
            refuseReferences(event);
        }
        Node root = yaml().compose(new StringReader(text));
        if (root == null) {
            throw new Problem(file, "the file is empty", "write at least one \"key: value\" line");
        }
        if (value(root) instanceof YamlMap map) {
            return map;
        }
        throw new Problem(
                location(root.getStartMark()).toString(),
                "the top of the file is not a map",
                "write \"key: value\" lines");
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(DEEPEST);
        options.setProcessComments(false);
        return new Yaml(options);
    }

    private void refuseReferences(Event event) {
        boolean anchored = event instanceof AliasEvent
                || event instanceof ScalarEvent scalar && scalar.getAnchor() != null
                || event instanceof CollectionStartEvent start && start.getAnchor() != null;
        if (anchored) {
            throw new Problem(
                    location(event.getStartMark()).toString(),
                    "anchors and aliases (& and *) are not allowed",
                    "write the value out");
        }
        boolean tagged = event instanceof ScalarEvent scalar && scalar.getTag() != null
                || event instanceof CollectionStartEvent start && start.getTag() != null;
        if (tagged) {
            throw new Problem(
                    location(event.getStartMark()).toString(), "tags (!) are not allowed", "write a plain value");
        }
    }

    private YamlValue value(Node node) {
        Location location = location(node.getStartMark());
        if (node instanceof ScalarNode scalar) {
            return new YamlScalar(location, readable(location, scalar.getValue()));
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlValue> values = new ArrayList<>();
            sequence.getValue().forEach(item -> values.add(value(item)));
            return new YamlList(location, values);
        }
        Map<String, YamlValue> values = new LinkedHashMap<>();
        Map<String, Location> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            Location place = location(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new Problem(place.toString(), "a key is not a plain text", "write \"key: value\"");
            }
            readable(place, key.getValue());
            if (values.put(key.getValue(), value(tuple.getValueNode())) != null) {
                throw new Problem(
                        place.toString(),
                        "duplicate key \"" + key.getValue() + "\", first in line "
                                + keys.get(key.getValue()).line(),
                        "keep one of them");
            }
            keys.put(key.getValue(), place);
        }
        return new YamlMap(location, values, keys);
    }

    /** No file of ours needs what escapes such as "\0" can make, and neither paths nor processes can take it. */
    private static String readable(Location location, String text) {
        boolean control = text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        if (control || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Problem(
                    location.toString(),
                    "the text has a control character or half of a surrogate pair",
                    "take the escape from it");
        }
        return text;
    }

    private Location location(Mark mark) {
        return mark == null ? new Location(file, 1, 1) : new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }
}
