package network.privateness.reproducible.debian;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import network.privateness.reproducible.Problem;
import network.privateness.reproducible.digest.Sha256;

/**
 * The signed list of what a suite of Debian's archive consists of; an instance exists only if its signature was good.
 *
 * @param origin always {@code Debian}
 * @param label {@code Debian}, {@code Debian-Security}, ...
 * @param suite the class of the release, {@code stable}
 * @param codename its name, {@code trixie}
 * @param date when it was made
 * @param validUntil when it stops being valid, if ever
 * @param acquireByHash whether indexes are also found under their hash
 * @param files path below {@code dists/SUITE/} to size and hash
 * @param signedBy fingerprints of the primary keys whose signature was good, sorted
 * @param sha256 of the document's bytes
 */
public record InRelease(
        String origin,
        String label,
        String suite,
        String codename,
        Instant date,
        Optional<Instant> validUntil,
        List<String> architectures,
        List<String> components,
        boolean acquireByHash,
        SortedMap<String, IndexFile> files,
        List<String> signedBy,
        Sha256 sha256) {

    /** Most bytes that a document may have; Debian 12's has 151,075. */
    public static final int MAX_SIZE = 4 << 20;

    static final String NEXT = "use another mirror: -Dness.debian.mirror=URL";

    /** Size in bytes and hash of an index file. */
    public record IndexFile(long size, Sha256 sha256) {}

    /**
     * Reads a document and checks all of it: form, signature, origin, suite and age.
     *
     * @param document the whole file
     * @param where what messages call it, for instance its URL
     * @param wanted the suite that was asked for: it must be the document's Suite or Codename
     * @throws Problem if anything is wrong with it
     */
    public static InRelease read(byte[] document, String where, String wanted, ArchiveKeys keys, Freshness freshness) {
        if (document.length > MAX_SIZE) {
            throw new Problem(where, "more than " + MAX_SIZE + " bytes", NEXT);
        }
        ClearSigned signed = ClearSigned.parse(document, where, NEXT);
        Stanza stanza = stanza(signed, where);
        String origin = stanza.require("Origin");
        ArchiveKeys.Verdict verdict = keys.verify(signed, freshness.now());
        if (verdict.signedBy().isEmpty()) {
            throw new Problem(
                    where,
                    "no good signature (it says Origin: " + Quoted.text(origin) + "): "
                            + String.join("; ", verdict.reasons()),
                    NEXT);
        }
        if (!origin.equals("Debian")) {
            throw new Problem(where, "Origin is \"" + Quoted.text(origin) + "\", not Debian", NEXT);
        }
        InRelease release = new ReleaseFields(stanza).release(List.copyOf(verdict.signedBy()), Sha256.of(document));
        if (!Set.of(release.suite, release.codename).contains(wanted)) {
            throw new Problem(
                    where,
                    "suite \"" + Quoted.text(release.suite) + "\" with code name \"" + Quoted.text(release.codename)
                            + "\", but \"" + wanted + "\" was asked for",
                    NEXT);
        }
        freshness.check(release, wanted, where);
        return release;
    }

    /** Whether its {@code Valid-Until} lies before this time. */
    public boolean isExpired(Instant now) {
        return validUntil.filter(now::isAfter).isPresent();
    }

    private static Stanza stanza(ClearSigned signed, String where) {
        try {
            return new ControlFile(
                            new ByteArrayInputStream(signed.text()),
                            where,
                            NEXT,
                            ControlFile.Style.ARCHIVE,
                            signed.textLine())
                    .only();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
