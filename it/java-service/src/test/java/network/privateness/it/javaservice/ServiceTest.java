package network.privateness.it.javaservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class ServiceTest {

    private final HttpClient client = HttpClient.newHttpClient();

    /** From target/classes, which has no overlay: that is looked for in the jar. */
    @Test
    void pages() throws Exception {
        try (Service service = Service.start(new Settings("127.0.0.1", 0, true))) {
            assertThat(get(service, "/health").body()).isEqualTo("alive\n");
            assertThat(get(service, "/ready").body()).isEqualTo("ready\n");
            assertThat(get(service, "/").body())
                    .startsWith("implementation: fallback\njava: " + System.getProperty("java.version") + "\n")
                    .contains("\npage size: 4096\n")
                    .endsWith("\ngreeting: a value from a YAML file\n");
            assertThat(get(service, "/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void nobodyListensAfterTheEnd() throws Exception {
        Service service = Service.start(new Settings("127.0.0.1", 0, false));
        assertThat(get(service, "/ready").statusCode()).isEqualTo(200);
        service.close();

        assertThatThrownBy(() -> get(service, "/ready")).isInstanceOf(ConnectException.class);
    }

    private HttpResponse<String> get(Service service, String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + service.address().getPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
