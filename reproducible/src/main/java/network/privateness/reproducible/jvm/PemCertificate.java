package network.privateness.reproducible.jvm;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.privateness.reproducible.Problem;

/** The one certificate of a PEM file (RFC 7468). */
final class PemCertificate {

    static final int MAX_BYTES = 64 << 10;

    private static final Pattern FILE =
            Pattern.compile("\\s*-----BEGIN CERTIFICATE-----\\s+([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----\\s*");
    private static final String NEXT = "give a file with one X.509 certificate in PEM form";

    private PemCertificate() {}

    /**
     * The certificate in DER.
     *
     * @throws Problem if the text is not exactly one certificate
     */
    static byte[] decode(String where, byte[] pem) {
        if (pem.length > MAX_BYTES) {
            throw new Problem(where, "has " + pem.length + " bytes, a certificate at most " + MAX_BYTES, NEXT);
        }
        Matcher matcher = FILE.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            throw new Problem(where, "is not one block between BEGIN CERTIFICATE and END CERTIFICATE", NEXT);
        }
        try {
            byte[] der = Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", ""));
            var in = new ByteArrayInputStream(der);
            byte[] encoded = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
            if (!Arrays.equals(encoded, der)) {
                throw new Problem(where, "holds more than one certificate in its block", NEXT);
            }
            return der;
        } catch (IllegalArgumentException | CertificateException e) {
            throw new Problem(where, "is not an X.509 certificate: " + e.getMessage(), NEXT, e);
        }
    }
}
