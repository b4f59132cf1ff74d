package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.it.client.Socket.Incoming;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The server ends connections: it closes them, or logs their users out. */
class ForceLogoutIT extends TargetsFixture {

    private static final JsonObject NEWS = Client.json("msg", "see you");

    private static int count(String what, JsonObject to) {
        return order(MANAGED + "." + what, to, "data", NEWS).ok().json().getInt("count");
    }

    private static int code(Client client) {
        return client.call("it/kh/probe.hit").code();
    }

    @Test
    void shouldNeedACidOrAUser() {
        for (String what : List.of("close", "forceLogout")) {
            for (JsonObject to : List.of(
                    Client.json(),
                    Client.json("everyone", true),
                    Client.json("device", list("a")),
                    Client.json("channel", list("default")))) {
                Reply refused = order(MANAGED + "." + what, to, "data", NEWS);
                assertEquals(-1, refused.code(), refused.text());
                assertTrue(refused.msg().contains("cid") && refused.msg().contains("user"), refused.msg());
            }
        }
    }

    @Test
    void shouldCloseAfterWhatIsQueued() {
        try (Socket one = welcomed(of("a"), MANAGED);
                Socket two = welcomed(of("b"), MANAGED)) {
            JsonObject to = Client.json("cid", list(one.cid()));
            send(to, "last words");
            assertEquals(1, count("close", to));
            assertEquals(text("last words"), one.value());
            assertEquals(4000, ((Incoming.Closed) one.next()).code());
            assertEquals(0, count("close", to));
            assertHeard(two);
        }
    }

    @Test
    void shouldCloseAUsersConnectionsAndLeaveHimLoggedIn() {
        Client ann = of("a").register();
        try (Socket one = welcomed(ann, MANAGED);
                Socket two = welcomed(ann, MANAGED)) {
            assertEquals(2, count("close", Client.json("user", list(ann.uid()))));
            assertEquals(4000, one.closed().code());
            assertEquals(4000, two.closed().code());
            assertEquals(0, code(ann));
        }
    }

    @Test
    void shouldLogAUserOutEverywhere() {
        Client ann = of("a").register();
        Client again = of("b").login(ann.username());
        try (Socket one = welcomed(ann, MANAGED);
                Socket two = welcomed(again, MANAGED)) {
            assertEquals(2, count("forceLogout", Client.json("user", list(ann.uid()))));
            assertLoggedOut(one);
            assertLoggedOut(two);
        }
        assertEquals(30202, code(ann));
        assertEquals(30202, code(again));
        ann.call("user/pub/logout").ok();
    }

    @Test
    void shouldLogOutTheSessionOfAConnectionOnly() {
        Client ann = of("a").register();
        Client again = of("b").login(ann.username());
        try (Socket one = welcomed(ann, MANAGED);
                Socket two = welcomed(again, MANAGED)) {
            assertEquals(1, count("forceLogout", Client.json("cid", list(one.cid()))));
            assertLoggedOut(one);
            assertHeard(two);
        }
        assertEquals(30202, code(ann));
        assertEquals(0, code(again));
    }

    @Test
    void shouldLogAUserOutWhileHeIsAway() {
        Client ann = of("a").register();
        assertEquals(0, code(ann));
        assertEquals(0, count("forceLogout", Client.json("user", list(ann.uid()))));
        assertEquals(30202, code(ann));
        assertEquals(401, ann.refusal("it/kh/probe"));
        assertEquals(0, code(of("a").login(ann.username())));
    }

    @Test
    void shouldKeepAUserOutWhoReturnsWithWhatHeHadBefore() {
        Client ann = of("a").register();
        URI ticket = ann.ticket("url", "it/kh/probe");
        assertEquals(0, count("forceLogout", Client.json("user", list(ann.uid()))));
        assertKeptOut(ann, ticket);
    }

    @Test
    void shouldKeepTheSessionOfAConnectionOutThatReturnsWithWhatItHadBefore() {
        Client ann = of("a").register();
        URI ticket = ann.ticket("url", "it/kh/probe");
        try (Socket one = welcomed(ann, MANAGED)) {
            assertEquals(1, count("forceLogout", Client.json("cid", list(one.cid()))));
            assertLoggedOut(one);
        }
        assertKeptOut(ann, ticket);
    }

    private static void assertKeptOut(Client ann, URI ticket) {
        assertEquals(30202, code(ann));
        assertEquals(30202, ann.call("user/kh/renew").code());
        assertEquals(401, ann.refusal("it/kh/probe"));
        assertEquals(30202, ann.post("/connect", "{\"url\":\"it/kh/probe\"}").code());
        String path = ticket.getRawPath().substring("/ws/".length());
        try (Raw raw = Raw.ask(path + "?" + ticket.getRawQuery(), Map.of())) {
            assertEquals(401, raw.answer().status());
            assertEquals(30202, raw.answer().code());
        }
        ann.call("user/pub/logout").ok();
    }

    private static void assertLoggedOut(Socket socket) {
        JsonObject event = socket.event("forceLogout");
        assertEquals(NEWS, event.getJsonObject("data"));
        assertTrue(event.getBoolean("close"));
        assertEquals(4002, ((Incoming.Closed) socket.next()).code());
    }
}
