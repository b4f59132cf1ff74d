package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A connection is given a newer token of its user, and lives on with it. */
class RenewalIT extends FromOutside {

    private static final String OF_USERS = "it/kh.life";
    private static final String OF_ANYONE = "it/pub.life";

    private static JsonObject auth(Socket socket, String token) {
        return socket.send(Client.json("type", "auth", "id", 9, "token", token)).object();
    }

    private static void assertRenewed(JsonObject answer) {
        assertEquals("authenticated", answer.getString("type"), answer::toString);
        assertEquals(9, answer.getInt("re"));
        assertTrue(answer.getJsonNumber("tokenExpired").longValue() > System.currentTimeMillis());
    }

    private static void assertRefused(JsonObject answer, int code) {
        assertEquals("error", answer.getString("event", ""), answer::toString);
        assertEquals(code, answer.getJsonObject("err").getInt("code"), answer::toString);
        assertTrue(answer.getJsonObject("err").containsKey("requestId"), answer::toString);
        assertFalse(answer.containsKey("close"), answer::toString);
        assertEquals(9, answer.getInt("re"));
    }

    /** The address comes with how long the token lives on, for clients whose clock is wrong. */
    private static void assertLivesOn(Client client, int seconds) {
        JsonObject answer = client.post("/connect", Client.json("url", OF_USERS).toString()).json();
        long left = answer.getJsonNumber("tokenExpiresIn").longValue();
        assertTrue(left > 0 && left <= seconds * 1000L, answer::toString);
        JsonObject anonymous = Client.anonymous()
                .post("/connect", Client.json("url", OF_ANYONE).toString())
                .json();
        assertFalse(anonymous.containsKey("tokenExpiresIn"), anonymous::toString);
    }

    private static void assertEcho(Socket socket) {
        socket.sendV1(Client.json("say", "still here"));
        assertEquals(Json.createValue("still here"), socket.data());
    }

    @Test
    void shouldOutliveTheTokenThatItWasOpenedWith() {
        Client ann = Client.anonymous().register();
        int seconds = 10;
        Reply shortened = Client.anonymous()
                .call("it/pub.users.shorten", "token", ann.token(), "seconds", seconds)
                .ok();
        long expiry = shortened.json().getJsonNumber("expires").longValue();
        Client old = ann.withToken(shortened.text("token"));
        assertLivesOn(old, seconds);
        try (Socket socket = old.connectV1(OF_USERS)) {
            Reply renewed = old.call("user/kh/renew").ok();
            // Between the renewal and the word of it the connection goes on, and so does the old token.
            assertEcho(socket);
            old.call("it/kh/probe.hit").ok();
            JsonObject answer = auth(socket, renewed.text("token"));
            assertRenewed(answer);
            assertEquals(renewed.json().getJsonNumber("tokenExpired"), answer.getJsonNumber("tokenExpired"));
            Awaitility.await("the end of the old token, and the second that its close may take")
                    .atMost(Duration.ofSeconds(seconds + 20))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        assertEcho(socket);
                        return System.currentTimeMillis() > expiry + 1_500;
                    });
            assertEquals(30203, old.call("it/kh/probe.hit").code());
            assertEcho(socket);
        }
    }

    @Test
    void shouldEndWithTheSessionOfTheNewTokenAndNotWithTheOldOne() {
        Client ann = Client.anonymous().register();
        Client again = Client.anonymous().login(ann.username());
        try (Socket socket = ann.connectV1(OF_USERS)) {
            assertRenewed(auth(socket, again.token()));
            Identities.loggedOut(ann);
            assertEcho(socket);
            Identities.loggedOut(again);
            assertEquals(30202, socket.event("invalidToken").getJsonObject("err").getInt("code"));
            assertEquals(4003, socket.closed().code());
        }
    }

    @Test
    void shouldRefuseTheTokenOfAnotherUser() {
        Client ann = Client.anonymous().register();
        Client bob = Client.anonymous().register();
        try (Socket socket = ann.connectV1(OF_USERS)) {
            assertRefused(auth(socket, bob.token()), 403);
            Identities.loggedOut(bob);
            assertEcho(socket);
            Identities.loggedOut(ann);
            socket.event("invalidToken");
        }
    }

    @Test
    void shouldRefuseATokenThatIsNotGood() {
        Client ann = Client.anonymous().register();
        Client again = Identities.loggedOut(Client.anonymous().login(ann.username()));
        String expired = Identities.shortened(ann, -1).headers().get("Authorization").substring("Bearer ".length());
        Client elsewhere = Client.anonymous().with("vk-device-id", "another device").login(ann.username());
        try (Socket socket = ann.connectV1(OF_USERS)) {
            assertRefused(auth(socket, again.token()), 30202);
            assertRefused(auth(socket, expired), 30203);
            assertRefused(auth(socket, "nonsense"), 30204);
            assertRefused(auth(socket, elsewhere.token()), 30201);
            assertEcho(socket);
        }
    }

    @Test
    void shouldRefuseALoginWhereThereWasNone() {
        Client ann = Client.anonymous().register();
        try (Socket socket = Client.anonymous().connectV1(OF_ANYONE)) {
            assertRefused(auth(socket, ann.token()), 403);
            assertEcho(socket);
        }
    }

    @Test
    void shouldRefuseAFrameWithoutAToken() {
        try (Socket socket = Client.anonymous().connectV1(OF_ANYONE)) {
            JsonObject event = socket.send(Client.json("type", "auth", "id", 9, "token", JsonValue.NULL)).event("error");
            assertEquals(400, event.getJsonObject("err").getInt("code"));
            assertEquals(9, event.getInt("re"));
        }
    }
}
