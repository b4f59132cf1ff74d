package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks around a method, and the names that no caller reaches. */
class HooksAndNamesIT extends FromOutside {

    private static final Client NOBODY = Client.anonymous();

    private static Reply before(String what) {
        return NOBODY.call("it/pub.before", "before", what);
    }

    /** A failure that a hook answers is one of this server's: it has a requestId like every other. */
    private static void assertFailure(int code, String msg, Reply reply) {
        assertEquals(Client.json("code", code, "msg", msg, "requestId", reply.text("requestId")), reply.json());
        assertFalse(reply.text("requestId").isEmpty());
    }

    @Test
    void shouldRunTheHookOnTheInstanceThatIsCalled() {
        Reply reply = before("nothing").ok();
        assertTrue(reply.text("after").contains("ran=true"), reply.text());
    }

    @Test
    void shouldAnswerATextOfTheHookAsAFailure() {
        assertFailure(-1, "not now", before("text"));
    }

    @Test
    void shouldAnswerFalseOfTheHookAsAFailureWithoutWords() {
        assertFailure(-1, "", before("false"));
    }

    @Test
    void shouldAnswerAnObjectOfTheHookInThePlaceOfTheMethod() {
        assertEquals(Client.json("code", 0, "msg", "", "answer", "before"), before("true").json());
        assertFailure(77, "said before", before("fails"));
    }

    @Test
    void shouldAnswerWhatTheHookThrows() {
        Reply thrown = before("throws");
        assertEquals(78, thrown.code());
        assertEquals("thrown before", thrown.msg());
    }

    @Test
    void shouldLetAfterReplaceAnAnswerOrKeepIt() {
        assertEquals("replaced", NOBODY.call("it/pub.after.replace").ok().text("answer"));
        assertEquals("own", NOBODY.call("it/pub.after.keep").ok().text("answer"));
    }

    @Test
    void shouldShowAfterWhatFailed() {
        assertEquals(79, NOBODY.call("it/pub.after.fail").ok().json().getInt("seen"));
        Reply crashed = NOBODY.call("it/pub.after.crash");
        assertEquals(500, crashed.code());
        assertFalse(crashed.text().contains("secret"), crashed.text());
    }

    @ParameterizedTest
    @CsvSource({
        "it/pub.names._private, 403",
        "it/pub.names._before, 403",
        "it/pub.before._after, 403",
        "it/pub.names.packagePrivate, 404",
        "it/pub.names.inherited, 404",
        "it/pub.names.shared, 404",
        "it/pub.names.unknown, 404",
        "it/pub.names.toString, 404",
        "it/pub.names.getClass, 404",
        "it/pub.names.hashCode, 404",
        "it/pub.names.onWebsocketConnection, 501",
        "it/pub.names.onWebsocketMessage, 501",
        "it/pub.names.onWebsocketDisConnection, 501",
        "it/pub.names.onWebsocketError, 501",
        "it/pub.nothing, 404",
        "nothing.at.all, 404",
        "dev.cloudobjects.users.UserCentre.register, 404",
        "java.lang.Runtime.getRuntime, 404",
        "it//pub.names.main, 404",
        "it/x/../pub.names.main, 404",
        "it/./pub.names.main, 404",
        "it/pub.names.main/, 404",
        "it/pub.names., 404",
        "it/pub.names.main;x=1, 404",
        "it/pub.names.m%61in, 404"
    })
    void shouldNotReachWhatIsNotForCallers(String url, int code) {
        try (Raw raw = Raw.post("/http/router/" + url, Map.of(), "{}")) {
            assertEquals(code, raw.answer().code(), url);
            assertTrue(raw.answer().status() >= 400, url + " answered " + raw.answer());
        }
    }

    /** The container itself refuses these. */
    @ParameterizedTest
    @ValueSource(strings = {"it/pub.names.ma%00in", "it/pub%2Enames.main", "it%2Fpub.names.main", "%2e%2e/http/router/it/pub.names"})
    void shouldNotReachAnythingByAnEscape(String url) {
        try (Raw raw = Raw.post("/http/router/" + url, Map.of(), "{}")) {
            assertTrue(raw.answer().status() >= 400, url + " answered " + raw.answer());
            assertFalse(raw.answer().body().contains("main\""), url);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"it/x/../pub.names", "it//pub.names", "it/pub.names/", "it/pub.unknown", "", "it/pub.data.main"})
    void shouldNotConnectToWhatIsNoObject(String path) {
        try (Raw raw = Raw.ask(path, Map.of())) {
            assertTrue(raw.answer().status() >= 400 && raw.answer().status() < 500, path + " " + raw.answer());
        }
    }

    @Test
    void shouldLeaveOutWhatIsSwitchedOff() {
        assertEquals(404, NOBODY.call("it/pub.absent").code());
        assertEquals(404, NOBODY.refusal("it/pub.absent"));
    }

    @Test
    void shouldDeployWhatIsSwitchedOn() {
        NOBODY.call("it/pub.present").ok();
    }
}
