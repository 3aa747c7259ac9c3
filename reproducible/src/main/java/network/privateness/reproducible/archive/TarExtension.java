package network.privateness.reproducible.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What stands before a member's own header: the records of a pax header, or GNU's long names, under pax's keys. */
final class TarExtension {

    static final String PATH = "path";
    static final String LINK_PATH = "linkpath";
    static final String SIZE = "size";
    static final String UID = "uid";
    static final String GID = "gid";
    static final String MTIME = "mtime";

    /** Much more than the two longest possible names with their keys; a header this long is an attack on memory. */
    private static final int MAX_PAX = 64 << 10;

    private final Refusal refusal;
    private final Map<String, String> values = new HashMap<>();
    private boolean pax;

    TarExtension(Refusal refusal) {
        this.refusal = refusal;
    }

    boolean isEmpty() {
        return !pax && values.isEmpty();
    }

    void clear() {
        values.clear();
        pax = false;
    }

    String text(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    /** A number in decimal; a fraction, which only times have, is cut off. */
    long number(String key, long otherwise, long offset) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        boolean whole = text.matches("[0-9]{1,18}");
        if (!whole && !(key.equals(MTIME) && text.matches("[0-9]{1,18}\\.[0-9]*"))) {
            throw refusal.at(
                    offset, "the value " + Refusal.quote(text) + " of the pax record \"" + key + "\" is not a number");
        }
        return Long.parseLong(whole ? text : text.substring(0, text.indexOf('.')));
    }

    void readLongName(String key, CountingInputStream in, long size, long offset) throws IOException {
        byte[] bytes = read(in, size, MemberName.MAX_BYTES + 1L, offset, "a GNU long name");
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        if (TarHeader.textEnd(bytes, 0, end) < end) {
            throw refusal.at(offset, "a GNU long name has a NUL inside");
        }
        if (values.put(key, MemberName.decode(bytes, 0, end, refusal, offset, "long name")) != null) {
            throw refusal.at(offset, "the same member has two long names");
        }
    }

    void readPax(CountingInputStream in, long size, long offset) throws IOException {
        if (pax) {
            throw refusal.at(offset, "the same member has two pax headers");
        }
        pax = true;
        byte[] bytes = read(in, size, MAX_PAX, offset, "a pax header");
        for (int start = 0; start < bytes.length; ) {
            start = readRecord(bytes, start, offset);
        }
    }

    /** A global header may hold a comment (git archive writes one), nothing that changes what members mean. */
    void readGlobal(CountingInputStream in, long size, long offset) throws IOException {
        var global = new TarExtension(refusal);
        global.readPax(in, size, offset);
        for (String key : global.values.keySet()) {
            throw refusal.at(
                    offset, "the global pax header sets \"" + key + "\" for all members, which is not allowed");
        }
    }

    private byte[] read(CountingInputStream in, long size, long max, long offset, String what) throws IOException {
        if (size > max) {
            throw refusal.at(offset, what + " of " + size + " bytes, at most " + max + " are allowed");
        }
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw refusal.at(in.position(), "the archive ends inside " + what);
        }
        return bytes;
    }

    private int readRecord(byte[] bytes, int start, long offset) {
        int at = start;
        int length = 0;
        for (; at < bytes.length && at < start + 6 && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            length = length * 10 + bytes[at] - '0';
        }
        int end = start + length;
        int equals = at;
        while (equals < bytes.length && equals < end && bytes[equals] != '=') {
            equals++;
        }
        if (at == start
                || at >= bytes.length
                || bytes[at] != ' '
                || end > bytes.length
                || equals >= end - 1
                || bytes[end - 1] != '\n') {
            throw refusal.at(offset, "the pax record at byte " + start + " of its header is malformed");
        }
        String key = MemberName.decode(bytes, at + 1, equals, refusal, offset, "pax key");
        switch (key) {
            case PATH, LINK_PATH, SIZE, UID, GID, MTIME -> {
                String value = MemberName.decode(bytes, equals + 1, end - 1, refusal, offset, "pax value");
                if (values.put(key, value) != null) {
                    throw refusal.at(offset, "the value \"" + key + "\" of a member is given twice");
                }
            }
            case "hdrcharset" -> {
                String value = new String(bytes, equals + 1, end - equals - 2, StandardCharsets.ISO_8859_1);
                if (!value.equals("ISO-IR 10646 2000 UTF-8")) {
                    throw refusal.at(offset, "the pax header is written in " + Refusal.quote(value) + ", not in UTF-8");
                }
            }
            default -> refuseWhatCannotBeIgnored(key, offset);
        }
        return end;
    }

    private void refuseWhatCannotBeIgnored(String key, long offset) {
        if (key.startsWith("GNU.sparse.")) {
            throw refusal.at(offset, "a sparse file (\"" + key + "\"), which is not allowed");
        }
        if (key.equals("SCHILY.xattr." + TarWriter.CAPABILITY)) {
            throw refusal.at(offset, "a member has file capabilities, which are not taken from archives");
        }
    }
}
