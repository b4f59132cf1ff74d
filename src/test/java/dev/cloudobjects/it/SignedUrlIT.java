package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Raw;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signed url: what it brings, what it binds, and that it opens one connection only. */
class SignedUrlIT extends FromOutside {

    private static final String MANAGED = "it/pub.managed";

    private static String signed(Client client, Object... wish) {
        URI url = URI.create(client.call(MANAGED + ".signed", wish).ok().text("url"));
        assertTrue(url.getScheme().startsWith("ws"), url.toString());
        return url.getRawPath().substring("/ws/".length()) + "?" + url.getRawQuery();
    }

    /** What the connection event got. */
    private static JsonObject welcome(String address) {
        try (Raw raw = Raw.ask(address, Map.of())) {
            assertEquals(101, raw.answer().status(), raw.answer().body());
            assertTrue(raw.object().getJsonObject("vkWebSocket").containsKey("data"));
            return raw.object();
        }
    }

    private static void assertRefused(int status, String address) {
        try (Raw raw = Raw.ask(address, Map.of())) {
            assertEquals(status, raw.answer().status(), raw.answer().body());
            assertEquals(status, raw.answer().code());
        }
    }

    @Test
    void shouldConnectAsItsMakerWithTheQueryForTheConnectionEvent() {
        Client ann = Client.anonymous().register();
        JsonObject query = Client.json("room", 7, "deep", Client.json("a", "ü"));
        JsonObject welcome = welcome(signed(ann, "query", query));
        assertEquals(query, welcome.getJsonObject("query"));
        assertEquals(ann.uid(), welcome.getString("by"));
        assertEquals(MANAGED, welcome.getString("path"));
        assertEquals("default", welcome.getString("channel"));
    }

    @Test
    void shouldConnectAsNobodyWhereItIsAnonymous() {
        Client ann = Client.anonymous().register();
        assertEquals("null", welcome(signed(ann, "anonymous", true)).getString("by"));
    }

    @Test
    void shouldLeadToAnotherObjectByItsPath() {
        assertEquals("it/pub.everyone", welcome(signed(Client.anonymous(), "path", "it/pub.everyone")).getString("path"));
        assertEquals(404, Client.anonymous().call(MANAGED + ".signed", "path", "it/pub.nothing").code());
        assertEquals(404, Client.anonymous().call(MANAGED + ".signed", "path", "it/pub.present").code());
    }

    @Test
    void shouldBindTheChannelOrLeaveItToTheClient() {
        assertEquals("red", welcome(signed(Client.anonymous(), "channel", "red")).getString("channel"));
        assertEquals("red", welcome(signed(Client.anonymous(), "channel", "red") + "&channel=red").getString("channel"));
        assertEquals("blue", welcome(signed(Client.anonymous()) + "&channel=blue").getString("channel"));
        assertRefused(403, signed(Client.anonymous(), "channel", "red") + "&channel=blue");
    }

    @Test
    void shouldTakeNothingElseFromTheQueryOfTheAddress() {
        assertEquals(JsonValue.NULL, welcome(signed(Client.anonymous()) + "&room=7").get("query"));
    }

    @Test
    void shouldOpenOneConnectionOnly() {
        String address = signed(Client.anonymous());
        welcome(address);
        assertRefused(401, address);
    }

    @Test
    void shouldOpenOneConnectionWhenUsedInParallel() {
        String address = signed(Client.anonymous());
        long opened = Stream.generate(() -> CompletableFuture.supplyAsync(() -> opens(address)))
                .limit(100)
                .toList()
                .stream()
                .filter(CompletableFuture::join)
                .count();
        assertEquals(1, opened);
    }

    private static boolean opens(String address) {
        try (Raw raw = Raw.ask(address, Map.of())) {
            return raw.answer().isOpen();
        }
    }

    @Test
    void shouldRefuseOneThatWasTamperedWith() {
        String address = signed(Client.anonymous());
        int signature = address.lastIndexOf('.') + 10;
        char other = address.charAt(signature) == 'A' ? 'B' : 'A';
        assertRefused(401, address.substring(0, signature) + other + address.substring(signature + 1));
        assertRefused(401, address.substring(0, address.length() - 5));
        String unsigned = "eyJhbGciOiJub25lIiwidHlwIjoidGlja2V0K2p3dCJ9";
        int ticket = address.indexOf("ticket=") + "ticket=".length();
        String claims = address.substring(ticket).split("\\.")[1];
        assertRefused(401, address.substring(0, ticket) + unsigned + "." + claims + ".");
        welcome(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"it/pub.everyone", "it/pub.life"})
    void shouldRefuseOneThatWasMovedToAnotherObject(String other) {
        String address = signed(Client.anonymous());
        assertRefused(403, address.replaceFirst("^it/pub\\.managed", other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "http://evil.example", "http://localhost"})
    void shouldRefuseOneThatWasMovedToAnotherOriginAndKeepItForItsOwn(String origin) {
        String address = signed(Client.anonymous());
        try (Raw raw = Raw.ask(address, Map.of("Origin", origin))) {
            assertEquals(403, raw.answer().status(), raw.answer().body());
        }
        welcome(address);
    }

    @Test
    void shouldRefuseALoginTokenForATicketAndATicketForALoginToken() {
        Client ann = Client.anonymous().register();
        assertRefused(401, MANAGED + "?ticket=" + ann.token());
        String ticket = signed(ann).replaceFirst(".*ticket=", "");
        assertEquals(30204, Client.anonymous().withToken(ticket).call("it/kh/probe.hit").code());
    }

    @Test
    void shouldRefuseOneWhoseLoginHasEnded() {
        Client ann = Client.anonymous().register();
        String address = signed(ann, "path", "it/kh.life");
        Identities.loggedOut(ann);
        try (Raw raw = Raw.ask(address, Map.of())) {
            assertEquals(401, raw.answer().status());
            assertEquals(30202, raw.answer().code());
        }
    }
}
