package network.privateness.reproducible.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import network.privateness.reproducible.store.Pending;

/** One attempt at one http or https source. */
final class HttpSource {

    private static final int MOST_REDIRECTS = 5;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    private final HttpClient client;
    private final Duration idleTimeout;
    private final Clock clock;
    private final URI source;
    private final Resumption resumption;

    HttpSource(HttpClient client, Duration idleTimeout, Clock clock, URI source, Resumption resumption) {
        this.client = client;
        this.idleTimeout = idleTimeout;
        this.clock = clock;
        this.source = source;
        this.resumption = resumption;
    }

    /** What a chain of redirects led to: a response, or why there is none. */
    private record Reply(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response, Answer answer) {}

    /**
     * Fetches the file, or the rest of it.
     *
     * @param limit no more bytes than this may there be in all
     * @throws Body.TooLong if more come
     * @throws Body.DiskFailure if the local disk fails
     */
    Answer attempt(Pending target, long limit, LongConsumer advanced) throws IOException, InterruptedException {
        Optional<String> validator = target.size() == 0 ? Optional.empty() : resumption.validator(source);
        if (validator.isEmpty()) {
            restart(target, advanced);
        }
        try {
            Reply reply = follow(target.size(), validator);
            return reply.answer() != null ? reply.answer() : read(reply.response(), target, limit, advanced);
        } catch (Body.TooLong | Body.DiskFailure e) {
            throw e;
        } catch (HttpConnectTimeoutException e) {
            return Answer.Failed.unreachable("no connection in time");
        } catch (HttpTimeoutException e) {
            return Answer.Failed.answered(e.getMessage());
        } catch (ConnectException e) {
            return Answer.Failed.unreachable(unreachable(e));
        } catch (SSLException e) {
            return tls(e);
        } catch (IOException e) {
            return Answer.Failed.answered("connection lost (" + Texts.printable(String.valueOf(e.getMessage())) + ")");
        }
    }

    private static String unreachable(ConnectException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "unknown host";
            }
        }
        return e.getMessage() == null ? "connection refused" : Texts.printable(e.getMessage());
    }

    private static Answer tls(SSLException e) {
        String reason = Texts.printable(String.valueOf(e.getMessage()));
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new Answer.Refused("its certificate is not trusted (" + reason + ")");
            }
        }
        return Answer.Failed.answered("no TLS connection (" + reason + ")");
    }

    private static void restart(Pending target, LongConsumer advanced) throws IOException {
        if (target.size() > 0) {
            advanced.accept(-target.size());
        }
        target.restart();
    }

    private Reply follow(long offset, Optional<String> validator) throws IOException, InterruptedException {
        URI uri = source;
        for (int redirects = 0; ; redirects++) {
            var response = send(request(uri, offset, validator));
            int status = response.statusCode();
            if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
                return new Reply(response, null);
            }
            discard(response);
            Optional<URI> next = location(uri, response.headers());
            if (next.isEmpty()) {
                return new Reply(null, new Answer.Refused("redirect without a usable location"));
            }
            if (redirects == MOST_REDIRECTS) {
                return new Reply(null, new Answer.Refused("more than " + MOST_REDIRECTS + " redirects"));
            }
            if (!isAllowed(uri, next.get())) {
                return new Reply(
                        null, new Answer.Refused("redirect to " + Texts.source(next.get()) + ", which is not https"));
            }
            uri = next.get();
        }
    }

    /** Not by the request's own timeout, which on JDK 26 goes on while the body is read. */
    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request)
            throws IOException, InterruptedException {
        var response = client.sendAsync(request, HttpResponse.BodyHandlers.ofPublisher());
        try {
            return response.get(headerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer in " + Texts.seconds(headerTimeout()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            // Closes the connection, unless the response is there.
            response.cancel(true);
        }
    }

    private Duration headerTimeout() {
        return client.connectTimeout().orElse(Duration.ZERO).plus(idleTimeout);
    }

    private static Optional<URI> location(URI from, HttpHeaders headers) {
        try {
            return headers.firstValue("Location").map(from::resolve).filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isAllowed(URI from, URI to) {
        return "https".equals(to.getScheme()) || "http".equals(to.getScheme()) && "http".equals(from.getScheme());
    }

    private HttpRequest request(URI uri, long offset, Optional<String> validator) throws IOException {
        URI plain = URI.create(uri.getScheme() + "://" + uri.getRawAuthority().replaceFirst("^.*@", "")
                + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(plain).header("User-Agent", "ness").header("Accept-Encoding", "identity");
        if ("http".equals(uri.getScheme())) {
            // No upgrade header, which some proxies stumble over.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        if (source.getUserInfo() != null && origin(uri).equals(origin(source))) {
            byte[] login = source.getUserInfo().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        validator.ifPresent(
                text -> request.header("Range", "bytes=" + offset + "-").header("If-Range", text));
        return request.GET().build();
    }

    private static List<Object> origin(URI uri) {
        return List.of(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    private Answer read(
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response, Pending target, long limit, LongConsumer advanced)
            throws IOException, InterruptedException {
        int status = response.statusCode();
        if (status == 200) {
            restart(target, advanced);
            resumption.note(source, response.headers());
        } else if (status == 206 && target.size() > 0 && continues(response.headers(), target.size())) {
            // The rest follows.
        } else {
            discard(response);
            return refusal(status, response.headers(), target, advanced);
        }
        long before = target.size();
        Body body = new Body(target, limit, advanced);
        response.body().subscribe(body);
        body.await(idleTimeout);
        long declared = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        if (declared >= 0 && declared != target.size() - before) {
            return Answer.Failed.answered("connection lost");
        }
        return new Answer.Complete(declared >= 0, before > 0);
    }

    private static boolean continues(HttpHeaders headers, long offset) {
        Matcher range =
                CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
        return range.matches() && Long.parseLong(range.group(1)) == offset;
    }

    private Answer refusal(int status, HttpHeaders headers, Pending target, LongConsumer advanced) throws IOException {
        if (status == 404 || status == 410) {
            return new Answer.Gone("HTTP " + status);
        }
        if (status == 206 || status == 416) {
            // It does not hold the part that we ask for: all again.
            resumption.forget();
            restart(target, advanced);
            return Answer.Failed.answered("HTTP " + status + " for another range than the one asked for");
        }
        if (status == 407) {
            return new Answer.Refused("HTTP 407: the proxy wants a login");
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new Answer.Failed("HTTP " + status, RetryAfter.read(headers, clock), true);
        }
        return new Answer.Refused("HTTP " + status);
    }

    private static void discard(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
        response.body().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
            }

            @Override
            public void onNext(List<ByteBuffer> item) {}

            @Override
            public void onError(Throwable e) {}

            @Override
            public void onComplete() {}
        });
    }
}
