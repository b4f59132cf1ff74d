package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose tickets are good for a second, and which is reached by https: as far as it can tell. */
class StrictServerIT {

    private static final String CHAT = "template/web-socket/web-socket";
    private static final Duration LIFE = Duration.ofSeconds(1);

    private static ServerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new ServerProcess(folder, Files.readString(Path.of("src/main/liberty/config/server.xml")))
                .with("CLOUDOBJECTS_TICKET_LIFE", LIFE.toString())
                .with("CLOUDOBJECTS_LOGIN_MAX_ATTEMPTS", "2")
                .with("CLOUDOBJECTS_PUBLIC_URL", "https://chat.example");
        server.deploy(Path.of(System.getProperty("it.war")));
        server.start().ready();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Client test1() {
        Reply login = server.client().call("user/pub/login", "username", "test1", "password", "123456").ok();
        return server.client().withToken(login.text("token"));
    }

    /** The path and query of a signed url, behind {@code /ws/}. */
    private static String signed(Client client) {
        URI url = URI.create(client.call(CHAT + ".signedURL").ok().text("url"));
        assertEquals("wss://chat.example", url.getScheme() + "://" + url.getAuthority());
        return url.getRawPath().substring("/ws/".length()) + "?" + url.getRawQuery();
    }

    @Test
    void shouldRefuseASignedUrlThatHasExpired() {
        Client ann = test1();
        // A slow machine may take longer than a second for the way there.
        Awaitility.await().atMost(Client.PATIENCE).ignoreException(AssertionError.class).until(() -> {
            server.client().connect(signed(ann)).leave();
            return true;
        });
        String url = signed(ann);
        Instant end = Instant.now().plus(LIFE);
        Awaitility.await().until(() -> Instant.now().isAfter(end));
        assertEquals(401, server.client().refusal(url));
    }

    @Test
    void shouldSayHowLongWrongPasswordsAreHeldAgainstSomebody() {
        Client nobody = server.client();
        for (int i = 0; i < 2; i++) {
            Reply wrong = nobody.call("user/pub/login", "username", "somebody", "password", "wrong horse");
            assertEquals(200, wrong.status());
            assertEquals(10102, wrong.code());
        }
        Reply locked = nobody.call("user/pub/login", "username", "somebody", "password", "wrong horse");
        assertEquals(429, locked.status());
        assertEquals(10103, locked.code());
        int seconds = Integer.parseInt(locked.response().headers().firstValue("Retry-After").orElseThrow());
        assertTrue(seconds > 3600 - 60 && seconds <= 3600, "Retry-After: " + seconds);
        assertEquals(seconds, locked.json().getInt("retryAfter"));
    }

    @Test
    void shouldKeepBrowsersToHttps() {
        for (String path : new String[] {"/", "/sdk/index.js", "/nothing"}) {
            Reply reply = server.client().get(path);
            assertEquals(
                    "max-age=31536000",
                    reply.response().headers().firstValue("Strict-Transport-Security").orElseThrow(),
                    path);
            String policy = reply.response().headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.contains("form-action 'self'"), path + ": " + policy);
            assertTrue(reply.response().headers().firstValue("Permissions-Policy").isPresent(), path);
        }
    }
}
