package network.privateness.reproducible.oci;

import java.util.regex.Pattern;

/**
 * What an image is called: {@code nessnetwork/yggdrasil:0.1.0} or {@code registry.example:5000/yggdrasil:0.1.0}.
 *
 * @param repository the name without the tag, with the registry's host before it where there is one
 * @param tag names one version
 */
public record ImageName(String repository, String tag) {

    /** The grammars of distribution-spec 1.1, "Pulling manifests", with a host and port before them. */
    private static final Pattern PART = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private static final int LONGEST = 255;
    private static final String DEFAULT_HOST = "docker.io";

    /** @throws IllegalArgumentException if engines and registries would refuse the name */
    public ImageName {
        if (!isRepository(repository) || !TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("\"" + repository + ":" + tag + "\" is not an image name: NAME:TAG or"
                    + " HOST/NAME:TAG, with a NAME of lower-case letters, digits, single . _ - and /");
        }
    }

    /**
     * Reads {@code REPOSITORY:TAG}.
     *
     * @throws IllegalArgumentException if the tag is missing or the name would be refused
     */
    public static ImageName parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.indexOf('/', colon) >= 0) {
            throw new IllegalArgumentException("\"" + text + "\" has no tag: NAME:TAG is needed");
        }
        return new ImageName(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The name with the host that engines add to a name without one: {@code docker.io/nessnetwork/yggdrasil:0.1.0}. */
    public String qualified() {
        if (hasHost(repository)) {
            return toString();
        }
        return DEFAULT_HOST + (repository.contains("/") ? "/" : "/library/") + this;
    }

    /** {@code REPOSITORY:TAG}. */
    @Override
    public String toString() {
        return repository + ":" + tag;
    }

    private static boolean isRepository(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        String path = text;
        if (hasHost(text)) {
            int slash = text.indexOf('/');
            if (!HOST.matcher(text.substring(0, slash)).matches()) {
                return false;
            }
            path = text.substring(slash + 1);
        }
        for (String part : path.split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }

    /** Engines take the first part for a host if it looks like one, and else for a part of the name. */
    private static boolean hasHost(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String first = text.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }
}
