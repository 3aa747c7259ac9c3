package network.privateness.maven.report;

import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How reports are written for machines: members in a fixed order, nothing of clock or machine, whole or not at all. */
final class JsonFile {

    /** Version of the reports' shapes. */
    static final int FORMAT = 1;

    /** As by default, but for the line ends, which are those of the system there. */
    private static final PrettyPrinter PRINTER =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private JsonFile() {}

    /** What every report begins with. */
    static ObjectNode begin() {
        return JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    }

    static void write(Path file, ObjectNode report) throws IOException {
        Files.createDirectories(file.getParent());
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, new JsonMapper().writer(PRINTER).writeValueAsString(report) + "\n");
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
