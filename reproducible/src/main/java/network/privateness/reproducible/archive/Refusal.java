package network.privateness.reproducible.archive;

import network.privateness.reproducible.Problem;

/** Says what is wrong with one archive, always in the same order: archive, member, offset, value and rule, next step. */
final class Refusal {

    private static final String NEXT = "fetch it again; if its hash is the pinned one, pin another version of it";
    private static final int MAX_QUOTED = 200;

    private final String archive;

    Refusal(String archive) {
        this.archive = archive;
    }

    /** @param offset in bytes from the start of the archive */
    Problem at(long offset, String what) {
        return new Problem(archive + ", offset " + offset, what, NEXT);
    }

    /** @param offset in bytes from the start of the archive */
    Problem at(String member, long offset, String what) {
        return new Problem(archive + ", member " + quote(member) + ", offset " + offset, what, NEXT);
    }

    Problem whole(String what) {
        return new Problem(archive, what, NEXT);
    }

    /** Makes a name from outside fit for a line on a terminal. */
    static String quote(String text) {
        var quoted = new StringBuilder("\"");
        int end = Math.min(text.length(), MAX_QUOTED);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                quoted.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(end < text.length() ? "...\"" : "\"").toString();
    }
}
