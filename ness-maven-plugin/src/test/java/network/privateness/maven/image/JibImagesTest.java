package network.privateness.maven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import network.privateness.reproducible.oci.AssembledImage;
import network.privateness.reproducible.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** These bytes are frozen: a change of one of them is a new layoutVersion. */
class JibImagesTest {

    private final JibImages images = new JibImages();

    @Test
    void everyFieldOfTheConfiguration() {
        AssembledImage image =
                images.assemble(SampleImages.config(Platform.LINUX_ARM_V7), SampleImages.imaginedLayers());
        String expected = """
                {"architecture":"arm","config":{\
                "Cmd":["serve","<all> \u00e9"],\
                "Entrypoint":["/usr/bin/node","--quiet"],\
                "Env":["PATH=/usr/bin:/bin","B=second=2","A="],\
                "ExposedPorts":{"53/tcp":{},"53/udp":{},"8053/tcp":{}},\
                "Healthcheck":{"Interval":30000000000,"Retries":3,\
                "Test":["CMD","/usr/bin/node","health"],"Timeout":1500000000},\
                "Labels":{"a":"1","org.opencontainers.image.title":"sample"},\
                "StopSignal":"SIGINT","User":"10001:10001",\
                "Volumes":{"/data":{},"/var/lib/x":{}},"WorkingDir":"/data"},\
                "created":"2026-01-01T00:00:00Z",\
                "history":[\
                {"created":"2026-01-01T00:00:00Z","created_by":"ness layoutVersion 1: base"},\
                {"created":"2026-01-01T00:00:00Z","created_by":"ness layoutVersion 1: debian"}],\
                "os":"linux",\
                "rootfs":{"diff_ids":[\
                "sha256:1111111111111111111111111111111111111111111111111111111111111111",\
                "sha256:3333333333333333333333333333333333333333333333333333333333333333"],\
                "type":"layers"},"variant":"v7"}""";
        assertThat(text(image.config())).isEqualTo(expected);
    }

    @Test
    void whatIsNotSaidIsLeftOut() {
        AssembledImage image = images.assemble(SampleImages.bareConfig(Platform.LINUX_ARM64), List.of());
        assertThat(text(image.config()))
                .isEqualTo("{\"architecture\":\"arm64\",\"config\":{},\"created\":\"1970-01-01T00:00:00Z\","
                        + "\"history\":[],\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[],\"type\":\"layers\"}}");
    }

    @Test
    void manifest() {
        AssembledImage image =
                images.assemble(SampleImages.config(Platform.LINUX_AMD64), SampleImages.imaginedLayers());
        assertThat(text(image.manifest()))
                .isEqualTo("""
                        {"config":{"digest":"%s","mediaType":"application/vnd.oci.image.config.v1+json","size":%d},\
                        "layers":[\
                        {"digest":"sha256:2222222222222222222222222222222222222222222222222222222222222222",\
                        "mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":100},\
                        {"digest":"sha256:4444444444444444444444444444444444444444444444444444444444444444",\
                        "mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":200}],\
                        "mediaType":"application/vnd.oci.image.manifest.v1+json","schemaVersion":2}""".formatted(image.configDescriptor().digest(), image.config().length));
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void theImageIsForItsPlatform(Platform platform) {
        assertThat(images.assemble(SampleImages.config(platform), SampleImages.imaginedLayers())
                        .platform())
                .isEqualTo(platform);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
