package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a target means, and what can be done with it. */
class TargetsIT extends TargetsFixture {

    @Test
    void shouldReachExactlyTheConnectionsNamed() {
        try (Socket one = welcomed(of("a"), MANAGED);
                Socket two = welcomed(of("a"), MANAGED)) {
            assertCounts(1, send(Client.json("cid", list(one.cid())), "to one"));
            assertCounts(2, send(Client.json("cid", list(one.cid(), two.cid(), "unknown")), "to both"));
            assertEquals(text("to one"), one.value());
            assertEquals(text("to both"), one.value());
            assertEquals(text("to both"), two.value());
            // A cid stands for itself, whatever else is said.
            assertCounts(1, send(Client.json("cid", list(one.cid()), "device", list("other")), "again"));
        }
    }

    @Test
    void shouldReachThoseOfWhomAllHolds() {
        Client ann = of("phone").register();
        try (Socket phone = welcomed(ann, MANAGED);
                Socket laptop = welcomed(of("laptop").login(ann.username()), MANAGED);
                Socket stranger = welcomed(of("phone"), MANAGED)) {
            JsonArray apps = list(app);
            assertCounts(2, send(Client.json("user", list(ann.uid())), "1"));
            assertCounts(2, send(Client.json("device", list("phone"), "appid", apps), "2"));
            assertCounts(1, send(Client.json("user", list(ann.uid()), "device", list("phone")), "3"));
            assertCounts(3, send(Client.json("appid", apps, "device", list("phone", "laptop"), "channel", list("default")), "4"));
            assertCounts(0, send(Client.json("user", list(ann.uid()), "appid", list("other")), "5"));
            assertCounts(0, send(Client.json("appid", apps, "device", list("phone"), "channel", list("other")), "6"));
            assertHeard(phone, "1", "2", "3", "4");
            assertHeard(laptop, "1", "4");
            assertHeard(stranger, "2", "4");
        }
    }

    @Test
    void shouldTakeAnEmptyListForNobody() {
        try (Socket socket = welcomed(of("a"), MANAGED)) {
            assertCounts(0, send(Client.json("cid", list()), "x"));
            assertCounts(0, send(Client.json("user", list()), "x"));
            assertCounts(0, send(Client.json("appid", list(app), "group", list()), "x"));
            assertHeard(socket);
        }
    }

    @Test
    void shouldRefuseATargetThatNamesNobody() {
        for (String what : List.of("send", "count", "join")) {
            Reply refused = order(MANAGED + "." + what, Client.json(), "data", "x");
            assertEquals(-1, refused.code());
            assertTrue(refused.msg().contains("everyone()"), refused.msg());
        }
        assertEquals(-1, order(MANAGED + ".send", Client.json("path", list(EVERYONE)), "data", "x").code());
        assertEquals(-1, order(MANAGED + ".send", Client.json("everyone", true, "user", list("a")), "data", "x").code());
    }

    @Test
    void shouldReachEveryoneOfOneObjectOnly() {
        try (Socket one = welcomed(of("a"), EVERYONE);
                Socket two = welcomed(of("b"), EVERYONE);
                Socket other = welcomed(of("c"), MANAGED)) {
            assertCounts(2, order(EVERYONE + ".send", Client.json("everyone", true), "data", "all").ok().json());
            assertCounts(2, send(Client.json("everyone", true, "path", list(EVERYONE)), "from another"));
            for (Socket socket : List.of(one, two)) {
                assertEquals(text("all"), socket.value());
                assertEquals(text("from another"), socket.value());
            }
            assertHeard(other);
        }
    }

    @Test
    void shouldReachThoseOfOtherObjectsByUrl() {
        try (Socket one = welcomed(of("a"), MANAGED);
                Socket two = welcomed(of("a"), EVERYONE)) {
            assertCounts(1, send(Client.json("appid", list(app)), "x"));
            assertCounts(1, send(Client.json("appid", list(app), "path", list(EVERYONE)), "x"));
            assertCounts(2, send(Client.json("appid", list(app), "path", list(EVERYONE, MANAGED)), "x"));
            assertHeard(one, "x", "x");
            assertHeard(two, "x", "x");
        }
    }

    @Test
    void shouldKeepChannelsApart() {
        Client client = of("a");
        try (Socket one = client.open(client.ticket("url", MANAGED, "channel", "red-" + app), null).accepted();
                Socket two = client.open(client.ticket("url", MANAGED), null).accepted()) {
            assertEquals("red-" + app, one.object().getString("channel"));
            assertEquals("default", two.object().getString("channel"));
            assertCounts(1, send(Client.json("channel", list("red-" + app)), "red"));
            assertHeard(one, "red");
            assertHeard(two);
        }
    }

    @Test
    void shouldCountWhatCannotBeEncryptedAsDropped() {
        try (Socket socket = welcomed(of("a"), MANAGED)) {
            JsonObject to = Client.json("cid", list(socket.cid()));
            JsonObject counts = order(MANAGED + ".sendEncrypted", to, "data", "x").ok().json();
            assertEquals(1, counts.getInt("matched"));
            assertEquals(1, counts.getInt("dropped"));
            assertEquals(0, counts.getInt("queued"));
            assertHeard(socket);
        }
    }

    @Test
    void shouldRefuseToPoseAsTheFramework() {
        try (Socket socket = welcomed(of("a"), MANAGED)) {
            JsonObject to = Client.json("cid", list(socket.cid()));
            JsonObject posing = Client.json("vkWebSocket", Client.json("type", "forceLogout"));
            assertEquals(-1, order(MANAGED + ".send", to, "data", posing).code());
            order(MANAGED + ".send", to, "data", Client.json("deep", posing)).ok();
            assertEquals(Client.json("deep", posing), socket.value());
        }
    }
}
