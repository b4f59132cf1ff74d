package dev.cloudobjects.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.http.LateRefusals;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.time.FakeTimeouts;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final Bench bench = new Bench();
    private final FakeTimeouts delays = new FakeTimeouts();
    private final Map<Session, FakeWire> clients = new LinkedHashMap<>();
    /** How many steps of the drain may pass. */
    private final Semaphore steps = new Semaphore(0);

    private final Drain drain = new Drain() {
        @Override
        void pause() throws InterruptedException {
            steps.acquire();
            bench.run();
            clients.forEach(DrainTest.this::answerClose);
        }
    };

    /** Someone who has the server drained. */
    private final class Caller {
        private final Thread thread = new Thread(this::call);
        private volatile int leftBehind = -1;
        private volatile boolean interrupted;

        Caller() {
            thread.start();
            Awaitility.await().until(() -> isDone() || thread.getState() == Thread.State.WAITING);
        }

        private void call() {
            drain.run();
            interrupted = Thread.currentThread().isInterrupted();
            leftBehind = bench.sessions.count();
        }

        boolean isDone() {
            return leftBehind >= 0;
        }

        int leftBehind() {
            Awaitility.await().until(this::isDone);
            return leftBehind;
        }
    }

    @BeforeEach
    void connect() {
        drain.settings = new Settings(name ->
                name.equals("cloudobjects.drain.window") ? Optional.of("PT0.3S") : Optional.empty());
        drain.sessions = bench.sessions;
        drain.all = bench.all;
        drain.gateway = new Gateway();
        drain.late = new LateRefusals(drain.settings, bench.clock, Runnable::run, new Meters(), delays);
        for (int i = 0; i < 3; i++) {
            FakeWire wire = new FakeWire();
            clients.put(bench.client().accepted(wire), wire);
        }
        bench.run();
    }

    private void answerClose(Session session, FakeWire wire) {
        if (!wire.closes().isEmpty()) {
            bench.sessions.end(session, SessionEnd.byPeer(CloseCode.RESTARTING.value(), ""));
        }
    }

    @Test
    void shouldCloseSomeInEachStep() {
        Caller caller = new Caller();
        assertFalse(bench.sessions.isAccepting());
        for (int left = 2; left >= 0; left--) {
            steps.release();
            int expected = left;
            Awaitility.await().until(() -> bench.sessions.count() == expected);
        }
        assertEquals(0, caller.leftBehind());
    }

    @Test
    void shouldDelayNoAnswerAnyMore() {
        delays.start(() -> {});
        Caller caller = new Caller();
        assertEquals(0, delays.size());
        steps.release(4);
        assertEquals(0, caller.leftBehind());
    }

    @Test
    void shouldTellWithinWhichTimeToComeBackAheadOfTheClose() {
        FakeWire wire = new FakeWire();
        clients.put(bench.client().speaks(Dialect.V1).accepted(wire), wire);
        bench.run();
        Caller caller = new Caller();
        steps.release(4);
        assertEquals(0, caller.leftBehind());
        assertEquals(
                List.of(
                        "{\"type\":\"event\",\"event\":\"reconnect\",\"within\":1004}",
                        "close 1012 the server restarts"),
                wire.log().subList(1, wire.log().size()));
        FakeWire plain = clients.values().iterator().next();
        assertEquals(
                List.of("close 1012 the server restarts"),
                plain.log().subList(1, plain.log().size()),
                "no event that VK's client does not know");
    }

    @Test
    void shouldSpreadMoreClientsOverMoreTime() {
        assertEquals(Duration.ofSeconds(1), Drain.spread(0));
        assertEquals(Duration.ofSeconds(6), Drain.spread(5_000));
        assertEquals(Duration.ofSeconds(30), Drain.spread(29_000));
        assertEquals(Duration.ofSeconds(30), Drain.spread(Integer.MAX_VALUE));
    }

    @Test
    void shouldCloseTheConnectionsOfADeviceTogether() {
        Bench crowd = new Bench();
        List<FakeWire> wires = Stream.generate(FakeWire::new).limit(20).toList();
        for (int i = 0; i < 20; i++) {
            crowd.client().device("d-" + i % 4).accepted(wires.get(i));
        }
        crowd.run();
        crowd.all.restart(1, Duration.ofSeconds(1));
        crowd.run();
        List<Integer> devices = IntStream.range(0, 20)
                .filter(i -> !wires.get(i).closes().isEmpty())
                .mapToObj(i -> i % 4)
                .toList();
        assertEquals(Collections.nCopies(5, devices.get(0)), devices);
    }

    @Test
    void shouldHaveEveryoneWaitForTheSameDrain() {
        Caller first = new Caller();
        Caller second = new Caller();
        assertFalse(first.isDone() || second.isDone());
        steps.release(3);
        assertEquals(0, first.leftBehind());
        assertEquals(0, second.leftBehind());
        assertEquals(0, new Caller().leftBehind(), "one who comes when it is over");
    }

    @Test
    void shouldGoOnWithoutACallerWhoIsInterrupted() {
        Caller first = new Caller();
        steps.release();
        Awaitility.await().until(() -> bench.sessions.count() == 2);
        first.thread.interrupt();
        assertEquals(2, first.leftBehind());
        assertTrue(first.interrupted);
        Caller second = new Caller();
        assertFalse(second.isDone());
        steps.release(2);
        assertEquals(0, second.leftBehind());
    }
}
