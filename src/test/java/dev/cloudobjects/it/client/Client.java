package dev.cloudobjects.it.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client of the application under test, with or without a login. Immutable: what changes who it is gives another one.
 * Nothing here waits longer than {@link #PATIENCE}.
 *
 * <pre>{@code
 * Client ann = Client.anonymous().register();
 * ann.call("template/web-socket/web-socket.test").ok();
 * try (Socket socket = ann.connectV1("template/web-socket/web-socket")) {
 *     socket.sendV1(Client.json("groupId", "001", "content", "hello"));
 *     assertThat(socket.data())…
 * }
 * }</pre>
 */
public final class Client {

    public static final Duration PATIENCE = Duration.ofSeconds(30);
    public static final String V1 = "cloudobjects.v1";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private static final String PASSWORD = "correct horse";

    private final URI base;
    private final Map<String, String> headers;
    private final @Nullable JsonObject user;

    private Client(URI base, Map<String, String> headers, @Nullable JsonObject user) {
        this.base = base;
        this.headers = Map.copyOf(headers);
        this.user = user;
    }

    /** Nobody in particular, on the server of the tests. */
    public static Client anonymous() {
        return at(URI.create("http://localhost:" + Integer.getInteger("it.http.port")));
    }

    /** Nobody in particular, on some server. */
    public static Client at(URI base) {
        return new Client(base, Map.of(), null);
    }

    /** An object of alternating names and values: texts, numbers, booleans, JSON or null. */
    public static JsonObject json(@Nullable Object... members) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            map.put(String.valueOf(members[i]), members[i + 1]);
        }
        JsonObjectBuilder object = Json.createObjectBuilder(map);
        return object.build();
    }

    /** The same client, sending one more header with everything. */
    public Client with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Client(base, more, user);
    }

    /** What this client sends with everything. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The same client with another token. */
    public Client withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** A new account, logged in. */
    public Client register() {
        return register("u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
    }

    /** A new account of this name, logged in; its password is always the same. */
    public Client register(String username) {
        return loggedIn(call("user/pub/register", "username", username, "password", PASSWORD));
    }

    /** Another session of an account that {@link #register} made. */
    public Client login(String username) {
        return loggedIn(call("user/pub/login", "username", username, "password", PASSWORD));
    }

    private Client loggedIn(Reply reply) {
        JsonObject answer = reply.ok().json();
        Client known = with("Authorization", "Bearer " + answer.getString("token"));
        return new Client(base, known.headers, answer);
    }

    public String uid() {
        return account().getString("uid");
    }

    public String username() {
        return account().getString("username");
    }

    public String token() {
        return account().getString("token");
    }

    private JsonObject account() {
        if (user == null) {
            throw new IllegalStateException("this client is not logged in");
        }
        return user;
    }

    /** A figure of {@code /metrics}, by its name without the prefix; 0 when it is not there. */
    public double metric(String name) {
        Pattern line = Pattern.compile(
                "^cloudobjects_" + name.replace('.', '_') + "\\{[^}]*} (\\S+)$", Pattern.MULTILINE);
        Matcher found = line.matcher(get("/metrics").text());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    /** Calls a method with parameters as {@link #json} takes them. */
    public Reply call(String url, @Nullable Object... parameters) {
        return post("/http/router/" + url, json(parameters).toString());
    }

    /** Posts JSON, or what poses as it. */
    public Reply post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    /** Sends a request that the test made from {@link #request}. */
    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** A request to a path of the server, with this client's headers. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        headers.forEach(request::header);
        return request;
    }

    /** Connects without a subprotocol; waits until the connection is accepted. */
    public Socket connect(String path) {
        return open(URI.create("ws" + base.resolve("/ws/" + path).toString().substring("http".length())), null)
                .accepted();
    }

    /** Asks for a ticket, connects as the SDK does and sends {@code null}; waits until the connection is accepted. */
    public Socket connectV1(String path) {
        return connectV1(path, json("type", "connect"));
    }

    /** The same with a connect frame of the test's own. */
    public Socket connectV1(String path, JsonObject connectFrame) {
        return open(ticket("url", path, "protocol", V1), V1).send(connectFrame).accepted();
    }

    /** Asks {@code /connect} for an address. */
    public URI ticket(@Nullable Object... wish) {
        return URI.create(post("/connect", json(wish).toString()).ok().text("url"));
    }

    /** Opens a socket, and waits for nothing more than the handshake. */
    public Socket open(URI address, @Nullable String subprotocol) {
        try {
            Socket socket = new Socket();
            socket.opened(builder(subprotocol).buildAsync(address, socket).join());
            return socket;
        } catch (CompletionException e) {
            throw new AssertionError("no connection to " + address + ": " + e.getCause(), e);
        }
    }

    /** The HTTP status with which the handshake of a path is refused; fails the test when it is not. */
    public int refusal(String path) {
        URI address = URI.create("ws" + base.resolve("/ws/" + path).toString().substring("http".length()));
        try {
            builder(null).buildAsync(address, new Socket()).join().abort();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
        throw new AssertionError(path + " was not refused");
    }

    private WebSocket.Builder builder(@Nullable String subprotocol) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        return subprotocol == null ? builder : builder.subprotocols(subprotocol);
    }
}
