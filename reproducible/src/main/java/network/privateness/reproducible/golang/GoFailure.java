package network.privateness.reproducible.golang;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;

/** Says in our words why a Go command failed, and what to do. */
final class GoFailure {

    private static final int SHOWN = 2_000;
    private static final String ID = "([^\\s@:\"]{1,300}+@v[^\\s:\"]{1,300}+)";
    private static final Pattern ABSENT =
            Pattern.compile(ID + ": (?:[^\\n]{0,200}: )?reading file://[^\\n]*no such file or directory");
    private static final Pattern NOT_FETCHED =
            Pattern.compile(ID + ": (?:[^\\n]{0,200}: )?reading \\S{1,4096}: ([^\\n]{1,300})");
    private static final Pattern MISMATCH = Pattern.compile("(?:verifying " + ID + "|" + ID
            + ": verifying (?:go\\.mod|module)): checksum mismatch\\s+downloaded:\\s+(\\S+)\\s+([^\\s:]+):\\s+(\\S+)");
    private static final Pattern NOT_IN_SUM = Pattern.compile("missing go\\.sum entry[^\\n]*");
    private static final Pattern TOO_OLD = Pattern.compile("requires go >= (\\S+) \\(running go ([^;)\\s]+)");

    private GoFailure() {}

    /**
     * @param name the main module
     * @param task what was done, as {@code "./cmd/ipfs for linux/arm64"}
     */
    static Problem of(String name, String task, GoCommand.Result result) {
        String output = result.output();
        String where = name + " (" + task + ")";
        Matcher mismatch = MISMATCH.matcher(output);
        if (mismatch.find()) {
            return new Problem(
                    where,
                    (mismatch.group(1) == null ? mismatch.group(2) : mismatch.group(1)) + " has " + mismatch.group(3)
                            + ", " + mismatch.group(4) + " says " + mismatch.group(5),
                    "remove it from the store, then fetch it again or check the module proxy");
        }
        Matcher absent = ABSENT.matcher(output);
        if (absent.find()) {
            return new Problem(where, absent.group(1) + " is needed, but not in the lock", "run mvn ness:lock");
        }
        Matcher tooOld = TOO_OLD.matcher(output);
        if (tooOld.find()) {
            return new Problem(
                    where,
                    "needs Go " + tooOld.group(1) + ", the lock has Go " + tooOld.group(2),
                    "run mvn ness:lock with a newer Go toolchain");
        }
        Matcher notInSum = NOT_IN_SUM.matcher(output);
        if (notInSum.find()) {
            return new Problem(
                    where, "its go.sum is not complete: " + notInSum.group(), "run go mod tidy in the module's folder");
        }
        return new Problem(
                where,
                "go ended with exit code " + result.exit() + ": " + shown(output),
                "read Go's message; it names the file or module");
    }

    /** The same for commands that may fetch: what they lack is missing at the proxies, not in the lock. */
    static Problem ofDownload(String name, String task, GoCommand.Result result) {
        Matcher notFetched = NOT_FETCHED.matcher(result.output());
        if (notFetched.find()) {
            return new Problem(
                    name + " (" + task + ")",
                    notFetched.group(1) + " could not be fetched: " + notFetched.group(2),
                    "name a module proxy that has it in GOPROXY");
        }
        return of(name, task, result);
    }

    private static String shown(String output) {
        String text = output.strip();
        return text.length() <= SHOWN ? text : "..." + text.substring(text.length() - SHOWN);
    }
}
