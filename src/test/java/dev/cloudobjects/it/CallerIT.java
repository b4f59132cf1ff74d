package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an object learns of its caller and of the call, over each way in. */
class CallerIT extends FromOutside {

    private static final Client NOBODY = Client.anonymous();
    private static final Client DEVICE = NOBODY.with("vk-appid", "app-1")
            .with("vk-device-id", "device-1")
            .with("vk-os", "linux")
            .with("vk-locale", "zh-Hans")
            .with("User-Agent", "tests");

    @Test
    void shouldTellWhatAClientSaysOfItself() {
        Client ann = DEVICE.with("vk-platform", "web").register();
        JsonObject seen = ann.call("it/pub.caller.who").ok().json();
        assertEquals(ann.uid(), seen.getString("caller"));
        assertEquals("client", seen.getString("source"));
        assertEquals("127.0.0.1", seen.getString("address"));
        assertEquals(ann.token(), seen.getString("token"));
        assertDevice(seen);
        assertEquals("web", seen.getString("platform"));
        assertNull(seen.get("cid"));
    }

    @Test
    void shouldTellNothingOfAClientThatSaysNothing() {
        JsonObject seen = NOBODY.call("it/pub.caller.who").ok().json();
        assertEquals("http", seen.getString("source"));
        assertEquals(Set.of("code", "msg", "source", "address", "userAgent"), seen.keySet());
    }

    @Test
    void shouldKnowTheCallerOverASocketAsOverHttp() {
        Client ann = DEVICE.register();
        try (Socket socket = ann.connect("it/pub.caller")) {
            assertSocket(ann, socket.object(), socket, "onWebsocketConnection");
            socket.sendText("{\"a\":1}");
            JsonObject second = socket.object();
            assertSocket(ann, second, socket, "onWebsocketMessage");
            assertEquals(Client.json("a", 1), second.getJsonObject("what").getJsonObject("params"));
        }
    }

    @Test
    void shouldKnowTheHolderOfATicketWithoutHisHeaders() {
        Client ann = DEVICE.register();
        Socket socket = NOBODY.with("vk-device-id", "another")
                .open(ann.ticket("url", "it/pub.caller"), null)
                .accepted();
        try (socket) {
            JsonObject who = socket.object().getJsonObject("who");
            assertEquals(ann.uid(), who.getString("caller"));
            assertEquals("device-1", who.getString("deviceId"));
        }
    }

    @Test
    void shouldTellTheTokenThatAClientShowsAsItConnects() {
        Client ann = DEVICE.register();
        try (Socket socket = ann.connectV1("it/pub.caller", Client.json("type", "connect", "token", ann.token()))) {
            assertEquals(ann.token(), socket.data().asJsonObject().getJsonObject("who").getString("token"));
            socket.sendV1(Client.json("a", 1));
            assertEquals(ann.token(), socket.data().asJsonObject().getJsonObject("who").getString("token"));
        }
    }

    @Test
    void shouldTellNoTokenThatIsNotTheUsers() {
        Client ann = DEVICE.register();
        for (String token : List.of(DEVICE.register().token(), "x", "")) {
            try (Socket socket = ann.connectV1("it/pub.caller", Client.json("type", "connect", "token", token))) {
                JsonObject who = socket.data().asJsonObject().getJsonObject("who");
                assertEquals(ann.uid(), who.getString("caller"));
                assertNull(who.get("token"));
            }
        }
        try (Socket socket = NOBODY.connectV1("it/pub.caller", Client.json("type", "connect", "token", ann.token()))) {
            JsonObject who = socket.data().asJsonObject().getJsonObject("who");
            assertNull(who.get("caller"));
            assertNull(who.get("token"));
        }
    }

    private static void assertSocket(Client ann, JsonObject seen, Socket socket, String event) {
        JsonObject who = seen.getJsonObject("who");
        assertEquals(ann.uid(), who.getString("caller"));
        assertEquals(socket.cid(), who.getString("cid"));
        assertEquals("websocket", who.getString("source"));
        assertEquals("127.0.0.1", who.getString("address"));
        assertDevice(who);
        JsonObject what = seen.getJsonObject("what");
        assertEquals("it/pub.caller." + event, what.getString("url"));
        assertEquals("it/pub.caller", what.getString("objectPath"));
        assertEquals(event, what.getString("methodName"));
        assertFalse(what.getBoolean("http"));
    }

    private static void assertDevice(JsonObject seen) {
        assertEquals("app-1", seen.getString("appId"));
        assertEquals("device-1", seen.getString("deviceId"));
        assertEquals("linux", seen.getString("os"));
        assertEquals("zh-Hans", seen.getString("locale"));
        assertEquals("tests", seen.getString("userAgent"));
    }

    @Test
    void shouldTellTheCallItself() {
        JsonObject what = NOBODY.call("it/pub.caller.what", "a", 1).ok().json();
        assertEquals("it/pub.caller.what", what.getString("url"));
        assertEquals("it/pub.caller", what.getString("objectPath"));
        assertEquals("what", what.getString("methodName"));
        assertEquals(Client.json("a", 1), what.getJsonObject("params"));
        assertTrue(what.getBoolean("http"));
    }

    @Test
    void shouldDropAUidThatTheCallerClaims() {
        JsonObject params = NOBODY.call("it/pub.caller.what", "uid", "admin", "deep", Client.json("uid", "kept"))
                .ok()
                .json()
                .getJsonObject("params");
        assertEquals(Client.json("deep", Client.json("uid", "kept")), params);
        params = NOBODY.post("/http/router/it/pub.caller.what?uid=admin&a=1", "{}").ok().json().getJsonObject("params");
        assertEquals(Client.json("a", "1"), params);
        try (Socket socket = NOBODY.connectV1("it/pub.caller", Client.json("type", "connect", "data", claimed()))) {
            assertEquals(Client.json("a", 1), params(socket));
            socket.sendV1(claimed());
            assertEquals(Client.json("a", 1), params(socket));
        }
    }

    private static JsonObject claimed() {
        return Client.json("uid", "admin", "a", 1);
    }

    private static JsonValue params(Socket socket) {
        return socket.data().asJsonObject().getJsonObject("what").get("params");
    }

    @Test
    void shouldShowTheHttpRequestWithoutItsCredentials() {
        Reply reply = NOBODY.register()
                .with("uni-id-token", "x")
                .with("Cookie", "a=b")
                .with("X-Own", "seen")
                .post("/http/router/it/pub.caller.http?a=1&a=2&ticket=t", "{}")
                .ok();
        assertEquals("POST", reply.text("method"));
        assertEquals("/http/router/it/pub.caller.http", reply.text("path"));
        JsonObject headers = reply.json().getJsonObject("headers");
        assertEquals("seen", headers.getJsonArray("x-own").getString(0));
        for (String secret : new String[] {"authorization", "cookie", "uni-id-token"}) {
            assertFalse(headers.containsKey(secret), secret);
        }
        JsonObject query = reply.json().getJsonObject("query");
        assertEquals(2, query.getJsonArray("a").size());
        assertFalse(query.containsKey("ticket"), "the names of credentials are left out");
    }

    @Test
    void shouldGiveTheUsersRowWithoutItsSecrets() {
        Client ann = NOBODY.register();
        JsonObject row = ann.call("it/pub.caller.row").ok().json();
        assertEquals(ann.uid(), row.getString("id"));
        assertEquals(ann.username(), row.getString("username"));
        assertEquals(ann.username(), row.getString("display"));
        assertTrue(row.getBoolean("same"));
        JsonObject stored = row.getJsonObject("row");
        assertEquals(ann.uid(), stored.getString("_id"));
        assertFalse(stored.containsKey("password"), stored.toString());
        assertFalse(stored.containsKey("token"), stored.toString());
    }

    @Test
    void shouldHaveNoRowOfNobody() {
        assertEquals(30204, NOBODY.call("it/pub.caller.row").code());
    }

    @Test
    void shouldCallFromServerCodeAsAFunctionWithTheUserOfTheOuterCall() {
        Client ann = NOBODY.register();
        JsonObject seen = ann.call("it/pub.caller.within").ok().json();
        assertEquals("function", seen.getString("source"));
        assertEquals(ann.uid(), seen.getString("caller"));
        NOBODY.call("it/pub.caller.beyond").ok();
        assertEquals(404, NOBODY.call("it/pub.caller.nestedFailure").ok().json().getInt("data"));
    }

    @Test
    void shouldGuardABeanThatACallReaches() {
        assertEquals(30204, NOBODY.call("it/pub.caller.guarded").code());
        assertEquals("secret", NOBODY.register().call("it/pub.caller.guarded").ok().text("data"));
        assertEquals("secret", NOBODY.call("it/pub.caller.runAs").ok().text("data"));
    }
}
