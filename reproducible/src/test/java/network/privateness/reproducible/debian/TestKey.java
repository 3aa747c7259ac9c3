package network.privateness.reproducible.debian;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.PGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;

/** A key pair made for a test: a primary key, and maybe a subkey that signs for it. */
public final class TestKey {

    /** When all keys of the tests were made. */
    static final Instant CREATED = Instant.parse("2025-01-01T00:00:00Z");

    private final PGPKeyPair primary;
    private final PGPKeyPair signer;
    private PGPPublicKeyRing ring;

    private TestKey(PGPKeyPair primary, PGPKeyPair signer, PGPPublicKeyRing ring) {
        this.primary = primary;
        this.signer = signer;
        this.ring = ring;
    }

    /** A primary key that signs itself and never expires. */
    public static TestKey create() {
        return create(Duration.ZERO, KeyFlags.SIGN_DATA, false);
    }

    /** With a subkey that signs. */
    static TestKey withSubkey() {
        return create(Duration.ZERO, KeyFlags.CERTIFY_OTHER, true);
    }

    /** @param validity how long after {@link #CREATED} the primary key expires; zero is never */
    static TestKey create(Duration validity, int flags, boolean subkey) {
        try {
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setKeyFlags(true, flags);
            hashed.setSignatureCreationTime(Date.from(CREATED));
            if (!validity.isZero()) {
                hashed.setKeyExpirationTime(true, validity.toSeconds());
            }
            PGPKeyPair primary = pair();
            PGPDigestCalculator sha1 = new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1);
            PGPKeyRingGenerator generator = new PGPKeyRingGenerator(
                    PGPSignature.POSITIVE_CERTIFICATION,
                    primary,
                    "Test <test@example.org>",
                    sha1,
                    hashed.generate(),
                    null,
                    signer(primary, HashAlgorithmTags.SHA256),
                    null);
            PGPKeyPair signing = primary;
            if (subkey) {
                signing = pair();
                PGPSignatureSubpacketGenerator binding = new PGPSignatureSubpacketGenerator();
                binding.setKeyFlags(true, KeyFlags.SIGN_DATA);
                binding.setSignatureCreationTime(Date.from(CREATED));
                binding.addEmbeddedSignature(true, consent(primary, signing));
                generator.addSubKey(signing, binding.generate(), null);
            }
            return new TestKey(primary, signing, generator.generatePublicKeyRing());
        } catch (PGPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public ArchiveKeys asArchiveKeys() {
        return archiveKeys(this);
    }

    static ArchiveKeys archiveKeys(TestKey... keys) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (TestKey key : keys) {
                key.ring.encode(out);
            }
            return ArchiveKeys.of(out.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The primary key's, in upper-case hexadecimal digits. */
    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(primary.getPublicKey().getFingerprint());
    }

    /** The key that signs, as messages name it. */
    String keyId() {
        return String.format(Locale.ROOT, "%016X", signer.getKeyID());
    }

    /** Adds a revocation by the primary key, of the primary key or of the subkey. */
    TestKey revoke(boolean subkey) {
        try {
            PGPSignatureGenerator generator = generator(primary, HashAlgorithmTags.SHA256);
            generator.init(
                    subkey ? PGPSignature.SUBKEY_REVOCATION : PGPSignature.KEY_REVOCATION, primary.getPrivateKey());
            PGPPublicKey target = ring.getPublicKey(subkey ? signer.getKeyID() : primary.getKeyID());
            PGPSignature revocation = subkey
                    ? generator.generateCertification(primary.getPublicKey(), target)
                    : generator.generateCertification(target);
            ring = PGPPublicKeyRing.insertPublicKey(ring, PGPPublicKey.addCertification(target, revocation));
            return this;
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] sign(String text) {
        return sign(text, Instant.parse("2026-03-01T00:00:00Z"));
    }

    byte[] sign(String text, Instant when) {
        return clearSigned(text, signature(text, when, HashAlgorithmTags.SHA256, PGPSignature.CANONICAL_TEXT_DOCUMENT));
    }

    /** A signature of a text. */
    PGPSignature signature(String text, Instant when, int hash, int type) {
        return signature(text, when, hash, type, Duration.ZERO);
    }

    PGPSignature signature(String text, Instant when, int hash, int type, Duration expires) {
        try {
            PGPSignatureGenerator generator = generator(signer, hash);
            generator.init(type, signer.getPrivateKey());
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setIssuerFingerprint(false, signer.getPublicKey());
            hashed.setSignatureCreationTime(Date.from(when));
            if (!expires.isZero()) {
                hashed.setSignatureExpirationTime(true, expires.toSeconds());
            }
            generator.setHashedSubpackets(hashed.generate());
            generator.update(canonical(text).getBytes(StandardCharsets.UTF_8));
            return generator.generate();
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A document in the cleartext signature framework. */
    static byte[] clearSigned(String text, PGPSignature... signatures) {
        try {
            ByteArrayOutputStream armoured = new ByteArrayOutputStream();
            try (ArmoredOutputStream out =
                    ArmoredOutputStream.builder().clearHeaders().build(armoured)) {
                for (PGPSignature signature : signatures) {
                    signature.encode(out);
                }
            }
            String escaped = lines(text).stream()
                    .map(line -> (line.startsWith("-") ? "- " : "") + line + "\n")
                    .collect(Collectors.joining());
            return ("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + escaped
                            + armoured.toString(StandardCharsets.US_ASCII).replace("\r", ""))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The subkey's signature that it belongs to the primary key. */
    private static PGPSignature consent(PGPKeyPair primary, PGPKeyPair subkey) throws PGPException {
        PGPSignatureGenerator generator = generator(subkey, HashAlgorithmTags.SHA256);
        generator.init(PGPSignature.PRIMARYKEY_BINDING, subkey.getPrivateKey());
        PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
        hashed.setSignatureCreationTime(Date.from(CREATED));
        generator.setHashedSubpackets(hashed.generate());
        return generator.generateCertification(primary.getPublicKey(), subkey.getPublicKey());
    }

    private static String canonical(String text) {
        return lines(text).stream()
                .map(line -> line.replaceFirst("[ \t]+$", ""))
                .collect(Collectors.joining("\r\n"));
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        lines.remove(lines.size() - 1);
        return lines;
    }

    private static PGPKeyPair pair() throws PGPException {
        return new BcPGPKeyPairGeneratorProvider().get(4, Date.from(CREATED)).generateLegacyEd25519KeyPair();
    }

    private static PGPSignatureGenerator generator(PGPKeyPair key, int hash) {
        return new PGPSignatureGenerator(signer(key, hash), key.getPublicKey());
    }

    private static PGPContentSignerBuilder signer(PGPKeyPair key, int hash) {
        return new BcPGPContentSignerBuilder(key.getPublicKey().getAlgorithm(), hash);
    }
}
