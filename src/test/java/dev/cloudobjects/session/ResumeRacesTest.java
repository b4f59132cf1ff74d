package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several clients that want one session at once, and a return that races the end of the old socket. */
class ResumeRacesTest {

    private static final int AT_ONCE = 50;
    private static final int ROUNDS = 2000;

    private final Bench bench = Bench.roomy(0, 1, 1);
    private final Inside inside = new Inside(bench);
    private final long seed = Stress.seed();
    private final Random random = new Random(seed);

    /** A socket of a client that can resume. */
    private final class Arrival {
        private final FakeWire wire = new FakeWire();
        private final Attachment attachment;

        Arrival() {
            attachment = bench.client().user("ann").speaks(Dialect.V1).attach(wire);
            bench.attachments.makeResumable(attachment.session());
        }

        Link link() {
            return attachment.link();
        }

        /** Whether the session goes on over this socket. */
        boolean resume(ClientFrame.Earlier earlier) {
            Session fresh = attachment.session();
            return bench.attachments.find(fresh, earlier) instanceof Attachments.Found.Here here
                    && bench.attachments.resume(here.session(), fresh, earlier.received()).isEmpty();
        }

        List<String> frames(String type) {
            return wire.log().stream()
                    .filter(frame -> frame.startsWith("{\"type\":\"" + type + '"'))
                    .toList();
        }

        List<String> messages() {
            return frames("message").stream()
                    .map(frame -> frame.replaceAll(".*\"data\":\"(.*)\"}", "$1"))
                    .toList();
        }
    }

    private static ClientFrame.Earlier earlier(Session session, long received) {
        return new ClientFrame.Earlier(
                session.cid(), Objects.requireNonNull(session.resumption()).secret(), received);
    }

    private Arrival accepted() {
        Arrival first = new Arrival();
        bench.sessions.accept(first.attachment.session());
        bench.run();
        return first;
    }

    private SessionEnd loss() {
        return switch (random.nextInt(4)) {
            case 0 -> SessionEnd.byPeer(CloseCode.ABNORMAL, "");
            case 1 -> SessionEnd.byPeer(CloseCode.REPLACED.value(), "");
            case 2 -> SessionEnd.fault(new IOException("gone"));
            default -> SessionEnd.byServer(CloseCode.HEARTBEAT_MISSED);
        };
    }

    private void end(Session session) {
        bench.sessions.end(session, SessionEnd.byPeer(1000, ""));
        bench.run();
        assertEquals(List.of(), inside.leftovers(), this::at);
    }

    private String at() {
        return "seed " + seed;
    }

    @RepeatedTest(20)
    void shouldGiveASessionToOneOfManyWhoResumeItAtOnce() throws Exception {
        Arrival first = accepted();
        Session session = first.attachment.session();
        ClientFrame.Earlier earlier = earlier(session, 0);
        List<Arrival> arrivals = Stream.generate(Arrival::new).limit(AT_ONCE).toList();
        bench.deliveries.deliver(session, Bench.text("1"));
        bench.deliveries.deliver(session, Bench.text("2"));
        List<Stress.Task> tasks = new ArrayList<>();
        SessionEnd loss = loss();
        arrivals.forEach(arrival -> tasks.add(() -> assertTrue(arrival.resume(earlier), this::at)));
        tasks.add(() -> first.attachment.lost(loss));
        tasks.add(() -> bench.deliveries.deliver(session, Bench.text("3")));
        tasks.add(() -> bench.sending.runAll());
        Stress.race(random, tasks);
        bench.run();

        assertEquals(SessionState.OPEN, session.state(), this::at);
        List<Arrival> holders = arrivals.stream()
                .filter(arrival -> arrival.link().equals(session.link()))
                .toList();
        assertEquals(1, holders.size(), this::at);
        for (Arrival arrival : arrivals) {
            boolean holds = holders.contains(arrival);
            assertEquals(holds, arrival.attachment.isCurrent(), this::at);
            assertEquals(holds ? List.of() : List.of("close 4502 the session goes on over another socket"), arrival.wire.closes());
        }
        assertEquals(List.of("1", "2", "3"), holders.get(0).messages(), this::at);
        assertEquals(AT_ONCE, bench.meters.value(Meter.SESSIONS_RESUMED), this::at);
        assertEquals(List.of(), bench.ended, this::at);
        assertEquals(List.of(), inside.contradictions(), this::at);
        end(session);
    }

    @Test
    void shouldLoseNothingWhereAReturnRacesTheLateCloseOfTheOldSocket() throws Exception {
        Arrival current = accepted();
        Session session = current.attachment.session();
        for (int round = 1; round <= ROUNDS; round++) {
            Arrival before = current;
            Arrival next = new Arrival();
            ClientFrame.Earlier earlier = earlier(session, round - 1L);
            String message = String.valueOf(round);
            SessionEnd loss = loss();
            Stress.race(random, List.of(
                    () -> before.attachment.lost(loss),
                    () -> assertTrue(next.resume(earlier), this::at),
                    () -> bench.deliveries.deliver(session, Bench.text(message))));
            bench.run();
            assertEquals(SessionState.OPEN, session.state(), this::at);
            assertEquals(next.link(), session.link(), this::at);
            assertEquals(1, next.frames("connected").size(), this::at);
            assertEquals(List.of(message), next.messages(), this::at);
            assertEquals(List.of(), inside.contradictions(), this::at);
            current = next;
        }
        assertEquals(List.of(), bench.ended, this::at);
        end(session);
    }

    @Test
    void shouldBeAwayAgainWhereTheNewSocketIsLostAtOnce() throws Exception {
        Arrival first = accepted();
        Session session = first.attachment.session();
        first.attachment.lost(SessionEnd.byPeer(CloseCode.ABNORMAL, ""));
        for (int round = 1; round <= ROUNDS; round++) {
            Arrival next = new Arrival();
            ClientFrame.Earlier earlier = earlier(session, 0);
            SessionEnd loss = loss();
            Stress.race(random, List.of(() -> next.attachment.lost(loss), () -> next.resume(earlier)));
            bench.run();
            assertEquals(SessionState.AWAY, session.state(), this::at);
            assertEquals(1, inside.tracked().size(), this::at);
            assertEquals(List.of(), inside.contradictions(), this::at);
        }
        assertEquals(List.of(), bench.ended, this::at);
        end(session);
    }

    /** What ends the session on the old socket comes first, or does nothing. */
    @ParameterizedTest
    @EnumSource
    void shouldEndOrGoOnWhereAReturnRacesTheEndOfTheSession(Ending ending) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            Arrival first = accepted();
            Session session = first.attachment.session();
            Arrival next = new Arrival();
            ClientFrame.Earlier earlier = earlier(session, 0);
            boolean[] resumed = new boolean[1];
            Stress.race(
                    random,
                    List.of(() -> ending.of(first.attachment), () -> resumed[0] = next.resume(earlier)));
            bench.run();
            if (resumed[0]) {
                assertEquals(SessionState.OPEN, session.state(), this::at);
                assertEquals(next.link(), session.link(), this::at);
                assertEquals(List.of(), bench.ended, this::at);
                bench.sessions.end(session, SessionEnd.byPeer(1000, ""));
            } else {
                assertEquals(SessionState.CLOSED, session.state(), this::at);
                // It begins anew.
                assertEquals(SessionState.CONNECTING, next.attachment.session().state(), this::at);
                bench.sessions.end(next.attachment.session(), SessionEnd.byPeer(1000, ""));
            }
            bench.run();
            assertEquals(1, bench.ended.size(), this::at);
            bench.ended.clear();
            assertEquals(List.of(), inside.leftovers(), this::at);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotGoOnOverASocketThatEndsAtOnce(Ending ending) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            Arrival first = accepted();
            Session session = first.attachment.session();
            first.attachment.lost(SessionEnd.byPeer(CloseCode.ABNORMAL, ""));
            Arrival next = new Arrival();
            ClientFrame.Earlier earlier = earlier(session, 0);
            Stress.race(random, List.of(() -> ending.of(next.attachment), () -> next.resume(earlier)));
            bench.run();
            // It was resumed before, and ended with the socket, or is still away.
            assertTrue(session.state().isClosed() || session.state().isAway(), this::at);
            assertEquals(session.state().isClosed() ? 1 : 0, bench.ended.size(), this::at);
            bench.ended.clear();
            end(session);
            bench.ended.clear();
        }
    }

    /** What ends a session by what happens on its socket. */
    enum Ending {
        BY_THE_CLIENT {
            @Override
            void of(Attachment attachment) {
                attachment.lost(SessionEnd.byPeer(1000, ""));
            }
        },
        BY_THE_SERVER {
            @Override
            void of(Attachment attachment) {
                attachment.end(SessionEnd.byServer(CloseCode.UNSUPPORTED_DATA));
            }
        },
        AT_A_LIMIT {
            @Override
            void of(Attachment attachment) {
                attachment.exceeded(CloseCode.TOO_LARGE, "too large", Meter.MESSAGES_TOO_LARGE);
            }
        };

        abstract void of(Attachment attachment);
    }
}
