package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client whose socket stalls, is lost and comes back in an order of chance, while it is sent messages with every policy. */
class PolicyModelTest {

    private static final int RUNS = 2000;
    private static final int STEPS = 60;
    private static final List<SendOption.Policy> POLICIES = List.of(
            SendOption.newestOf("a"),
            SendOption.newestOf("b"),
            SendOption.dropOldest(),
            SendOption.atMost(2, "a"),
            SendOption.atMost(4, "b"));

    @Test
    void shouldGiveTheClientWhatThePoliciesSayOverLossAndReturn() {
        play(false);
    }

    @Test
    void shouldGiveTheClientTheSameBeforeACloseInGoodOrder() {
        play(true);
    }

    private static void play(boolean closes) {
        int resumed = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Run run = new Run(seed, closes);
            try {
                run.play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + String.join(", ", run.notes), e);
            }
            resumed += run.resumed;
        }
        // Else it proves nothing.
        assertTrue(resumed > RUNS, resumed + " returns");
    }

    /** One run. */
    private static final class Run {
        private final Random random;
        /** Whether the server closes the session at the end, with whatever is held back. */
        private final boolean closes;

        private final Bench bench = Bench.roomy(0, 1, 1);
        private final List<String> notes = new ArrayList<>();
        /** What was sent, in its order, and with which policy; the key is the text. */
        private final Map<String, SendOption.@Nullable Policy> sent = new HashMap<>();
        private final Map<SendOption.Policy, Integer> last = new HashMap<>();
        private final Set<String> plain = new HashSet<>();
        private final Peer peer = new Peer(bench);
        private int number;
        private int replaced;
        private int stalled;
        private int resumed;
        private boolean over;

        Run(int seed, boolean closes) {
            random = new Random(seed);
            this.closes = closes;
        }

        void play() {
            for (int step = 0; step < STEPS && !over; step++) {
                step(random.nextInt(12));
                assertTrue(peer.received() <= peer.sent() || over, "the client has more than was sent");
            }
            if (!over) {
                end();
            }
        }

        private void step(int what) {
            boolean away = peer.session().state().isAway();
            switch (what) {
                case 0 -> send(null);
                case 1, 2, 3, 4 -> send(POLICIES.get(random.nextInt(POLICIES.size())));
                case 5 -> note("run", bench::run);
                case 6 -> {
                    if (!away && stalled == 0) {
                        note("stall", peer::stall);
                        stalled = 1;
                    }
                }
                case 7 -> answer();
                case 8 -> {
                    if (!away) {
                        boolean reads = random.nextBoolean();
                        note("lose " + reads, () -> peer.lose(reads));
                    }
                }
                case 9, 10 -> {
                    if (away) {
                        back();
                    } else {
                        note("confirm", () -> assertTrue(peer.confirm()));
                    }
                }
                default -> note("pass", () -> {
                    bench.clock.advance(Duration.ofMillis(250));
                    bench.timeouts.run();
                });
            }
        }

        private void note(String what, Runnable step) {
            notes.add(what);
            step.run();
        }

        private void answer() {
            if (stalled == 1 && !peer.session().state().isAway() && peer.wire().isUnanswered()) {
                note("answer", peer::answer);
            }
        }

        private void send(SendOption.@Nullable Policy policy) {
            String text = String.valueOf(++number);
            notes.add("send " + text + " " + policy);
            SendResult result = bench.reach.send(
                    Scope.ofCids(List.of(peer.session().cid())),
                    new Message(Bench.JSON.payload(text), false, policy, Sender.SERVER));
            replaced += result.replaced();
            if (result.queued() == 1) {
                sent.put(text, policy);
                if (policy == null) {
                    plain.add(text);
                } else {
                    last.put(policy, number);
                }
            } else {
                assertTrue(policy instanceof SendOption.DropOldest, "message " + text + " was not queued");
            }
        }

        private void back() {
            notes.add("back");
            stalled = 0;
            if (peer.back()) {
                resumed++;
            } else {
                // More was kept than may be: messages without policy, or of different keys.
                over = true;
            }
        }

        /** All arrives that has to. */
        private void end() {
            notes.add("end");
            if (peer.session().state().isAway()) {
                back();
            }
            if (over) {
                return;
            }
            if (closes) {
                bench.reach.close(Scope.ofCids(List.of(peer.session().cid())));
                readAll();
                assertEquals("close 4000 closed by the cloud object", lastFrame());
                assertTrue(peer.confirm(), "both sides count the same");
                bench.sessions.end(peer.session(), SessionEnd.byPeer(4000, ""));
                assertEquals(0, bench.factory.keptBytes());
            } else {
                for (int i = 0; i < 20; i++) {
                    bench.clock.advance(Duration.ofMillis(250));
                    readAll();
                    bench.timeouts.run();
                }
                readAll();
                assertEquals(peer.received(), peer.sent(), "both sides count the same");
            }
            check();
        }

        private void readAll() {
            bench.run();
            while (stalled == 1 && peer.wire().isUnanswered()) {
                peer.answer();
                bench.run();
            }
            peer.read();
        }

        private String lastFrame() {
            List<String> log = peer.wire().log();
            return log.get(log.size() - 1);
        }

        private void check() {
            List<Integer> got = peer.read().stream().map(Integer::valueOf).toList();
            assertEquals(got.size(), new HashSet<>(got).size(), "nothing comes twice");
            // What was held back, and replaced an older one as it left, is counted by the meters only.
            long counted = bench.meters.value(Meter.DELIVERIES_REPLACED) + bench.meters.value(Meter.DELIVERIES_DROPPED);
            assertEquals(number - counted, got.size(), "what was neither replaced nor dropped has come");
            assertTrue(replaced <= counted, "results count what was replaced");
            Map<Object, Integer> before = new HashMap<>();
            for (int one : got) {
                SendOption.Policy policy = sent.get(String.valueOf(one));
                Integer earlier = before.put(policy == null ? "plain" : policy, one);
                assertTrue(earlier == null || earlier < one, one + " of " + policy + " comes behind " + earlier);
            }
            assertTrue(got.containsAll(plain.stream().map(Integer::valueOf).toList()), "what has no policy comes");
            last.forEach((policy, newest) -> assertEquals(newest, before.get(policy), "the last of " + policy));
            assertEquals(0, bench.budget.used());
        }
    }
}
