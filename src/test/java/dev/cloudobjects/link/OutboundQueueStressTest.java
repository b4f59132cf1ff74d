package dev.cloudobjects.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.session.Stress;
import dev.cloudobjects.time.NanoClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** Many senders, and a socket that misbehaves in every way that was seen of one. */
class OutboundQueueStressTest {

    private static final int SENDERS = 4;
    private static final int EACH = 200;

    private static ExecutorService callbacks;
    private static ExecutorService executor;

    @BeforeAll
    static void start() {
        callbacks = Executors.newFixedThreadPool(3);
        executor = Executors.newFixedThreadPool(3);
    }

    @AfterAll
    static void stop() {
        callbacks.shutdownNow();
        executor.shutdownNow();
    }

    /** How a socket behaves: the chances of each misbehaviour in a thousand writes. */
    private record Manners(int never, int twice, int thrown, int failed) {}

    private static final class WildWire implements Wire {
        private final SplittableRandom random;
        private final Manners manners;
        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicBoolean stalled = new AtomicBoolean();
        private final AtomicInteger failures = new AtomicInteger();
        private final List<String> written = Collections.synchronizedList(new ArrayList<>());
        private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean shut;
        private final AtomicInteger afterShut = new AtomicInteger();

        WildWire(SplittableRandom random, Manners manners) {
            this.random = random;
            this.manners = manners;
        }

        @Override
        public void send(Encoded message, Done done) {
            if (shut) {
                afterShut.incrementAndGet();
            }
            begin();
            int dice = random.nextInt(1000);
            written.add(((Encoded.Text) message).text());
            if ((dice -= manners.never) < 0) {
                stalled.set(true);
                return;
            }
            if ((dice -= manners.thrown) < 0) {
                failures.incrementAndGet();
                busy.set(false);
                throw new IllegalStateException("write not allowed");
            }
            boolean twice = (dice -= manners.twice) < 0;
            IOException failure = !twice && dice - manners.failed < 0 ? new IOException("gone") : null;
            if (failure != null) {
                failures.incrementAndGet();
            }
            if (random.nextInt(4) == 0) {
                end(done, failure, twice);
            } else {
                callbacks.execute(() -> end(done, failure, twice));
            }
        }

        private void begin() {
            if (!busy.compareAndSet(false, true)) {
                problems.add("two writes at once");
            }
        }

        private void end(Done done, Throwable failure, boolean twice) {
            busy.set(false);
            done.ended(failure);
            if (twice) {
                done.ended(new IOException("again"));
            }
        }

        @Override
        public void ping() {
            begin();
            busy.set(false);
        }

        @Override
        public void close(int code, String reason) {
            throw new AssertionError("an queue closes nothing");
        }
    }

    @RepeatedTest(30)
    void shouldKeepOrderOnASocketThatAnswersTwice() throws Exception {
        run(new Manners(0, 300, 0, 0), false, Stress.seed());
    }

    @RepeatedTest(30)
    void shouldStopAtTheFirstFailure() throws Exception {
        run(new Manners(0, 100, 2, 2), false, Stress.seed());
    }

    @RepeatedTest(30)
    void shouldGiveEverythingBackWhenShutOnASocketThatNeverAnswers() throws Exception {
        run(new Manners(5, 100, 0, 0), true, Stress.seed());
    }

    @RepeatedTest(30)
    void shouldStopWhenShutAtAnyMoment() throws Exception {
        run(new Manners(0, 100, 0, 0), true, Stress.seed());
    }

    private void run(Manners manners, boolean shut, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        WildWire wire = new WildWire(random.split(), manners);
        QueueBudget budget = new QueueBudget(1_000_000);
        AtomicInteger faults = new AtomicInteger();
        PendingMessages pending =
                new PendingMessages(OutboundQueueTest.limits(SENDERS * EACH * 2, 1_000_000), budget);
        OutboundQueue queue =
                new OutboundQueue(wire, new SocketExecutors(executor, executor, 100), NanoClock.system(), pending);
        queue.carry(new Carried() {
            @Override
            public boolean mayBeWritten() {
                return true;
            }

            @Override
            public void written(long last) {}

            @Override
            public void failed(Throwable why) {
                faults.incrementAndGet();
            }
        });
        List<Stress.Task> tasks = new ArrayList<>();
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            SplittableRandom own = random.split();
            tasks.add(() -> {
                for (int i = 0; i < EACH; i++) {
                    queue.offer(new Encoded.Text(sender + ":" + i), null);
                    if (own.nextInt(50) == 0) {
                        queue.ping();
                        Thread.yield();
                    }
                }
            });
        }
        tasks.add(() -> queue.release(new Encoded.Text("connected")));
        if (shut) {
            int patience = random.nextInt(20_000);
            tasks.add(() -> {
                for (int i = 0; i < patience; i++) {
                    Thread.onSpinWait();
                }
                queue.shut();
                wire.shut = true;
            });
        }
        Stress.race(random, tasks);
        awaitQuiet(queue, wire, faults, seed);
        String at = "seed " + seed;
        assertEquals(List.of(), wire.problems, at);
        assertEquals(wire.failures.get(), faults.get(), at);
        assertTrue(wire.failures.get() <= 1, at + ": it wrote on after a failure");
        assertTrue(wire.afterShut.get() <= 1, at + ": it wrote on after it was shut");
        assertOrder(wire.written, at);
        if (!shut && wire.failures.get() == 0) {
            assertEquals(SENDERS * EACH + 1, wire.written.size(), at + ": messages were lost");
        }
        queue.shut();
        assertEquals(0, budget.used(), at);
    }

    /** Waits for the queue to come to rest and to have told of each failure, which it does after it has stopped. */
    private static void awaitQuiet(OutboundQueue queue, WildWire wire, AtomicInteger faults, long seed) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isQuiet(queue, wire) || faults.get() < wire.failures.get()) {
            assertTrue(System.nanoTime() < end, "seed " + seed + ": a wakeup or the word of a failure was lost");
            Thread.onSpinWait();
        }
    }

    private static boolean isQuiet(OutboundQueue queue, WildWire wire) {
        return queue.isIdle() || wire.stalled.get() || (wire.shut && !wire.busy.get());
    }

    private static void assertOrder(List<String> written, String at) {
        int[] next = new int[SENDERS];
        for (int i = 0; i < written.size(); i++) {
            String text = written.get(i);
            if (i == 0) {
                assertEquals("connected", text, at);
                continue;
            }
            int sender = Integer.parseInt(text.substring(0, text.indexOf(':')));
            assertEquals(next[sender]++, Integer.parseInt(text.substring(text.indexOf(':') + 1)), at + ": order of " + sender);
        }
    }
}
