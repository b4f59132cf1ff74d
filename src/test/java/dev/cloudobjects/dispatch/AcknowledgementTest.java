package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.filter.Refusal;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.session.SessionState;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A message with an id is answered once, by an ack or by an event that names it; one without is not. */
class AcknowledgementTest {

    private static final JsonObject DENIED =
            Json.createObjectBuilder().add("code", 403).add("msg", "access denied").build();

    private final Stage stage = new Stage();
    private final Bench bench = stage.bench;
    private final Session session = stage.connected(bench.client().speaks(Dialect.V1).user("ann"));
    private final int before = stage.wire.sent().size();

    private static String ack(long id) {
        return "{\"type\":\"ack\",\"id\":" + id + "}";
    }

    private List<String> answers() {
        bench.run();
        return stage.wire.sent().subList(before, stage.wire.sent().size());
    }

    private void send(@Nullable Long id) {
        stage.message(session, id, "hello");
    }

    private void assertOneError(long id, int code) {
        List<String> answers = answers();
        assertEquals(1, answers.size(), answers::toString);
        assertTrue(answers.get(0).contains("\"code\":" + code), answers::toString);
        assertTrue(answers.get(0).endsWith(",\"re\":" + id + "}"), answers::toString);
    }

    @Test
    void shouldComeInTheOrderOfTheMessages() {
        send(3L);
        send(1L);
        send(2L);
        assertEquals(List.of(ack(3), ack(1), ack(2)), answers());
    }

    @Test
    void shouldFollowWhatTheHandlerSends() {
        stage.on(Event.MESSAGE, call -> {
            bench.deliveries.deliver(session, Bench.text("mine"));
            return new Answer.Returned(null);
        });
        send(1L);
        assertEquals(List.of("{\"type\":\"message\",\"data\":\"mine\"}", ack(1)), answers());
    }

    @Test
    void shouldNotComeBeforeTheHandlerReturned() {
        stage.on(Event.MESSAGE, call -> {
            bench.sending.runAll();
            assertEquals(before, stage.wire.sent().size());
            return new Answer.Returned(null);
        });
        send(1L);
        assertEquals(List.of(ack(1)), answers());
    }

    @Test
    void shouldNotComeForAMessageWithoutAnId() {
        send(null);
        assertEquals(List.of(), answers());
        assertEquals(List.of("Message \"hello\" by ann"), stage.handled);
    }

    @Test
    void shouldNotComeForAPlainClient() {
        Stage plain = new Stage();
        Session other = plain.connected(plain.bench.client());
        plain.message(other, 1L, "hello");
        plain.bench.run();
        assertEquals(1, plain.wire.sent().size(), "the connect frame");
    }

    @Test
    void shouldBeAnAckForAnAnswerOfCodeZero() {
        stage.on(Event.MESSAGE, call -> new Answer.Returned(Result.ok("a", 1)));
        send(1L);
        assertEquals(List.of(ack(1)), answers());
    }

    @Test
    void shouldBeAnErrorForAnotherCode() {
        stage.on(Event.MESSAGE, call -> new Answer.Returned(Result.of(-1, "no")));
        send(1L);
        assertOneError(1, -1);
    }

    @Test
    void shouldBeAnErrorForARefusal() {
        stage.on(Event.MESSAGE, call -> new Answer.Refused(new Refusal(DENIED, "sys", "a test")));
        send(1L);
        assertOneError(1, 403);
    }

    @Test
    void shouldBeAnErrorForAFailure() {
        stage.on(Event.MESSAGE, call -> Stage.failed(new IllegalStateException("a bug")));
        send(1L);
        assertOneError(1, 500);
    }

    @Test
    void shouldBeAnErrorForAFaultOfTheServer() {
        stage.users.away = new IllegalStateException("a bug");
        send(1L);
        assertOneError(1, 500);
    }

    @Test
    void shouldBeAnErrorWhileTheUsersCannotBeAsked() {
        stage.users.away = new CloudObjectException(Code.UNAVAILABLE);
        send(1L);
        assertOneError(1, 503);
    }

    @Test
    void shouldBeAnErrorForAMalformedMessage() {
        stage.gateway.malformed(session, Bench.link(session), new MalformedMessage(Code.BAD_REQUEST, "no JSON", 1L));
        assertOneError(1, 400);
    }

    @Test
    void shouldBeAnErrorForEachMessageThatIsOneTooMany() {
        for (long id = 1; id <= 5; id++) {
            send(id);
            bench.sending.runAll();
        }
        List<String> answers = answers();
        assertEquals(5, answers.size(), answers::toString);
        assertTrue(answers.get(0).contains("\"code\":429") && answers.get(0).endsWith(",\"re\":4}"), answers::toString);
        assertTrue(answers.get(1).contains("\"code\":429") && answers.get(1).endsWith(",\"re\":5}"), answers::toString);
        assertEquals(List.of(ack(1), ack(2), ack(3)), answers.subList(2, 5));
    }

    @Test
    void shouldBeAnErrorForAMessageAheadOfTheConnectFrame() {
        Session early = bench.client().speaks(Dialect.V1).open(stage.wire);
        stage.message(early, 1L, "too early");
        List<String> answers = answers();
        assertEquals(1, answers.size(), answers::toString);
        assertTrue(answers.get(0).endsWith("\"close\":true,\"re\":1}"), answers::toString);
    }

    @Test
    void shouldNotComeOnceTheConnectionCloses() {
        stage.on(Event.MESSAGE, call -> {
            bench.sessions.finish(session, null, CloseCode.CLOSED_BY_OBJECT, "bye", true);
            return new Answer.Returned(null);
        });
        send(1L);
        assertEquals(List.of(), answers());
        assertEquals(SessionState.CLOSING, session.state());
    }

    @Test
    void shouldNotComeForAClientThatIsGone() {
        send(1L);
        bench.sessions.end(session, SessionEnd.byPeer(1001, ""));
        assertEquals(List.of(), answers());
        assertEquals("Message \"hello\" by ann", stage.handled.get(0));
    }
}
