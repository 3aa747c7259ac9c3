package network.privateness.reproducible.definition;

/**
 * A user and its group of the same name, for {@code /etc/passwd} and {@code /etc/group}.
 *
 * @param name by the rules of Debian's adduser
 * @param uid 0 to 65534
 * @param gid 0 to 65534
 * @param home an absolute path
 */
public record User(String name, int uid, int gid, String home) {

    /** @throws IllegalArgumentException if the name, a number or the home folder breaks its rule */
    public User {
        if (!name.matches("[a-z_][a-z0-9_-]{0,31}")) {
            throw new IllegalArgumentException(
                    "the user name \"" + name + "\" must be lower-case letters, digits, - and _, 32 at most");
        }
        if (uid < 0 || uid > 65534 || gid < 0 || gid > 65534) {
            throw new IllegalArgumentException("uid " + uid + " and gid " + gid + " must be 0 to 65534");
        }
        if (!home.matches("/[^:\n]*")) {
            throw new IllegalArgumentException(
                    "the home folder \"" + home + "\" must be an absolute path without colon");
        }
    }

    /** The content of {@code /etc/passwd} with these users, in their order. */
    public static String passwd(Iterable<User> users) {
        StringBuilder text = new StringBuilder();
        users.forEach(user -> text.append(user.passwdLine()));
        return text.toString();
    }

    /** The content of {@code /etc/group} with the groups of these users. */
    public static String group(Iterable<User> users) {
        StringBuilder text = new StringBuilder();
        users.forEach(user -> text.append(user.groupLine()));
        return text.toString();
    }

    private String passwdLine() {
        return name + ":x:" + uid + ":" + gid + "::" + home + ":/usr/sbin/nologin\n";
    }

    private String groupLine() {
        return name + ":x:" + gid + ":\n";
    }
}
