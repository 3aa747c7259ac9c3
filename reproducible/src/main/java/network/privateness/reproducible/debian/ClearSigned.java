package network.privateness.reproducible.debian;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/**
 * A document in the cleartext signature framework (RFC 9580, section 7; RFC 4880, section 7), taken apart.
 *
 * <p>Nothing may stand outside of the framework: not before it, not behind it, and no header but {@code Hash}. So the
 * text here is all that the document says, and it is exactly what was hashed.
 *
 * @param text the signed text: dash escapes undone, spaces and tabs at the ends of lines gone, {@code \n} after each line
 * @param textLine the number of the document's line where the text begins
 * @param signatures at least one, none of them verified yet
 */
record ClearSigned(byte[] text, int textLine, List<PGPSignature> signatures) {

    static final int MAX_SIGNATURES = 16;

    private static final int MAX_HEADERS = 16;
    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String BEGIN_SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final Pattern HASH_HEADER = Pattern.compile("Hash: [A-Za-z0-9, -]{1,200}");

    /** @throws Problem if the document is not of this form; it names the line */
    static ClearSigned parse(byte[] document, String where, String next) {
        return new Parser(document, where, next).parse();
    }

    /** The text as it was hashed: CRLF between lines, none after the last one. */
    byte[] hashedText() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + text.length / 32 + 16);
        for (int i = 0; i < text.length - 1; i++) {
            if (text[i] == '\n') {
                out.write('\r');
            }
            out.write(text[i]);
        }
        return out.toByteArray();
    }

    /** Works on ISO 8859-1 strings, which hold any bytes. */
    private static final class Parser {

        private final String document;
        private final String where;
        private final String next;
        private int position;
        private int number;

        Parser(byte[] document, String where, String next) {
            this.document = new String(document, StandardCharsets.ISO_8859_1);
            this.where = where;
            this.next = next;
        }

        ClearSigned parse() {
            if (!BEGIN.equals(line())) {
                throw problem("a signed document begins with " + BEGIN);
            }
            headers();
            int textLine = number + 1;
            byte[] text = text();
            List<String> armour = new ArrayList<>();
            for (String line = line(); line != null; line = line()) {
                armour.add(line);
            }
            return new ClearSigned(text, textLine, signatures(new Armour(where, next, number).decode(armour)));
        }

        private void headers() {
            for (int count = 0; count <= MAX_HEADERS; count++) {
                String line = line();
                if (line == null) {
                    throw problem("the document ends inside of its headers");
                }
                if (line.isEmpty()) {
                    return;
                }
                if (!HASH_HEADER.matcher(line).matches()) {
                    throw problem("\"" + Quoted.text(line) + "\": no header but Hash is allowed");
                }
            }
            throw problem("more than " + MAX_HEADERS + " headers");
        }

        private byte[] text() {
            ByteArrayOutputStream out = new ByteArrayOutputStream(document.length());
            for (String line = line(); !BEGIN_SIGNATURE.equals(line); line = line()) {
                if (line == null) {
                    throw problem("no " + BEGIN_SIGNATURE);
                }
                if (line.startsWith("- ")) {
                    line = line.substring(2);
                } else if (line.startsWith("-")) {
                    throw problem("a line of the signed text begins with - and is not escaped");
                }
                out.writeBytes(stripped(line).getBytes(StandardCharsets.ISO_8859_1));
                out.write('\n');
            }
            if (out.size() == 0) {
                throw problem("no text is signed");
            }
            return out.toByteArray();
        }

        private String stripped(String line) {
            int end = line.length();
            while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
                end--;
            }
            return line.substring(0, end);
        }

        private List<PGPSignature> signatures(byte[] packets) {
            List<PGPSignature> signatures = new ArrayList<>();
            try {
                BcPGPObjectFactory factory = new BcPGPObjectFactory(packets);
                for (Object object = factory.nextObject(); object != null; object = factory.nextObject()) {
                    if (!(object instanceof PGPSignatureList)) {
                        throw problem("a packet that is no signature");
                    }
                    ((PGPSignatureList) object).forEach(signatures::add);
                }
            } catch (Problem e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw new Problem(where + ":" + number, "a malformed OpenPGP signature", next, e);
            }
            if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
                throw problem(signatures.size() + " signatures; 1 to " + MAX_SIGNATURES + " are allowed");
            }
            return List.copyOf(signatures);
        }

        /** The next line without its LF or CRLF, or null at the end. */
        private String line() {
            if (position == document.length()) {
                return null;
            }
            number++;
            int end = document.indexOf('\n', position);
            int stop = end < 0 ? document.length() : end;
            int start = position;
            position = end < 0 ? stop : end + 1;
            boolean carriageReturn = end > start && document.charAt(end - 1) == '\r';
            String line = document.substring(start, carriageReturn ? end - 1 : stop);
            if (line.indexOf('\r') >= 0) {
                throw problem("a carriage return inside of a line");
            }
            return line;
        }

        private Problem problem(String what) {
            return new Problem(where + ":" + Math.max(1, number), what, next);
        }
    }
}
