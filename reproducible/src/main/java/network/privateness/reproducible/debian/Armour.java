package network.privateness.reproducible.debian;

import java.util.Base64;
import java.util.List;
import network.privateness.reproducible.Problem;
import org.bouncycastle.bcpg.CRC24;

/** Undoes the ASCII armour of a signature (RFC 9580, section 6.2), after its first line. */
final class Armour {

    private static final int MAX_LENGTH = 1 << 16;
    private static final String END = "-----END PGP SIGNATURE-----";

    private final String where;
    private final String next;

    /** @param lastLine the number of the document's last line */
    Armour(String where, String next, int lastLine) {
        this.where = where + ":" + lastLine;
        this.next = next;
    }

    /** @param lines the lines after the BEGIN line, to the document's end */
    byte[] decode(List<String> lines) {
        int end = lines.indexOf(END);
        if (end < 0) {
            throw problem("no " + END);
        }
        if (end != lines.size() - 1) {
            throw problem("bytes behind " + END);
        }
        int start = lines.indexOf("") + 1;
        if (start == 0) {
            throw problem("no empty line before the signature");
        }
        for (String header : lines.subList(0, start - 1)) {
            if (!header.matches("(Version|Comment|Hash|Charset): [ -~]{0,200}")) {
                throw problem("\"" + Quoted.text(header) + "\" is no header of a signature");
            }
        }
        return data(lines.subList(start, end));
    }

    private byte[] data(List<String> lines) {
        int last = lines.size() - 1;
        boolean hasChecksum =
                last >= 0 && lines.get(last).startsWith("=") && lines.get(last).length() == 5;
        String base64 = String.join("", hasChecksum ? lines.subList(0, last) : lines);
        if (base64.length() > MAX_LENGTH) {
            throw problem("a signature of more than " + MAX_LENGTH + " characters");
        }
        byte[] data = base64(base64);
        if (hasChecksum && checksum(data) != number(base64(lines.get(last).substring(1)))) {
            throw problem("the checksum of the signature's armour is wrong");
        }
        return data;
    }

    private byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(where, "the signature is not in base64", next, e);
        }
    }

    private static int checksum(byte[] data) {
        CRC24 crc = new CRC24();
        for (byte b : data) {
            crc.update(b);
        }
        return crc.getValue() & 0xffffff;
    }

    private static int number(byte[] bytes) {
        int number = 0;
        for (byte b : bytes) {
            number = number << 8 | b & 0xff;
        }
        return number;
    }

    private Problem problem(String what) {
        return new Problem(where, what, next);
    }
}
