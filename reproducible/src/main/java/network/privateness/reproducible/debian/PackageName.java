package network.privateness.reproducible.debian;

/** The rule for names of packages, Debian Policy 5.6.1, and of architectures. */
final class PackageName {

    private static final int MAX_LENGTH = 200;

    private PackageName() {}

    /**
     * Lower-case letters, digits and {@code + - .}, beginning with a letter or digit; the archive also has a few
     * virtual names with capitals and underscores, so those are let pass.
     *
     * @return the name
     * @throws IllegalArgumentException if it is none
     */
    static String check(String name) {
        if (name.isEmpty()
                || name.length() > MAX_LENGTH
                || !isAlphanumeric(name.charAt(0))
                || !name.chars().allMatch(c -> isAlphanumeric(c) || c == '+' || c == '-' || c == '.' || c == '_')) {
            throw new IllegalArgumentException("\"" + Quoted.text(name) + "\" is no package name");
        }
        return name;
    }

    /** @throws IllegalArgumentException if it is no name of an architecture */
    static String checkArchitecture(String name) {
        if (name.isEmpty() || name.length() > 40 || !name.chars().allMatch(c -> isAlphanumeric(c) || c == '-')) {
            throw new IllegalArgumentException("\"" + Quoted.text(name) + "\" is no architecture");
        }
        return name;
    }

    private static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
    }
}
