package network.privateness.reproducible.jvm;

/** A certificate of 2026 for CN=example, EC P-256, made by keytool. */
public final class TestCertificate {

    public static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIBPDCB4qADAgECAgkA13da0G+SvJMwCgYIKoZIzj0EAwMwEjEQMA4GA1UEAxMH
            ZXhhbXBsZTAeFw0yNjExMjIwMDE1MjJaFw0zNjExMTkwMDE1MjJaMBIxEDAOBgNV
            BAMTB2V4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASHGRcqRo2GMGRK
            2Eoukl4B4Xk7ipKb5OXkHxS5B7HVBdeKTdg+DnIFtBxQmZh2XaL5JA0UcmXTvtc+
            GQ1FEN/doyEwHzAdBgNVHQ4EFgQUwnMuiomSdSBH/kIoBrR49gKejyowCgYIKoZI
            zj0EAwMDSQAwRgIhAKLf0Y6qo/4AutsR3yZfBPlrroXvfuzzcJ0jU7gi0Fh/AiEA
            o1x6YaMCsI2pVtGKdh90CMIVtnaN77p2NeuC+btjLvs=
            -----END CERTIFICATE-----
            """;

    private TestCertificate() {}
}
