package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuestbookIT {

    private static final String SERVER = "://localhost:" + Integer.getInteger("http.port");

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void shouldTellReadersWhatIsSignedOverHttpAndOverTheSocket() throws Exception {
        assertEquals("{\"code\":0,\"msg\":\"\",\"readers\":0}", sign("{\"name\":\"Ann\",\"text\":\"hello\"}").body());
        WebSocket reader = connect();
        assertTrue(next().startsWith("{\"vkWebSocket\":{\"type\":\"connect\""));

        HttpResponse<String> answer = sign("{\"name\":\"Ann\",\"text\":\"hello\"}");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("{\"code\":0,\"msg\":\"\",\"readers\":1}", answer.body());
        assertEquals("{\"name\":\"Ann\",\"text\":\"hello\"}", next());

        reader.sendText("{\"name\":\"Bob\",\"text\":\"hi\"}", true).join();
        assertEquals("{\"name\":\"Bob\",\"text\":\"hi\"}", next());
        reader.abort();
    }

    @Test
    void shouldRefuseAnEmptyEntry() throws Exception {
        HttpResponse<String> answer = sign("{\"name\":\"Ann\",\"text\":\" \"}");
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("text: write something"), answer.body());
    }

    @Test
    void shouldDescribeTheObjectToOpenApi() throws Exception {
        String description = get("/openapi?format=JSON").body();
        assertTrue(description.contains("/http/router/example/pub.guestbook.sign"), description);
    }

    @Test
    void shouldServeTheSdkThatComesWithTheFramework() throws Exception {
        String version = get("/sdk/package.json").body().replaceAll("(?s).*\"version\": \"(.*?)\".*", "$1");
        for (String folder : new String[] {"/sdk/", "/sdk/" + version + "/"}) {
            HttpResponse<String> module = get(folder + "index.js");
            assertEquals(200, module.statusCode(), folder);
            assertEquals("text/javascript; charset=utf-8", module.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT));
            assertTrue(module.body().contains("export const version = \"" + version + "\""), module.body());
            assertTrue(module.headers().firstValue("ETag").isPresent(), folder);
        }
        assertEquals(404, get("/sdk/0.0.0/index.js").statusCode());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http" + SERVER + path);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> sign(String entry) throws IOException, InterruptedException {
        URI address = URI.create("http" + SERVER + "/http/router/example/pub.guestbook.sign");
        return http.send(
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(entry))
                        .build(),
                BodyHandlers.ofString());
    }

    private WebSocket connect() {
        return http.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(URI.create("ws" + SERVER + "/ws/example/pub.guestbook"), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            heard.add(text.toString());
                            text.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }
                })
                .join();
    }

    private String next() throws InterruptedException {
        String message = heard.poll(10, TimeUnit.SECONDS);
        assertTrue(message != null, "nothing came");
        return message;
    }
}
