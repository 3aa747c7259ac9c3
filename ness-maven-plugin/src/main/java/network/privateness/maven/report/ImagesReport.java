package network.privateness.maven.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import network.privateness.reproducible.build.BuiltImage;
import network.privateness.reproducible.build.BuiltLayer;
import network.privateness.reproducible.build.Selection;
import network.privateness.reproducible.definition.Definitions;
import network.privateness.reproducible.digest.Sha256;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.Platform;

/** The images that were built: names, digests, sizes, and which layers they share. */
public final class ImagesReport {

    private final String prefix;
    private final String tag;
    private final Sha256 lock;
    private final int layoutVersion;
    private final Selection selection;
    private final Definitions definitions;
    private final List<BuiltImage> images;
    private final Map<Sha256, Integer> users = new HashMap<>();

    public ImagesReport(
            String prefix,
            String tag,
            Sha256 lock,
            int layoutVersion,
            Selection selection,
            Definitions definitions,
            List<BuiltImage> images) {
        this.prefix = prefix;
        this.tag = tag;
        this.lock = lock;
        this.layoutVersion = layoutVersion;
        this.selection = selection;
        this.definitions = definitions;
        this.images = List.copyOf(images);
        images.forEach(image -> image.layers()
                .values()
                .forEach(stack ->
                        stack.forEach(layer -> users.merge(layer.layer().digest(), 1, Integer::sum))));
    }

    /** Writes the JSON. */
    public void write(Path file) throws IOException {
        ObjectNode root = JsonFile.begin();
        root.put("developmentBuild", !selection.whole());
        root.put("layoutVersion", layoutVersion);
        root.put("lock", lock.toString());
        ArrayNode list = root.putArray("images");
        images.forEach(image -> list.add(json(image)));
        ArrayNode leftOut = root.putArray("leftOut");
        definitions.images().keySet().stream()
                .filter(name -> !selection.images().containsKey(name))
                .forEach(leftOut::add);
        JsonFile.write(file, root);
    }

    /** The lines for people. */
    public List<String> table() {
        Table table = new Table("IMAGE", "PLATFORM", "MANIFEST", "CONFIG (IMAGE ID)", "SIZE", "LAYERS");
        for (BuiltImage image : images) {
            for (AssembledImage assembled : image.index().images()) {
                List<BuiltLayer> stack = image.layers().get(assembled.platform());
                long shared = stack.stream().filter(this::isShared).count();
                table.row(
                        image.definition().name(),
                        assembled.platform().toString(),
                        shortened(assembled.descriptor().digest()),
                        shortened(assembled.configDescriptor().digest()),
                        size(stack),
                        stack.size() + ", " + shared + " shared");
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (!selection.whole()) {
            lines.add("This is a development build: a part was selected. It is not attested, published or packaged.");
        }
        return lines;
    }

    private ObjectNode json(BuiltImage image) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        String name = image.definition().name();
        node.put("name", name);
        node.put("reference", prefix + "/" + name + ":" + tag);
        node.put("layout", "oci/" + name);
        node.put("index", image.index().descriptor().digest().toString());
        ArrayNode members = node.putArray("members");
        image.definition().members().forEach(members::add);
        ArrayNode platforms = node.putArray("platforms");
        for (AssembledImage assembled : image.index().images()) {
            platforms.add(json(assembled, image.layers().get(assembled.platform())));
        }
        ArrayNode missing = node.putArray("platformsLeftOut");
        image.definition().platforms().stream()
                .filter(platform -> !image.layers().containsKey(platform))
                .map(Platform::toString)
                .forEach(missing::add);
        return node;
    }

    private ObjectNode json(AssembledImage assembled, List<BuiltLayer> stack) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("platform", assembled.platform().toString());
        node.put("manifest", assembled.descriptor().digest().toString());
        node.put("config", assembled.configDescriptor().digest().toString());
        node.put("size", stack.stream().mapToLong(layer -> layer.layer().size()).sum());
        ArrayNode layers = node.putArray("layers");
        for (BuiltLayer layer : stack) {
            ObjectNode one = layers.addObject();
            one.put("target", layer.name().target());
            one.put("content", layer.name().content());
            one.put("diffId", layer.layer().diffId().toString());
            one.put("digest", layer.layer().digest().toString());
            one.put("size", layer.layer().size());
            one.put("pinned", layer.pinned());
            one.put("shared", isShared(layer));
        }
        return node;
    }

    private boolean isShared(BuiltLayer layer) {
        return users.get(layer.layer().digest()) > 1;
    }

    private static String size(List<BuiltLayer> stack) {
        return String.format(
                Locale.ROOT,
                "%.1f MB",
                stack.stream().mapToLong(layer -> layer.layer().size()).sum() / 1e6);
    }

    private static String shortened(Sha256 digest) {
        return "sha256:" + digest.hex().substring(0, 12);
    }
}
