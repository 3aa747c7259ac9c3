package network.privateness.reproducible.golang;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import network.privateness.reproducible.digest.Sha256;

/**
 * The licence texts of a Go program's modules and of the Go standard library, as one text: whoever hands the program on
 * hands them on too. Every text stands once, behind the files that hold it; what has none is listed first.
 */
public final class LicenseTexts {

    /** Names under which licences stand; code with such a name is none. */
    private static final Pattern NAME = Pattern.compile(
            "((un)?licen[cs]es?|copying|copyright|notice|patents)([._-][a-z0-9._-]*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern CODE = Pattern.compile(
            ".*\\.(go|s|c|h|cc|cpp|py|js|ts|sh|json|ya?ml|toml|html?|css|tmpl|tpl|svg|png|pdf)",
            Pattern.CASE_INSENSITIVE);

    /** The folder of the REUSE specification, whose files are named by their SPDX identifiers. */
    private static final String REUSE = "LICENSES";

    /** Ours; the longest known, of all versions of the GPL together, has 100 KB. */
    private static final int LONGEST = 1 << 20;

    private static final String RULE = "-".repeat(80) + "\n";

    private final Map<Sha256, TreeSet<String>> owners = new TreeMap<>(Comparator.comparing(Sha256::hex));
    private final Map<Sha256, byte[]> texts = new TreeMap<>(Comparator.comparing(Sha256::hex));
    private final TreeSet<String> without = new TreeSet<>();

    /** Of these modules, where the lock has their zips, and of the toolchain's standard library. */
    public static LicenseTexts of(PinnedToolchain toolchain, List<PinnedModule> modules, ModuleSource source)
            throws IOException {
        LicenseTexts texts = new LicenseTexts();
        // Toolchains of all build hosts hold the same; its name must not say the host.
        try (ModuleZip zip = ModuleZip.open(source.toolchain(toolchain), toolchain.id(), GoBuild.LARGEST_ZIP)) {
            texts.add(toolchain.version(), zip, path -> path.equals("LICENSE") || path.equals("PATENTS"));
        }
        for (PinnedModule module : modules) {
            if (module.zip().isPresent()) {
                try (ModuleZip zip = ModuleZip.open(source.zip(module), module.id())) {
                    texts.add(module.toString(), zip, LicenseTexts::isLicense);
                }
            }
        }
        return texts;
    }

    /** The whole text, in an order that depends on nothing but the texts and names. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                utf8("Licences of the Go modules that this program is made of, each behind the files that hold it.\n"));
        if (!without.isEmpty()) {
            out.writeBytes(utf8("\nWithout a licence file of their own:\n"));
            without.forEach(name -> out.writeBytes(utf8(name + "\n")));
        }
        owners.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().first()))
                .forEach(entry -> {
                    out.writeBytes(utf8("\n" + RULE));
                    entry.getValue().forEach(name -> out.writeBytes(utf8(name + "\n")));
                    out.writeBytes(utf8("\n"));
                    byte[] text = texts.get(entry.getKey());
                    out.writeBytes(text);
                    if (text.length == 0 || text[text.length - 1] != '\n') {
                        out.writeBytes(utf8("\n"));
                    }
                });
        return out.toByteArray();
    }

    static boolean isLicense(String path) {
        String[] elements = path.split("/");
        for (String element : elements) {
            if (element.equals("testdata")) {
                return false;
            }
        }
        String name = elements[elements.length - 1];
        boolean reuse = elements.length > 1 && elements[elements.length - 2].equals(REUSE);
        return (reuse || NAME.matcher(name).matches()) && !CODE.matcher(name).matches();
    }

    private void add(String owner, ModuleZip zip, Predicate<String> wanted) throws IOException {
        boolean any = false;
        for (Map.Entry<String, byte[]> file : zip.files(wanted, LONGEST).entrySet()) {
            any = true;
            Sha256 digest = Sha256.of(file.getValue());
            texts.put(digest, file.getValue());
            owners.computeIfAbsent(digest, key -> new TreeSet<>()).add(owner + " " + file.getKey());
        }
        if (!any) {
            without.add(owner);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
