package network.privateness.reproducible.debian;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.OpenPGPPolicy;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/**
 * The public keys that may sign an archive's InRelease.
 *
 * <p>A signature counts when its hash is SHA-256 or better, and when its key (or the subkey that its owner bound for
 * signing) was valid at the time of signing. A key with any revocation never counts, whatever the date.
 */
public final class ArchiveKeys {

    private static final String RESOURCE = "archive-keys.asc";
    private static final BcOpenPGPImplementation IMPLEMENTATION = new BcOpenPGPImplementation();
    private static final OpenPGPPolicy POLICY = new OpenPGPDefaultPolicy()
            .rejectHashAlgorithm(HashAlgorithmTags.SHA224)
            .rejectHashAlgorithm(HashAlgorithmTags.SHA1)
            .rejectHashAlgorithm(HashAlgorithmTags.RIPEMD160)
            .rejectHashAlgorithm(HashAlgorithmTags.MD5);

    private final List<OpenPGPCertificate> certificates;

    private ArchiveKeys(List<OpenPGPCertificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /** Debian's own keys of releases 12 and 13: archive, security archive and stable releases. */
    public static ArchiveKeys debian() {
        try (InputStream in = ArchiveKeys.class.getResourceAsStream(RESOURCE)) {
            return of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The public keys of a key ring, armoured or binary. It is trusted data of ours, never something downloaded.
     *
     * @throws IOException if it is no key ring
     */
    public static ArchiveKeys of(byte[] keyRing) throws IOException {
        return new ArchiveKeys(new OpenPGPKeyReader(IMPLEMENTATION, POLICY).parseCertificates(keyRing));
    }

    /** The fingerprints of the primary keys, in upper-case hexadecimal digits, sorted. */
    public Set<String> fingerprints() {
        Set<String> fingerprints = new TreeSet<>();
        certificates.forEach(certificate -> fingerprints.add(fingerprint(certificate)));
        return fingerprints;
    }

    /** What was found out about the signatures of a document. */
    record Verdict(Set<String> signedBy, List<String> reasons) {}

    /**
     * Checks every signature of a document.
     *
     * @param now before this time (and not after it) must its signatures have expired, if they expire at all
     */
    Verdict verify(ClearSigned document, Instant now) {
        byte[] hashed = document.hashedText();
        Set<String> signedBy = new TreeSet<>();
        List<String> reasons = new ArrayList<>();
        for (PGPSignature signature : document.signatures()) {
            String reason = check(signature, hashed, now, signedBy);
            if (reason != null) {
                reasons.add(String.format(Locale.ROOT, "key %016X: %s", signature.getKeyID(), reason));
            }
        }
        return new Verdict(signedBy, reasons);
    }

    /** Null when it is good, else the reason why not. */
    private String check(PGPSignature signature, byte[] hashed, Instant now, Set<String> signedBy) {
        if (signature.getSignatureType() != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
            return "not a signature of a text";
        }
        if (!POLICY.isAcceptableSignature(signature)) {
            return "hash algorithm weaker than SHA-256, or an unknown critical part";
        }
        String reason = "none of the archive's keys";
        for (OpenPGPCertificate certificate : certificates) {
            OpenPGPComponentKey key = certificate.getSigningKeyFor(signature);
            if (key != null) {
                reason = check(signature, hashed, now, certificate, key);
                if (reason == null) {
                    signedBy.add(fingerprint(certificate));
                    return null;
                }
            }
        }
        return reason;
    }

    private static String check(
            PGPSignature signature,
            byte[] hashed,
            Instant now,
            OpenPGPCertificate certificate,
            OpenPGPComponentKey key) {
        try {
            signature.init(IMPLEMENTATION.pgpContentVerifierBuilderProvider(), key.getPGPPublicKey());
            signature.update(hashed);
            OpenPGPDocumentSignature checked = new OpenPGPDocumentSignature(signature, key);
            if (!checked.verify()) {
                return "the signature does not fit the text";
            }
            if (certificate.getPrimaryKey().getPGPPublicKey().hasRevocation()
                    || key.getPGPPublicKey().hasRevocation()) {
                return "the key is revoked";
            }
            if (!checked.isValid(POLICY)) {
                return "the key was expired or not meant for signing when it signed";
            }
            Date end = checked.getExpirationTime();
            return end != null && !end.toInstant().isAfter(now) ? "the signature has expired" : null;
        } catch (PGPException | RuntimeException e) {
            return "malformed (" + e.getMessage() + ")";
        }
    }

    private static String fingerprint(OpenPGPCertificate certificate) {
        return HexFormat.of().withUpperCase().formatHex(certificate.getFingerprint());
    }
}
