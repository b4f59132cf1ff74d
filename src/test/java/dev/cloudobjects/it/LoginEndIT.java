package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.it.client.Socket.Incoming;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A login that ends while its connection is open: by time, by logout, by a ban, by a change of roles. */
class LoginEndIT extends FromOutside {

    private static final String OF_USERS = "it/kh.life";
    private static final long GRACE = 1_000;

    @Test
    void shouldTellAndCloseAtTheExpiryOfTheTokenAndDeliverNothingFromThenOn() {
        Device device = Device.of(Client.anonymous().register());
        Reply shortened = Client.anonymous()
                .call("it/pub.users.shorten", "token", device.client().token(), "seconds", 3)
                .ok();
        long expiry = shortened.json().getJsonNumber("expires").longValue();
        try (Socket socket = device.client().withToken(shortened.text("token")).connect(OF_USERS)) {
            Client teller = Client.anonymous().with("vk-device-id", device.client().headers().get("vk-device-id"));
            assertTrue(keepTalking(socket, teller, expiry + GRACE / 2), "nothing was ever delivered");
            JsonObject event = heardBefore(expiry, socket);
            assertInTime("the event", expiry, socket);
            assertEquals("invalidToken", event.getString("type"));
            assertEquals(30203, event.getJsonObject("err").getInt("code"));
            assertTrue(event.getBoolean("close"));
            assertEquals(new Incoming.Closed(4003, event.getJsonObject("err").getString("msg")), socket.next());
            assertInTime("the close", expiry, socket);
            assertEquals(0, teller.call(OF_USERS + ".tell").ok().json().getInt("matched"));
        }
        assertEquals("disconnection 4003", device.await("disconnection"));
        for (String message : device.events()) {
            if (message.startsWith("message ")) {
                long at = Long.parseLong(message.substring("message ".length()));
                assertTrue(at < expiry + 50, "a message was handled " + (at - expiry) + " ms after the expiry");
            }
        }
    }

    private static void assertInTime(String what, long expiry, Socket socket) {
        long late = socket.arrived() - expiry;
        assertTrue(late >= 0 && late <= GRACE, what + " came " + late + " ms after the expiry");
    }

    /** Calls and is sent to all the time, so that something would come through after the expiry if it could. */
    private static boolean keepTalking(Socket socket, Client teller, long until) {
        boolean told = false;
        try {
            while (System.currentTimeMillis() < until) {
                socket.send(Client.json("say", Client.json("at", System.currentTimeMillis())));
                told |= teller.call(OF_USERS + ".tell").ok().json().getInt("matched") == 1;
            }
        } catch (CompletionException closed) {
            // What it heard before tells why.
        }
        return told;
    }

    /** Reads what was delivered, each with its time, until the event. */
    private static JsonObject heardBefore(long expiry, Socket socket) {
        while (true) {
            JsonObject heard = socket.object();
            if (heard.containsKey("vkWebSocket")) {
                return heard.getJsonObject("vkWebSocket");
            }
            long at = heard.getJsonNumber("at").longValue();
            assertTrue(at < expiry, "delivered " + (at - expiry) + " ms after the expiry");
        }
    }

    @Test
    void shouldRefuseAConnectionWithATicketWhoseLoginHasEndedSince() {
        Client ann = Client.anonymous().register();
        var address = ann.ticket("url", OF_USERS);
        Identities.loggedOut(ann);
        try (Raw raw = Raw.ask(address.getRawPath().substring("/ws/".length()) + "?" + address.getRawQuery(), Map.of())) {
            assertEquals(401, raw.answer().status());
            assertEquals(30202, raw.answer().code());
        }
    }

    @Test
    void shouldEndTheConnectionsOfALogoutElsewhere() {
        Client ann = Client.anonymous().register();
        Client other = Client.anonymous().login(ann.username());
        try (Socket ends = ann.connect(OF_USERS);
                Socket stays = other.connect(OF_USERS)) {
            Identities.loggedOut(ann);
            assertEnds(ends, 30202);
            assertEcho(stays);
        }
    }

    @Test
    void shouldEndTheConnectionsOfABannedUser() {
        Client ann = Client.anonymous().register();
        try (Socket ends = ann.connect(OF_USERS);
                Socket stays = Client.anonymous().register().connect(OF_USERS)) {
            Identities.banned(ann);
            assertEnds(ends, 10001);
            assertEcho(stays);
        }
    }

    @Test
    void shouldGoOnAsNobodysWhereNoLoginIsNeeded() {
        Device device = Device.of(Client.anonymous().register());
        try (Socket socket = device.client().connect("it/pub.caller")) {
            assertEquals(device.client().uid(), socket.object().getJsonObject("who").getString("caller"));
            Identities.loggedOut(device.client());
            JsonObject event = socket.event("invalidToken");
            assertEquals(30202, event.getJsonObject("err").getInt("code"));
            assertFalse(event.containsKey("close"));
            socket.sendText("{}");
            assertFalse(socket.object().getJsonObject("who").containsKey("caller"));
        }
    }

    @Test
    void shouldEndTheConnectionsThatADroppedRoleHadOpened() {
        Client ann = Identities.withRole("WILDCARD", true, List.of("it/sys/probe.*"));
        try (Socket ends = ann.connect("it/sys/probe");
                Socket stays = ann.connect(OF_USERS)) {
            ends.sendText("{}");
            assertTrue(ends.object().containsKey("reached"));
            Identities.roles(ann);
            JsonObject event = ends.event("error");
            assertEquals(403, event.getJsonObject("err").getInt("code"));
            assertTrue(event.getBoolean("close"));
            assertEquals(4001, ends.closed().code());
            assertEcho(stays);
        }
    }

    /** Nobody tells the server of any of these, and the connections only listen. */
    @Test
    void shouldEndTheConnectionsOfWhatWasChangedInTheDatabase() {
        Client banned = Client.anonymous().register();
        Client loggedOut = Client.anonymous().register();
        Client withoutRole = Identities.withRole("WILDCARD", true, List.of("it/sys/probe.*"));
        Client withLessRole = Identities.withRole("WILDCARD", true, List.of("it/sys/probe.*"));
        try (Socket ofBanned = banned.connect(OF_USERS);
                Socket ofLoggedOut = loggedOut.connect(OF_USERS);
                Socket ofWithoutRole = withoutRole.connect("it/sys/probe");
                Socket ofWithLessRole = withLessRole.connect("it/sys/probe");
                Socket stays = Client.anonymous().register().connect(OF_USERS)) {
            Identities.byHand(banned, "status", 1);
            Identities.byHand(loggedOut, "token", List.of());
            Identities.rolesByHand(withLessRole);
            Identities.byHand(withoutRole, "role", List.of());
            assertEnds(ofBanned, 10001);
            assertEnds(ofLoggedOut, 30202);
            assertRefused(ofWithoutRole);
            assertRefused(ofWithLessRole);
            assertEcho(stays);
        }
    }

    @Test
    void shouldTakeTheUserFromAPubConnectionOfWhatWasChangedInTheDatabase() {
        Device device = Device.of(Client.anonymous().register());
        try (Socket socket = device.client().connect("it/pub.life")) {
            Identities.byHand(device.client(), "token", List.of());
            assertEquals(30202, socket.event("invalidToken").getJsonObject("err").getInt("code"));
            assertEcho(socket);
        }
    }

    @Test
    void shouldRefuseMessagesFromTheDropOfARoleOn() {
        Client ann = Identities.withRole("WILDCARD", true, List.of("it/sys/door.*"));
        try (Socket socket = ann.connect("it/sys/door")) {
            socket.sendText("{}");
            assertTrue(socket.object().containsKey("reached"));
            Identities.roles(ann);
            socket.sendText("{}");
            assertEquals(403, socket.event("error").getJsonObject("err").getInt("code"));
        }
    }

    private static void assertRefused(Socket socket) {
        JsonObject event = socket.event("error");
        assertEquals(403, event.getJsonObject("err").getInt("code"));
        assertTrue(event.getBoolean("close"));
        assertEquals(4001, socket.closed().code());
    }

    private static void assertEnds(Socket socket, int code) {
        JsonObject event = socket.event("invalidToken");
        assertEquals(code, event.getJsonObject("err").getInt("code"));
        assertTrue(event.getBoolean("close"));
        assertEquals(4003, socket.closed().code());
    }

    private static void assertEcho(Socket socket) {
        socket.send(Client.json("say", Client.json("still", "here")));
        assertEquals("here", socket.object().getString("still"));
    }
}
