package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonString;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An object is made for calls that the filters admit, in its scope, and called through its interceptors. */
class ConstructionIT extends FromOutside {

    private static final Client NOBODY = Client.anonymous();

    private static List<String> journal(String device) {
        return NOBODY.with("vk-device-id", device)
                .call("it/pub.journal.read")
                .ok()
                .json()
                .getJsonArray("data")
                .getValuesAs(JsonString::getString);
    }

    @ParameterizedTest
    @CsvSource({
        "request, 1, constructed prepared destroyed constructed prepared destroyed",
        "dependent, 1, constructed prepared destroyed part-destroyed constructed prepared destroyed part-destroyed",
        "application, 2, constructed prepared",
        "singleton, 2, constructed prepared"
    })
    void shouldFollowTheFilters(String scope, int calls, String life) {
        String url = "it/kh/made-" + scope;
        Client user = NOBODY.register();
        assertEquals(30204, NOBODY.call(url).code());
        assertEquals(List.of(), journal("made-" + scope), "nothing is made for a call that is refused");
        assertEquals(1, user.call(url).ok().json().getInt("calls"));
        assertEquals(calls, user.call(url).ok().json().getInt("calls"));
        assertEquals(life, String.join(" ", journal("made-" + scope)).replace("part destroyed", "part-destroyed"));
    }

    @Test
    void shouldFollowTheFiltersOfEachMessage() {
        try (Socket socket = NOBODY.connectV1("it/pub.made-event")) {
            socket.send(Client.json("type", "message", "id", 1, "data", 1));
            assertEquals(30204, socket.event("invalidToken").getJsonObject("err").getInt("code"));
        }
        assertEquals(List.of("constructed", "prepared", "destroyed"), journal("made-event").subList(0, 3));
        Awaitility.await("the disconnection event, which passes the built-in filters")
                .until(() -> journal("made-event").size() == 6);
    }

    @Test
    void shouldRunInterceptorsOnceAroundTheMethodWithItsData() {
        Client device = NOBODY.with("vk-device-id", "intercepted");
        assertEquals(8, device.post("/http/router/it/intercepted.next", "7").json().getInt("data"));
        assertEquals(
                List.of("early next[7]", "late next[7]", "method", "late next[7] returned 8", "early next[7] returned 8"),
                journal("intercepted").stream()
                        .filter(entry -> entry.contains("next") || entry.equals("method"))
                        .toList());
        assertEquals("guarded", journal("intercepted").get(0));
        assertEquals("after 8", journal("intercepted").get(journal("intercepted").size() - 1));
        assertFalse(journal("intercepted").stream().anyMatch(entry -> entry.contains("_")), "hooks are not intercepted");
    }

    /** The method returns a number. */
    @Test
    void shouldLetAHookAnswerWithAnyType() {
        Client device = NOBODY.with("vk-device-id", "intercepted-other");
        assertEquals("one", device.post("/http/router/it/intercepted.next", "0").json().getString("data"));
    }

    @Test
    void shouldGuardWhatIsCalledWithinACall() {
        assertEquals("secret", NOBODY.call("it/pub.calling.own").ok().text("data"));
        assertEquals(30204, NOBODY.call("it/pub.calling.proxied").code());
        assertEquals(30204, NOBODY.call("it/pub.calling.other").code());
        assertEquals(2, NOBODY.call("it/pub.calling.open").ok().json().getInt("data"));
        assertEquals("again", NOBODY.post("/http/router/it/pub.calling.again", "true").json().getString("data"));
        assertEquals("secret", Identities.admin().call("it/pub.calling.proxied").ok().text("data"));
    }

    @Test
    void shouldGuardWhatIsCalledDuringConstruction() {
        assertEquals("guarded", Identities.admin().call("it/pub.calling-early").ok().text("data"));
        assertEquals(30204, NOBODY.call("it/pub.calling-early").code());
    }

    @Test
    void shouldCallASessionBean() {
        Client user = NOBODY.register();
        assertEquals(30204, NOBODY.call("it/kh/stateless.next").code());
        assertEquals(2, user.post("/http/router/it/kh/stateless.next", "1").json().getInt("data"));
        assertEquals(80, user.call("it/kh/stateless.refuse").code());
    }
}
