import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Addresses to connect to, with the tickets that Cloud Objects gives: see docs/protocol.md. */
final class Tickets {

    private static final int AT_ONCE = 32;

    private Tickets() {}

    /** Paths with their queries, each good for one connection. */
    static List<String> fetch(int port, String object, int count) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/connect"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"url\":\"" + object + "\"}"))
                .build();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                answers.add(threads.submit(() -> path(client.send(request, BodyHandlers.ofString()))));
            }
            List<String> paths = new ArrayList<>();
            for (Future<String> answer : answers) {
                paths.add(answer.get());
            }
            return paths;
        } catch (ExecutionException e) {
            throw new IOException("no ticket: " + e.getCause().getMessage(), e);
        }
    }

    private static String path(HttpResponse<String> answer) throws IOException {
        if (!(Json.read(answer.body()).get("url") instanceof String url)) {
            throw new IOException(answer.body());
        }
        URI uri = URI.create(url);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
