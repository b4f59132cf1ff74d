package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.it.client.TestIssuer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose users are those of an outside issuer, which is away when the server starts. */
class OutsideIdentityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CHAT = "template/web-socket/web-socket";

    private static TestIssuer issuer;
    private static ServerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        issuer = new TestIssuer();
        issuer.stop();
        server = new ServerProcess(folder, Files.readString(Path.of("src/main/liberty/config/server.xml")))
                .with("CLOUDOBJECTS_OIDC", "true")
                .with("CLOUDOBJECTS_OIDC_ISSUER", issuer.name())
                .with("CLOUDOBJECTS_OIDC_AUDIENCE", TestIssuer.AUDIENCE)
                .with("CLOUDOBJECTS_OIDC_ROLES_CLAIM", "realm_access.roles");
        server.deploy(Path.of(System.getProperty("it.war")));
        server.start().ready();
        Client early = server.client().withToken(issuer.token("early"));
        Reply refused = early.call(CHAT + ".test");
        assertEquals(503, refused.status(), refused.text());
        assertEquals(503, early.refusal(CHAT));
        assertTrue(server.log().contains("COBJ5022W"), server.log());
        issuer.start();
        Awaitility.await().atMost(PATIENCE).until(() -> early.call(CHAT + ".test").code() == 0);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        issuer.close();
    }

    private static Client user(String name, String... roles) {
        return server.client()
                .withToken(issuer.sign(issuer.claims(name)
                        .claim("name", "Name of " + name)
                        .claim("realm_access", Map.of("roles", List.of(roles)))
                        .build()));
    }

    @Test
    void shouldSwitchTheUserCentreOff() {
        Client nobody = server.client();
        for (String object : List.of("user/pub/register", "user/pub/login", "user/kh/renew")) {
            assertEquals(404, nobody.call(object, "username", "someone", "password", "correct horse").code(), object);
        }
    }

    @Test
    void shouldLetItsUsersConnectAndCall() {
        Client ann = user("ann");
        ann.call(CHAT + ".test").ok();
        try (Socket socket = ann.connectV1(CHAT)) {
            assertFalse(socket.cid().isEmpty());
        }
        assertEquals(30204, server.client().call(CHAT + ".test").code());
        assertEquals(401, server.client().refusal(CHAT));
    }

    @Test
    void shouldRefuseTokensThatAreNotForIt() {
        String other = issuer.sign(issuer.claims("ann").audience("another").build());
        Reply refused = server.client().withToken(other).call(CHAT + ".test");
        assertEquals(401, refused.status());
        assertEquals(30204, refused.code());
        Instant past = Instant.now().minusSeconds(120);
        String expired = issuer.sign(issuer.claims("ann").expirationTime(Date.from(past)).build());
        assertEquals(30203, server.client().withToken(expired).call(CHAT + ".test").code());
    }

    @Test
    void shouldGiveRolesByTheirClaim() {
        String another = "somebody else";
        user("chief", "admin").call(CHAT + ".forceLogout", "user_id", another).ok();
        assertEquals(403, user("worker", "user").call(CHAT + ".forceLogout", "user_id", another).code());
        assertEquals(403, user("guest").call(CHAT + ".forceLogout", "user_id", another).code());
    }

    @Test
    void shouldTakeUpANewKey() {
        user("ann").call(CHAT + ".test").ok();
        issuer.rotate();
        // The keys were asked for a moment ago: an unknown one is looked for again after a while, and refused till then.
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> user("ann").call(CHAT + ".test").code() == 0);
    }

    @Test
    void shouldEndALoginHereWhateverTheIssuerThinks() {
        Client ann = user("leaver");
        try (Socket socket = ann.connectV1(CHAT)) {
            ann.call("user/pub/logout").ok();
            JsonObject event = socket.event("invalidToken");
            assertTrue(event.getBoolean("close"));
            assertEquals(4003, socket.closed().code());
        }
        assertEquals(30202, ann.call(CHAT + ".test").code());
        user("leaver").call(CHAT + ".test").ok();
    }

    @Test
    void shouldLetAdministratorsFindAndBanUsersWhoHaveNotComeYet() {
        Client chief = user("chief", "admin");
        server.client()
                .withToken(issuer.sign(issuer.claims("id-7")
                        .claim("preferred_username", "gina")
                        .build()))
                .call(CHAT + ".test")
                .ok();
        for (String[] by : List.of(new String[] {"id", "id-7"}, new String[] {"username", "gina"}, new String[] {"username", "id-7"})) {
            Reply found = chief.call("sys/users.find", by[0], by[1]).ok();
            assertEquals("id-7", found.json().getJsonObject("user").getString("_id"));
        }
        for (String start : List.of("gi", "id-")) {
            Reply listed = chief.call("sys/users.list", "username", start).ok();
            assertEquals(1, listed.json().getJsonArray("rows").size(), listed.text());
        }
        chief.call("sys/users.ban", "user", "not yet").ok();
        assertEquals(10001, user("not yet").call(CHAT + ".test").code());
        chief.call("sys/users.unban", "user", "not yet").ok();
        user("not yet").call(CHAT + ".test").ok();
    }

    @Test
    void shouldForceALogoutOfOneWhoIsAway() {
        Client ben = user("ben");
        ben.call(CHAT + ".test").ok();
        user("chief", "admin").call(CHAT + ".forceLogout", "user_id", "ben").ok();
        assertEquals(30202, ben.call(CHAT + ".test").code());
    }
}
