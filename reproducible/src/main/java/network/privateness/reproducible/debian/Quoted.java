package network.privateness.reproducible.debian;

/** Text from outside, made fit for one line of a message. */
final class Quoted {

    private static final int MAX = 60;

    private Quoted() {}

    /** At most 60 characters, anything that is no printable ASCII as {@code ?}. */
    static String text(String text) {
        String head = text.length() > MAX ? text.substring(0, MAX) : text;
        StringBuilder out = new StringBuilder(head.length() + 3);
        head.chars().forEach(c -> out.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return text.length() > MAX ? out.append("...").toString() : out.toString();
    }
}
