package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Identities;
import dev.cloudobjects.it.client.Raw;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may reach an object does not depend on the way he comes: every way gives the same code to the same caller. */
class AccessParityIT extends FromOutside {

    private static final List<String> SYS = List.of("it/sys/", "it/sys.", "it/pub/annotated-sys/");

    private static Map<String, Client> callers = Map.of();

    @BeforeAll
    static void gatherCallers() {
        Map<String, Client> all = new LinkedHashMap<>();
        all.put("nobody", Client.anonymous());
        all.put("garbage", Client.anonymous().withToken("eyJhbGciOiJub25lIn0.e30."));
        all.put("expired", Identities.shortened(Client.anonymous().register(), -10));
        all.put("logged out", Identities.loggedOut(Client.anonymous().register()));
        all.put(
                "other device",
                Client.anonymous().with("vk-device-id", "a").register().with("vk-device-id", "b"));
        all.put("banned", Identities.banned(Client.anonymous().register()));
        all.put("user", Client.anonymous().register());
        List<String> urls = SYS.stream()
                .flatMap(base -> Stream.of(
                        base + "probe.hit", base + "probe.onWebsocketConnection", base + "door.onWebsocketMessage"))
                .toList();
        all.put("exact", Identities.withRole("EXACT", true, urls));
        all.put("wildcard", Identities.withRole("WILDCARD", true, List.of("it/*sys*.*")));
        all.put("regex", Identities.withRole("REGEX", true, List.of("it/(pub/annotated-)?sys[./](probe|door)\\.\\w+")));
        all.put("unfitting", Identities.withRole("WILDCARD", true, List.of("other/*", "it/sys/probe")));
        all.put("disabled role", Identities.withRole("WILDCARD", false, List.of("*")));
        all.put("admin", Identities.admin());
        callers = all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"it/pub/", "it/pub.", "it/sys/annotated-pub/"})
    void shouldLetEverybodyReachWhatIsPublic(String base) {
        callers.forEach((who, client) -> assertEverywhere(0, base, who, client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"it/kh/", "it/kh.", "it/pub/annotated-kh/"})
    void shouldLetThoseWhoAreLoggedInReachWhatNeedsALogin(String base) {
        callers.forEach((who, client) -> assertEverywhere(loginCode(who), base, who, client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"it/sys/", "it/sys.", "it/pub/annotated-sys/"})
    void shouldLetThoseWithAPermissionReachWhatNeedsOne(String base) {
        callers.forEach((who, client) -> assertEverywhere(permissionCode(who), base, who, client));
    }

    @Test
    void shouldLetTheMethodsOwnRuleWinOverThatOfTheClass() {
        Client nobody = Client.anonymous();
        Client user = callers.get("user");
        Client admin = callers.get("admin");
        assertEquals(0, nobody.call("it/methods.open").code());
        assertEquals(30204, nobody.call("it/methods.login").code());
        assertEquals(0, user.call("it/methods.login").code());
        assertEquals(403, user.call("it/methods.guarded").code());
        assertEquals(0, admin.call("it/methods.guarded").code());
        assertEquals(0, nobody.call("it/method-names.pub_open").code());
        assertEquals(30204, nobody.call("it/method-names.kh_login").code());
        assertEquals(30204, nobody.call("it/method-names.other").code());
        assertEquals(0, user.call("it/method-names.other").code());
        assertEquals(403, user.call("it/method-names.sys_guarded").code());
        assertEquals(0, admin.call("it/method-names.sys_guarded").code());
    }

    @Test
    void shouldAnswerWithTheStatusThatFitsTheCode() {
        assertEquals(401, callers.get("nobody").call("it/kh/probe.hit").status());
        assertEquals(403, callers.get("user").call("it/sys/probe.hit").status());
        callers.forEach((who, client) -> {
            try (Raw raw = Raw.ask("it/sys/probe", client.headers())) {
                int status = raw.answer().status();
                assertTrue(status == 101 || status == 401 || status == 403, who + " was answered " + status);
            }
        });
    }

    @Test
    void shouldTellAFilterOfOnesOwnWhatTheBuiltInOneEstablished() {
        Client user = callers.get("user");
        JsonObject reached = user.call("it/kh.filtered/kh.probe.hit").ok().json().getJsonObject("reached");
        assertEquals(Client.json("seen", user.uid()), reached);
        reached = Client.anonymous().call("it/pub.filtered/pub.probe.hit").ok().json().getJsonObject("reached");
        assertEquals(Client.json("seen", "null"), reached);
    }

    @Test
    void shouldLetAFilterOfOnesOwnRefuseOnEveryWay() {
        Client banned = callers.get("user").with("vk-device-id", "banned");
        for (String base : List.of("it/pub.filtered/pub.", "it/kh.filtered/kh.")) {
            assertEquals(4711, banned.call(base + "probe.hit").code());
            assertEquals(4711, connection(base + "probe", banned));
            assertEquals(4711, message(base + "door", banned));
        }
    }

    @Test
    void shouldAskAFilterBehindTheBuiltInOneForThoseOnlyWhomThatOneLetPass() {
        Client banned = Client.anonymous().with("vk-device-id", "banned");
        assertEverywhere(30204, "it/kh.filtered/kh.", "banned nobody", banned);
    }

    @Test
    void shouldAskAFilterInFrontOfTheBuiltInOneFirst() {
        Client banned = Client.anonymous().with("vk-device-id", "banned");
        assertEquals(4712, banned.call("it/kh.early/kh.probe.hit").code());
        assertEquals(4712, message("it/kh.early/kh.door", banned));
        assertEverywhere(30204, "it/kh.early/kh.", "nobody", Client.anonymous());
    }

    private static int loginCode(String who) {
        return switch (who) {
            case "nobody", "garbage" -> 30204;
            case "expired" -> 30203;
            case "logged out" -> 30202;
            case "other device" -> 30201;
            case "banned" -> 10001;
            default -> 0;
        };
    }

    private static int permissionCode(String who) {
        return switch (who) {
            case "user", "unfitting", "disabled role" -> 403;
            default -> loginCode(who);
        };
    }

    private static void assertEverywhere(int code, String base, String who, Client client) {
        String what = who + " at " + base;
        assertAll(
                () -> assertEquals(code, client.call(base + "probe.hit").code(), what + " by a call"),
                () -> assertEquals(code, ticket(base + "probe", client), what + " for a ticket"),
                () -> assertEquals(code, connection(base + "probe", client), what + " by a connection"),
                () -> assertEquals(code, message(base + "door", client), what + " by a message"));
    }

    private static int ticket(String path, Client client) {
        return client.post("/connect", Client.json("url", path).toString()).code();
    }

    private static int connection(String path, Client client) {
        try (Raw raw = Raw.ask(path, client.headers())) {
            return raw.answer().isOpen() ? code(raw.object()) : raw.answer().code();
        }
    }

    private static int message(String path, Client client) {
        try (Raw raw = Raw.ask(path, client.headers())) {
            assertEquals(0, code(raw.object()), "the door of " + path + " is not open");
            return code(raw.text("{}").object());
        }
    }

    /** 0 for the frame of an accepted connection and for a message, otherwise that of the event. */
    private static int code(JsonObject frame) {
        JsonObject event = frame.getJsonObject("vkWebSocket");
        return event == null || !event.containsKey("err") ? 0 : event.getJsonObject("err").getInt("code");
    }
}
