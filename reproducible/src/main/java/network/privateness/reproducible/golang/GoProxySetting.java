package network.privateness.reproducible.golang;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import network.privateness.reproducible.Problem;

/**
 * The Go module proxies of this machine, as the Go command reads them from GOPROXY.
 *
 * <p>{@code direct} is left out: it would run version control tools against hosts that modules name.
 */
public final class GoProxySetting {

    private static final int MAX_LENGTH = 8192;
    private static final String NEXT = "set the environment variable GOPROXY to the address of a Go module proxy";

    private final List<Proxy> proxies;
    private final List<String> notes;

    private GoProxySetting(List<Proxy> proxies, List<String> notes) {
        this.proxies = List.copyOf(proxies);
        this.notes = List.copyOf(notes);
    }

    /**
     * Reads the environment's GOPROXY, else asks an installed Go.
     *
     * @param environment usually {@link System#getenv()}; GOPROXY and PATH count
     * @throws Problem if neither names a proxy, or what they name can't be used
     */
    public static GoProxySetting find(Map<String, String> environment) {
        String set = environment.getOrDefault("GOPROXY", "");
        if (!set.isBlank()) {
            return parse(set);
        }
        return parse(InstalledGo.onPath(environment)
                .flatMap(InstalledGo::proxy)
                .orElseThrow(() -> new Problem(
                        "GOPROXY",
                        "is not set, and no installed Go names a module proxy by \"go env GOPROXY\"",
                        NEXT)));
    }

    /**
     * Reads a list of proxies: a comma means the next one is asked when this one has not got the module, a bar that it is
     * asked after any failure. What follows {@code off} does not count.
     */
    public static GoProxySetting parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new Problem("GOPROXY", "has more than " + MAX_LENGTH + " characters", NEXT);
        }
        List<Proxy> proxies = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '|') {
                end++;
            }
            String entry = text.substring(start, end).trim();
            boolean afterAnyFailure = end < text.length() && text.charAt(end) == '|';
            start = end + 1;
            if (entry.equals("off")) {
                notes.add("GOPROXY: \"off\" ends the list");
                break;
            } else if (entry.equals("direct")) {
                notes.add("GOPROXY: \"direct\" is never used");
            } else if (!entry.isEmpty()) {
                proxies.add(new Proxy(address(entry), afterAnyFailure));
            }
        }
        if (proxies.isEmpty()) {
            throw new Problem("GOPROXY", "\"" + text.trim() + "\" names no module proxy", NEXT);
        }
        return new GoProxySetting(proxies, notes);
    }

    /** The proxies in the order in which they are asked. */
    public List<Proxy> proxies() {
        return proxies;
    }

    /** What was left out, one line each. */
    public List<String> notes() {
        return notes;
    }

    /** Where the module's zip may be, in the order of the proxies. */
    public List<URI> zip(ModuleVersion id) {
        return files(id.proxyPath(".zip"));
    }

    /** Where the module's go.mod may be, in the order of the proxies. */
    public List<URI> goMod(ModuleVersion id) {
        return files(id.proxyPath(".mod"));
    }

    /**
     * Where the newest version of a module may be told, as JSON with the member {@code Version}.
     *
     * @throws IllegalArgumentException if Go would refuse the path
     */
    public List<URI> latest(String module) {
        return files(ModulePath.escape(checked(module)) + "/@latest");
    }

    /**
     * Where the versions of a module may be listed, one a line in no order, without pseudo-versions.
     *
     * @throws IllegalArgumentException if Go would refuse the path
     */
    public List<URI> versions(String module) {
        return files(ModulePath.escape(checked(module)) + "/@v/list");
    }

    private static String checked(String module) {
        ModulePath.faultOfModule(module).ifPresent(fault -> {
            throw new IllegalArgumentException("the module path \"" + module + "\" " + fault);
        });
        return module;
    }

    private List<URI> files(String path) {
        return proxies.stream()
                .map(proxy -> URI.create(proxy.address() + "/" + path))
                .toList();
    }

    /** The value for the Go command, with {@code direct} left out; it may hold a password. */
    String value() {
        StringBuilder value = new StringBuilder();
        for (Proxy proxy : proxies) {
            value.append(proxy.address()).append(proxy.afterAnyFailure() ? '|' : ',');
        }
        return value.append("off").toString();
    }

    /** The addresses without user names and passwords. */
    @Override
    public String toString() {
        return proxies.stream().map(Proxy::toString).collect(Collectors.joining(", "));
    }

    private static URI address(String entry) {
        String bare = entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry;
        try {
            URI address = new URI(bare);
            String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            boolean web = (scheme.equals("https") || scheme.equals("http")) && address.getHost() != null;
            boolean folder = scheme.equals("file")
                    && address.getAuthority() == null
                    && address.getPath() != null
                    && address.getPath().startsWith("/");
            if ((web || folder) && address.getRawQuery() == null && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below: the text may hold a password, so it is not repeated.
        }
        throw new Problem(
                "GOPROXY", "has an entry that is no plain https, http or file address (file:///folder)", NEXT);
    }

    /**
     * One proxy.
     *
     * @param address without a slash at the end
     * @param afterAnyFailure whether the next one is asked after any failure, not only when this one lacks the module
     */
    public record Proxy(URI address, boolean afterAnyFailure) {

        /** The address without user name and password. */
        @Override
        public String toString() {
            String user = address.getRawUserInfo();
            return user == null ? address.toString() : address.toString().replace(user + "@", "***@");
        }
    }
}
