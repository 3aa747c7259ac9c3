package network.privateness.reproducible.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a maintainer script would have done that a plain file can't say, because it is computed from other files. */
public enum Effect {
    /** {@code /etc/ssl/certs/ca-certificates.crt}: Mozilla's certificates, one after another in the order of names. */
    CA_CERTIFICATES,
    /**
     * The folders that base-files makes at installation: {@code /run}, {@code /tmp}, {@code /var/tmp}, {@code /run/lock}
     * for everyone (1777), {@code /var/run -> /run}, {@code /var/lock -> /run/lock}.
     */
    RUN_FOLDERS,
    /** The Java runtime's trust store, from the same certificates. */
    JAVA_TRUST_STORE;

    /**
     * Reads the name in bases.yaml, such as {@code ca-certificates}.
     *
     * @throws IllegalArgumentException for an unknown one; the message lists the known ones
     */
    public static Effect parse(String text) {
        return Arrays.stream(values())
                .filter(effect -> effect.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is not one of "
                        + Arrays.stream(values()).map(Effect::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
