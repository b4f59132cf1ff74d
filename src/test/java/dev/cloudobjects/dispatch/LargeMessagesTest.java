package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.reach.PreparedRequest;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.session.Attachment;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.session.SessionState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages that are too large to be read by a thread that reads for others, too. */
class LargeMessagesTest {

    private static final String FILLER = " ".repeat(5000);

    private final Stage stage = new Stage(Bench.roomy(0, 1, 1));

    private static Unread unread(Dialect dialect, String text) {
        return Unread.text(dialect.codec(Bench.JSON), text, text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static Unread v1(String text) {
        return unread(Dialect.V1, text);
    }

    private static String message(long id, String data) {
        return "{\"type\":\"message\",\"id\":" + id + ",\"data\":" + data + '}';
    }

    private static Session connected(Stage stage) {
        return stage.connected(stage.bench.client().speaks(Dialect.V1));
    }

    @Test
    void shouldNotBeReadOnTheThreadThatTheyCameOn() {
        Session session = connected(stage);
        int before = stage.wire.sent().size();
        stage.gateway.received(session, Bench.link(session), v1(message(1, FILLER + "nonsense")));
        stage.bench.sending.runAll();
        assertEquals(before, stage.wire.sent().size());
        stage.bench.run();
        assertTrue(stage.lastSent().contains("\"re\":1"), stage.lastSent());
        assertEquals(1, stage.bench.meters.value(Meter.MESSAGES_MALFORMED));
    }

    @Test
    void shouldBeHandledInTheOrderInWhichTheyCame() {
        Session session = connected(stage);
        stage.gateway.received(session, Bench.link(session), v1(message(1, FILLER + "1")));
        stage.gateway.received(session, Bench.link(session), v1(message(2, "2")));
        stage.gateway.received(session, Bench.link(session), v1(message(3, FILLER + "3")));
        stage.gateway.received(session, Bench.link(session), v1(message(4, "4")));
        stage.bench.run();
        assertEquals(
                List.of("1", "2", "3", "4"),
                stage.handled.stream().map(said -> said.substring("Message ".length()).strip()).toList());
    }

    @Test
    void shouldBeAnsweredThoughTheClientIsAwayWhenTheyAreFoundMalformed() {
        Attachment first = resumable(stage.wire, null);
        Session session = first.session();
        stage.gateway.received(session, Bench.link(session), v1(message(1, FILLER + "nonsense")));
        first.lost(SessionEnd.byPeer(CloseCode.ABNORMAL, ""));
        stage.bench.run();
        assertTrue(session.state().isAway());
        FakeWire back = new FakeWire();
        String secret = stage.wire.sent().get(0).replaceAll(".*\"secret\":\"([^\"]*)\".*", "$1");
        resumable(back, new ClientFrame.Earlier(session.cid(), secret, 0));
        assertTrue(back.sent().get(0).contains("\"received\":1"), back.sent().toString());
        assertTrue(back.sent().get(1).contains("\"re\":1"), back.sent().toString());
    }

    private Attachment resumable(FakeWire wire, ClientFrame.@Nullable Earlier earlier) {
        Attachment attachment = stage.bench.client().speaks(Dialect.V1).attach(wire);
        Session session = attachment.session();
        stage.gateway.received(
                session,
                Bench.link(session),
                new ClientFrame.Connect(Payload.NULL, false, null, new ClientFrame.Resume(earlier), false));
        stage.bench.run();
        return attachment;
    }

    @Test
    void shouldNotWaitForAHandlerThatWaitsForThem() {
        Session session = connected(stage);
        session.requestsAnswered();
        List<Object> got = new ArrayList<>();
        stage.on(Event.MESSAGE, call -> {
            PreparedRequest asked = stage.bench.reach.request(
                    Scope.ofCids(List.of(session.cid())), Payload.NULL, Duration.ofSeconds(30));
            asked.send();
            String answer = "{\"type\":\"response\",\"id\":2,\"re\":1,\"data\":" + FILLER + "1}";
            stage.gateway.received(session, Bench.link(session), v1(answer));
            // The other threads for handlers; this one waits.
            stage.bench.handlers.runAll();
            got.add(asked.answer().join());
            return new Answer.Returned(null);
        });
        stage.message(session, 1L, "x");
        stage.bench.run();
        assertEquals(1, got.size());
    }

    @Test
    void shouldTellByTheirBeginningThatTheyAnswer() {
        assertTrue(v1("{\"type\":\"response\",\"data\":" + FILLER + "1}").isResponse());
        assertTrue(binary("{\"type\":\"response\",\"id\":7,\"re\":1}", 9000).isResponse());
        assertFalse(v1("{\"data\":{\"type\":\"response\"}" + FILLER + "}").isResponse());
        assertFalse(v1(message(1, FILLER + "1")).isResponse());
        assertFalse(v1("").isResponse());
        assertFalse(unread(Dialect.PLAIN, "{\"type\":\"response\"}").isResponse());
        assertFalse(Unread.binary(Dialect.PLAIN.codec(Bench.JSON), new byte[1]).isResponse());
        assertFalse(Unread.binary(Dialect.V1.codec(Bench.JSON), new byte[0]).isResponse());
    }

    @Test
    void shouldNotKeepAPingWaiting() {
        Session session = connected(stage);
        stage.gateway.received(session, Bench.link(session), v1(message(1, FILLER + "1")));
        stage.gateway.received(session, Bench.link(session), v1("{\"type\":\"ping\"}"));
        stage.bench.sending.runAll();
        assertTrue(stage.lastSent().contains("pong"), stage.lastSent());
        assertEquals(List.of(), stage.handled);
    }

    @Test
    void shouldNotBeReadWhenTheyComeTooFast() {
        Stage slow = new Stage(Bench.roomy(1, 1, 2));
        Session session = connected(slow);
        slow.gateway.received(session, Bench.link(session), v1(message(1, FILLER + "1")));
        slow.gateway.received(session, Bench.link(session), v1(message(2, FILLER + "nonsense")));
        slow.bench.run();
        List<String> tooFast = slow.wire.sent().stream().filter(sent -> sent.contains("too fast")).toList();
        assertEquals(1, tooFast.size());
        assertTrue(tooFast.get(0).contains("\"re\":2"), tooFast.get(0));
        assertEquals(0, slow.bench.meters.value(Meter.MESSAGES_MALFORMED));
        assertEquals(1, slow.bench.meters.value(Meter.MESSAGES_OVER_RATE));
        slow.gateway.received(session, Bench.link(session), v1("nonsense"));
        slow.gateway.received(session, Bench.link(session), v1("nonsense"));
        slow.bench.run();
        assertEquals(0, slow.bench.meters.value(Meter.MESSAGES_MALFORMED));
        assertEquals(1, slow.bench.meters.value(Meter.MESSAGES_ABUSE));
    }

    @Test
    void shouldBeReadBehindTheConnectFrameHoweverLargeThatIs() {
        Session session = stage.bench.client().speaks(Dialect.V1).open(stage.wire);
        stage.gateway.received(session, Bench.link(session), v1("{\"type\":\"connect\",\"data\":" + FILLER + "7}"));
        stage.gateway.received(session, Bench.link(session), v1(message(1, "1")));
        stage.gateway.received(session, Bench.link(session), v1(message(2, FILLER + "2")));
        stage.bench.run();
        stage.gateway.received(session, Bench.link(session), v1(message(3, "3")));
        stage.bench.run();
        assertEquals(
                List.of("Connection 7", "Message 1", "Message 2", "Message 3"),
                stage.handled.stream().map(said -> said.replaceAll(" +", " ")).toList());
        assertEquals(SessionState.OPEN, session.state());
    }

    @Test
    void shouldNotConnectASessionThatEndedWhileItsConnectFrameWaited() {
        Session session = stage.bench.client().speaks(Dialect.V1).open(stage.wire);
        stage.gateway.received(session, Bench.link(session), v1("{\"type\":\"connect\",\"data\":" + FILLER + "7}"));
        stage.gateway.received(session, Bench.link(session), v1(message(1, "1")));
        stage.bench.sessions.end(session, SessionEnd.byPeer(1001, ""));
        stage.bench.run();
        assertEquals(List.of(), stage.handled);
        assertEquals(List.of(), stage.wire.log());
        assertEquals(0, stage.bench.meters.value(Meter.MESSAGES_MALFORMED));
    }

    @Test
    void shouldCountWhatComesBehindALargeConnectFrameButNotThatItself() {
        Stage slow = new Stage(Bench.roomy(1, 1, 2));
        Session session = slow.bench.client().speaks(Dialect.V1).open(slow.wire);
        slow.gateway.received(session, Bench.link(session), v1("{\"type\":\"connect\",\"data\":" + FILLER + "7}"));
        slow.gateway.received(session, Bench.link(session), v1(message(1, "1")));
        slow.gateway.received(session, Bench.link(session), v1(message(2, "2")));
        slow.bench.run();
        assertEquals(2, slow.handled.size());
        assertEquals(1, slow.bench.meters.value(Meter.MESSAGES_OVER_RATE));
    }

    @Test
    void shouldCloseWhoeverBeginsWithAnother() {
        Session session = stage.bench.client().speaks(Dialect.V1).open(stage.wire);
        stage.gateway.received(session, Bench.link(session), v1(message(1, FILLER + "1")));
        stage.bench.run();
        assertEquals(List.of(), stage.handled);
        assertTrue(stage.wire.closes().get(0).startsWith("close 1002"), stage.wire.closes().get(0));
    }

    @Test
    void shouldBeDroppedWhenTooManyWait() {
        Session session = connected(stage);
        for (int i = 1; i <= Bench.ROOMY_INBOX + 1; i++) {
            stage.gateway.received(session, Bench.link(session), v1(message(i, FILLER + i)));
        }
        stage.bench.sending.runAll();
        assertTrue(stage.lastSent().contains("too many messages wait"), stage.lastSent());
        assertTrue(stage.lastSent().contains("\"re\":"), stage.lastSent());
    }

    @Test
    void shouldTellTheIdThatTheyBeginOrEndWith() {
        assertEquals(7L, v1(message(7, FILLER + "1")).id());
        String data = "\"data\":\"" + "x".repeat(5000) + '"';
        assertEquals(7L, v1('{' + data + ",\"id\" : 7 }\n").id());
        assertEquals(null, v1("{\"a\":1," + data + ",\"id\":7," + data.replace("data", "more") + '}').id(), "too far inside");
        assertEquals(null, v1("{\"data\":{" + data + ",\"id\":7}}").id(), "not the frame's");
        assertEquals(null, v1(message(0, "1")).id(), "no id");
        assertEquals(7L, binary("{\"type\":\"message\",\"id\":7}", 9000).id());
        assertEquals(7L, binary("{\"type\":\"message\"" + FILLER + ",\"id\":7}", 9000).id());
        assertEquals(null, unread(Dialect.PLAIN, "{\"id\":7}").id());
        assertEquals(null, v1("").id());
    }

    private static Unread binary(String header, int data) {
        byte[] head = header.getBytes(StandardCharsets.UTF_8);
        return Unread.binary(
                Dialect.V1.codec(Bench.JSON),
                ByteBuffer.allocate(3 + head.length + data)
                        .put((byte) 1)
                        .putShort((short) head.length)
                        .put(head)
                        .array());
    }
}
