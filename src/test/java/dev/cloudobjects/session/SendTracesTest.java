package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Selector;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.log.TraceLines;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import dev.cloudobjects.trace.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a trace says of the way of a message: whoever asks why it did not arrive finds the place where it ended. */
class SendTracesTest {

    private final Bench bench = new Bench();
    private final TraceLines lines = new TraceLines();
    @AfterEach
    void stop() {
        lines.close();
    }

    private void trace(boolean data) {
        bench.traces.begin(new Trace.Subject(null, "ann"), Duration.ofMinutes(1), data);
    }

    private void send(UnaryOperator<Selector> to, Object data) {
        send(to, data, false);
        bench.run();
    }

    private void send(UnaryOperator<Selector> to, Object data, boolean encryptedOnly) {
        Target target = Target.of(to);
        Set<String> paths = target.paths();
        bench.reach.send(
                new Scope(target, paths == null ? Set.of(Bench.PATH) : paths),
                new Message(Bench.JSON.payload(data), encryptedOnly, Sender.SERVER));
    }

    /** The lines since the last question, without the names of the trace and the connection. */
    private List<String> said(Session connection) {
        List<String> all = lines.lines().stream()
                .map(line -> line.replaceFirst(": trace t1: ", " ").replace("connection " + connection.cid(), "it"))
                .map(line -> line.substring("COBJ".length()))
                .toList();
        lines.lines().clear();
        return all;
    }

    @Test
    void shouldTellTheWayOfAMessage() {
        trace(false);
        Session ann = bench.client().user("ann").device("d").open();
        assertEquals(
                List.of(
                        "7001I: trace t1 of \"user=ann\" started, for PT1M",
                        "7004I it opened: path=\"chat/room\" channel=\"default\" user=\"ann\" device=\"d\" address=\"192.0.2.1\""),
                said(ann));
        bench.sessions.accept(ann);
        bench.run();
        assertEquals(List.of("7005I it accepted", "7014I it: written up to message 1"), said(ann));
        send(to -> to.user("ann"), "hello");
        assertEquals(
                List.of(
                        "7012I it: message 2 queued, 7 bytes, behind 0 others: \"data -\"",
                        "7010I \"server\" sends to \"user=ann path=chat/room\": matched 1, queued 1, dropped 0, unreachable 0",
                        "7014I it: written up to message 2"),
                said(ann));
        bench.sessions.finish(ann, null, CloseCode.CLOSED_BY_OBJECT, "enough", true);
        bench.run();
        bench.sessions.end(ann, SessionEnd.byPeer(1000, ""));
        assertEquals(
                List.of(
                        "7016I it is being closed: 4000 \"enough\", queued messages \"are sent first\"",
                        "7017I it closed by the \"client\": 4000 \"enough\""),
                said(ann));
    }

    @Test
    void shouldShowDataThatAreAskedFor() {
        trace(true);
        Session ann = bench.client().user("ann").accepted();
        bench.run();
        said(ann);
        send(to -> to.user("ann"), Map.of("token", "secret"));
        assertEquals(
                "7012I it: message 2 queued, 18 bytes, behind 0 others: \"data {\\\"token\\\":\\\"…\\\"}\"",
                said(ann).get(0));
    }

    @Test
    void shouldTellWhoWasPassedOver() {
        trace(false);
        Session ann = bench.client().user("ann").accepted();
        bench.client().user("bob").accepted();
        bench.sessions.join(ann, List.of("red"));
        bench.run();
        said(ann);
        send(to -> to.group("blue"), "hello");
        assertEquals(
                List.of(
                        "7010I \"server\" sends to \"group=blue path=chat/room\": matched 0, queued 0, dropped 0, unreachable 0",
                        "7011I it does not match: channel=\"default\" groups=\"[red]\" device=- appid=-"),
                said(ann));
        send(to -> to.user("bob"), "hello");
        send(to -> to.path("other").group("blue"), "hello");
        assertEquals(List.of(), said(ann));
    }

    @Test
    void shouldTellThatNobodyIsThere() {
        trace(false);
        Session bob = bench.client().user("bob").accepted();
        bench.run();
        said(bob);
        send(to -> to.user("ann"), "hello");
        assertEquals(
                List.of("7010I \"server\" sends to \"user=ann path=chat/room\": matched 0, queued 0, dropped 0, unreachable 0"),
                said(bob));
    }

    @Test
    void shouldTellWhatWasDropped() {
        trace(false);
        FakeWire wire = new FakeWire().hold();
        Session ann = bench.client().user("ann").accepted(wire);
        bench.run();
        said(ann);
        send(to -> to.user("ann"), "secret", true);
        assertEquals("7013I it: message of 0 bytes not queued: \"it has no encrypted channel, and the message asks for one\"", said(ann).get(0));
        for (int i = 0; i < 5; i++) {
            send(to -> to.user("ann"), "hello");
        }
        List<String> said = said(ann);
        assertTrue(said.contains("7012I it: message 5 queued, 7 bytes, behind 3 others: \"data -\""), said.toString());
        assertTrue(
                said.contains("7013I it: message of 7 bytes not queued: \"its queue is full, with 4 messages; it is closed for that\""),
                said.toString());
        assertTrue(said.contains("7017I it closed by the \"server\": 1013 \"it is too far behind with reading\""), said.toString());
    }

    @Test
    void shouldTellWhatCouldNotBeWritten() {
        trace(false);
        FakeWire wire = new FakeWire();
        Session ann = bench.client().user("ann").accepted(wire);
        bench.run();
        said(ann);
        wire.failWith(new IllegalStateException("broken pipe"));
        send(to -> to.user("ann"), "hello");
        List<String> said = said(ann);
        assertTrue(
                said.contains("7015I it: write failed: \"java.lang.IllegalStateException: broken pipe\""), said.toString());
    }

    @Test
    void shouldFollowThoseWhoAreThereAlreadyAndLetThemGo() {
        Session ann = bench.client().user("ann").accepted();
        bench.run();
        assertNull(ann.trace());
        trace(false);
        said(ann);
        send(to -> to.user("ann"), "hello");
        assertEquals(3, said(ann).size());
        bench.traces.end("t1");
        assertNull(ann.trace());
        said(ann);
        send(to -> to.user("ann"), "hello");
        assertEquals(List.of(), said(ann));
    }
}
