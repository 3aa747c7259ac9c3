package network.privateness.it.containers;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/**
 * A key of WireGuard.
 *
 * @param bytes 32
 */
record TunnelKey(byte[] bytes) {

    static TunnelKey random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new TunnelKey(bytes);
    }

    static TunnelKey ofHex(String hex) {
        return new TunnelKey(HexFormat.of().parseHex(hex));
    }

    /** As a configuration file has it. */
    String privateText() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    String publicText() {
        return Base64.getEncoder().encodeToString(publicBytes());
    }

    /** As the daemon's socket has it. */
    String publicHex() {
        return HexFormat.of().formatHex(publicBytes());
    }

    /** X25519 of the key and the base point, both little-endian. */
    private byte[] publicBytes() {
        try {
            KeyFactory factory = KeyFactory.getInstance("X25519");
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, bytes)));
            agreement.doPhase(
                    factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9))),
                    true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
