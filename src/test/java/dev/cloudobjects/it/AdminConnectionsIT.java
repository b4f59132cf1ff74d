package dev.cloudobjects.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.AuditTrail;
import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Administrators look after connections. */
class AdminConnectionsIT extends AdminFixture {

    private final Client ann = Client.anonymous().with("vk-device-id", "d" + UUID.randomUUID()).register();

    private List<String> cids(Object... wish) {
        return admin.call("sys/connections.list", wish).ok().json().getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                .map(row -> row.getString("_id"))
                .toList();
    }

    @Test
    void shouldBeListedWithWhatIsKnownOfThem() {
        try (Socket one = ann.connect(OF_USERS);
                Socket two = ann.connect("it/pub.life")) {
            List<String> both = List.of(one.cid(), two.cid()).stream().sorted().toList();
            assertEquals(both, cids("user", ann.uid()));
            assertEquals(List.of(one.cid()), cids("user", ann.uid(), "url", OF_USERS));
            assertEquals(both, cids("device", ann.headers().get("vk-device-id"), "channel", "default"));
            assertEquals(List.of(), cids("user", ann.uid(), "channel", "other"));
            JsonObject page = admin.call("sys/connections.list", "user", ann.uid(), "limit", 1).ok().json();
            assertEquals(both.get(0), page.getString("next"));
            assertEquals(List.of(both.get(1)), cids("user", ann.uid(), "limit", 1, "after", page.getString("next")));
            JsonObject found =
                    admin.call("sys/connections.find", "cid", one.cid()).ok().json().getJsonObject("connection");
            assertEquals(ann.uid(), found.getString("user_id"));
            assertEquals(OF_USERS, found.getString("url"));
            assertFalse(cids("limit", 1).isEmpty());
        }
    }

    @Test
    void shouldBeInTheTable() {
        try (Socket one = ann.connect(OF_USERS)) {
            await().atMost(Client.PATIENCE).until(() -> stored(one.cid()).isPresent());
            JsonObject row = stored(one.cid()).orElseThrow();
            assertEquals(ann.uid(), row.getString("user_id"));
            assertEquals(OF_USERS, row.getString("url"));
            assertTrue(row.containsKey("node_id"), row::toString);
            one.leave();
            await().atMost(Client.PATIENCE).until(() -> stored(one.cid()).isEmpty());
        }
        assertEquals(403, ann.call("sys/connections.stored").code());
        assertEquals(400, admin.call("sys/connections.stored", "limit", 1001).code());
    }

    @Test
    void shouldBeShownAsAwayUntilTheirClientIsBack() {
        JsonObject connected = lost();
        String cid = connected.getString("cid");
        await().atMost(Client.PATIENCE).until(() -> isAway(cid));
        await().atMost(Client.PATIENCE).until(() -> stored(cid).orElseThrow().containsKey("away_since"));
        JsonObject earlier = Client.json(
                "cid", cid, "secret", connected.getJsonObject("resume").getString("secret"), "received", 0);
        try (Socket back = ann.open(ticket(), Client.V1).send(Client.json("type", "connect", "resume", earlier))) {
            assertTrue(back.object().getBoolean("recovered"));
            assertFalse(isAway(cid));
            await().atMost(Client.PATIENCE).until(() -> !stored(cid).orElseThrow().containsKey("away_since"));
            back.leave();
        }
    }

    /** A connection whose client can resume it, and has lost its socket. */
    private JsonObject lost() {
        try (Socket socket = ann.open(ticket(), Client.V1).send(Client.json("type", "connect", "resume", true))) {
            JsonObject connected = socket.object();
            socket.kill();
            return connected;
        }
    }

    private URI ticket() {
        return ann.ticket("url", OF_USERS, "protocol", Client.V1);
    }

    private boolean isAway(String cid) {
        return admin.call("sys/connections.find", "cid", cid).ok().json().getJsonObject("connection").getBoolean("away");
    }

    private Optional<JsonObject> stored(String cid) {
        Reply table = admin.call("sys/connections.stored", "limit", 1000).ok();
        return table.json().getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                .filter(row -> row.getString("_id").equals(cid))
                .findFirst();
    }

    @Test
    void shouldBeClosed() {
        try (Socket one = ann.connect(OF_USERS);
                Socket two = ann.connect("it/pub.life")) {
            assertEquals(1, admin.call("sys/connections.close", "cid", one.cid()).ok().json().getInt("closed"));
            assertEquals(4000, one.closed().code());
            assertEquals(1, admin.call("sys/connections.close", "user", ann.uid()).ok().json().getInt("closed"));
            assertEquals(4000, two.closed().code());
            ann.call("it/kh/probe.hit").ok();
            assertOnRecord("COBJ6001I", admin, "cid=" + one.cid() + " of user " + ann.uid(), "connections 1");
        }
    }

    @Test
    void shouldBeTraced() {
        String id = admin.call("sys/traces.begin", "user", ann.uid(), "minutes", 1).ok().text("id");
        assertOnRecord("COBJ6012I", admin, "user=" + ann.uid(), "started for PT1M");
        try (Socket one = ann.connect("it/pub.life")) {
            one.sendText("{\"say\":\"hello\"}");
            assertEquals("\"hello\"", one.value().toString());
            one.leave();
            for (String line : List.of("COBJ7004I", "COBJ7005I", "COBJ7007I", "COBJ7009I", "COBJ7010I", "COBJ7012I", "COBJ7014I", "COBJ7017I")) {
                await().atMost(Client.PATIENCE).until(() -> !AuditTrail.lines(line, "trace " + id + ": ").isEmpty());
            }
            assertEquals(List.of(), AuditTrail.lines("COBJ7", "hello"));
        }
        JsonObject running = admin.call("sys/traces.list").ok().json().getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                .filter(row -> row.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
        assertEquals(ann.uid(), running.getString("user"));
        assertTrue(running.getInt("seconds") <= 60, running::toString);
        admin.call("sys/traces.end", "id", id).ok();
        assertEquals(404, admin.call("sys/traces.end", "id", id).code());
        ann.connect("it/pub.life").leave();
        assertEquals(1, AuditTrail.lines("COBJ7004I", "trace " + id + ": ").size());
    }

    @Test
    void shouldBeLoggedOutWithTheirUser() {
        try (Socket one = ann.connect(OF_USERS);
                Socket two = ann.connect("it/pub.life")) {
            Reply done = admin.call("sys/connections.forceLogout", "user", ann.uid(), "msg", "bye").ok();
            assertEquals(2, done.json().getInt("closed"));
            for (Socket socket : List.of(one, two)) {
                assertEquals("bye", socket.event("forceLogout").getJsonObject("data").getString("msg"));
                assertEquals(4002, socket.closed().code());
            }
            assertEquals(30202, ann.call("it/kh/probe.hit").code());
            assertOnRecord("COBJ6002I", admin, "user=" + ann.uid(), "connections 2");
        }
    }

    @Test
    void shouldBeLoggedOutOneByOne() {
        Client again = ann.login(ann.username());
        try (Socket one = ann.connect(OF_USERS);
                Socket two = again.connect(OF_USERS)) {
            admin.call("sys/connections.forceLogout", "cid", one.cid()).ok();
            assertEquals(
                    "you were logged out by an administrator",
                    one.event("forceLogout").getJsonObject("data").getString("msg"));
            assertEquals(30202, ann.call("it/kh/probe.hit").code());
            again.call("it/kh/probe.hit").ok();
            two.leave();
        }
    }
}
