package network.privateness.reproducible.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The content of a pax header: records of the form {@code LENGTH KEY=VALUE\n}, whose length counts itself. */
final class PaxRecords {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** @param value written as it is, also when it is not text */
    void add(String key, byte[] value) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        int rest = keyBytes.length + value.length + 3;
        int length = rest + digits(rest);
        length = rest + digits(length);
        bytes.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        bytes.write(' ');
        bytes.writeBytes(keyBytes);
        bytes.write('=');
        bytes.writeBytes(value);
        bytes.write('\n');
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }
}
