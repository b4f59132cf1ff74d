package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.limit.QueueBudget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final QueueBudget budget = new QueueBudget(5000);
    private final Inbox inbox = new Inbox(executor, 3, 1000, budget);
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());

    private boolean offer(String name) {
        return inbox.offer(() -> handled.add(name), 1);
    }

    @Nested
    class Together {

        private final Inbox other = new Inbox(executor, 100, 100_000, budget);

        @Test
        void shouldCountWhatWaitsInAllInboxes() {
            assertTrue(other.offer(() -> handled.add("large"), 4900));
            assertTrue(offer("a"));
            assertFalse(inbox.offer(() -> handled.add("too much"), 200));
            assertEquals(4901, budget.used());
            executor.runAll();
            assertEquals(List.of("large", "a"), handled);
            assertEquals(0, budget.used());
            assertTrue(inbox.offer(() -> handled.add("b"), 200));
        }

        @Test
        void shouldCountWhatIsIncomplete() {
            assertTrue(other.holds(3000));
            assertTrue(other.holds(4000));
            assertFalse(inbox.holds(1001));
            assertTrue(inbox.holds(1000));
            assertEquals(5000, budget.used());
            assertTrue(other.holds(0));
            assertEquals(1000, budget.used());
        }

        @Test
        void shouldGiveBackWhatItHoldsWhenItIsShut() {
            other.holds(3000);
            other.offer(() -> handled.add("dropped"), 1000);
            other.shut(false);
            assertEquals(0, budget.used());
            assertTrue(other.holds(100));
            assertEquals(0, budget.used(), "it came late");
        }

        @Test
        void shouldKeepCountingWhatIsStillHandled() {
            other.offer(() -> handled.add("kept"), 1000);
            other.shut(true);
            assertEquals(1000, budget.used());
            executor.runAll();
            assertEquals(0, budget.used());
        }
    }

    @Nested
    class Order {

        @Test
        void shouldHandleInTheOrderOfArrival() {
            offer("a");
            offer("b");
            inbox.add(() -> handled.add("c"));
            executor.runAll();
            assertEquals(List.of("a", "b", "c"), handled);
        }

        @Test
        void shouldUseOneTaskForARunOfMessages() {
            offer("a");
            offer("b");
            assertEquals(1, executor.waiting());
            executor.runAll();
            offer("c");
            assertEquals(1, executor.waiting());
        }

        @Test
        void shouldGiveTheThreadBackAfterALongRun() {
            IntStream.range(0, 100).forEach(i -> inbox.add(() -> handled.add("m" + i)));
            assertTrue(executor.runNext());
            assertEquals(64, handled.size());
            executor.runAll();
            assertEquals(100, handled.size());
        }

        @Test
        void shouldHearWhatAHandlerAdds() {
            inbox.add(() -> offer("later"));
            executor.runAll();
            assertEquals(List.of("later"), handled);
        }
    }

    @Nested
    class Bound {

        @Test
        void shouldTakeNoMoreBytesThanAllowed() {
            assertTrue(inbox.offer(() -> handled.add("a"), 600));
            assertFalse(inbox.offer(() -> handled.add("b"), 401));
            assertTrue(inbox.offer(() -> handled.add("c"), 400));
            executor.runAll();
            assertTrue(inbox.offer(() -> handled.add("d"), 1000));
            executor.runAll();
            assertEquals(List.of("a", "c", "d"), handled);
        }

        @Test
        void shouldTakeALargeMessageWhenNothingElseWaits() {
            assertTrue(inbox.offer(() -> handled.add("large"), 5000));
            assertFalse(inbox.offer(() -> handled.add("small"), 1));
            executor.runAll();
            assertEquals(List.of("large"), handled);
        }

        @Test
        void shouldTakeExactlyAsManyMessagesAsAllowed() {
            assertTrue(offer("a") && offer("b") && offer("c"));
            assertFalse(offer("d"));
            executor.runAll();
            assertEquals(List.of("a", "b", "c"), handled);
        }

        @Test
        void shouldTakeAStepBeyondTheBound() {
            offer("a");
            offer("b");
            offer("c");
            inbox.add(() -> handled.add("end"));
            executor.runAll();
            assertEquals(List.of("a", "b", "c", "end"), handled);
        }

        @RepeatedTest(20)
        void shouldHoldUnderManyThreads() throws Exception {
            AtomicInteger taken = new AtomicInteger();
            Stress.race(new Random(), Collections.nCopies(8, () -> {
                if (offer("m")) {
                    taken.incrementAndGet();
                }
            }));
            assertEquals(3, taken.get());
        }
    }

    @Nested
    class Failing {

        @Test
        void shouldGoOnBehindAHandlerThatThrows() {
            inbox.add(() -> {
                throw new IllegalStateException("a test");
            });
            inbox.add(() -> {
                throw new StackOverflowError();
            });
            offer("c");
            executor.runAll();
            offer("d");
            executor.runAll();
            assertEquals(List.of("c", "d"), handled);
        }

        @Test
        void shouldTryAgainWithTheEndWhenATaskCouldNotBeMade() {
            executor.refuse(true);
            assertThrows(RejectedExecutionException.class, () -> offer("a"));
            executor.refuse(false);
            inbox.shut(true);
            inbox.add(() -> handled.add("end"));
            executor.runAll();
            assertEquals(List.of("a", "end"), handled);
            assertEquals(0, budget.used());
        }
    }

    @Nested
    class SessionEnd {

        @Test
        void shouldDropWhatWaits() {
            offer("a");
            inbox.shut(false);
            inbox.add(() -> handled.add("end"));
            executor.runAll();
            assertEquals(List.of("end"), handled);
        }

        @Test
        void shouldKeepWhatWaits() {
            offer("a");
            inbox.shut(true);
            inbox.add(() -> handled.add("end"));
            executor.runAll();
            assertEquals(List.of("a", "end"), handled);
        }

        @Test
        void shouldDropMessagesThatComeLater() {
            inbox.shut(true);
            assertTrue(offer("late"), "it is not that too many wait");
            inbox.add(() -> handled.add("end"));
            executor.runAll();
            assertEquals(List.of("end"), handled);
        }
    }

    @Nested
    class Abandoning {

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final Inbox threaded = new Inbox(threads, 1000, 1000, budget);

        @Test
        void shouldGoOnWithTheNextOnAnotherThread() throws Exception {
            CountDownLatch hangs = new CountDownLatch(1);
            CountDownLatch goes = new CountDownLatch(1);
            CountDownLatch next = new CountDownLatch(1);
            CountDownLatch returned = new CountDownLatch(1);
            List<Thread> seen = Collections.synchronizedList(new ArrayList<>());
            threaded.add(() -> {
                seen.add(Thread.currentThread());
                hangs.countDown();
                Stress.await(goes);
                returned.countDown();
            });
            Stress.await(hangs);
            threaded.add(() -> {
                seen.add(Thread.currentThread());
                next.countDown();
            });
            threaded.abandon(threaded.handling());
            Stress.await(next);
            goes.countDown();
            Stress.await(returned);
            CountDownLatch third = new CountDownLatch(1);
            threaded.add(() -> {
                seen.add(Thread.currentThread());
                third.countDown();
            });
            Stress.await(third);
            threads.shutdown();
            assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
            assertEquals(3, seen.size());
            assertFalse(seen.get(0) == seen.get(1), "the lost thread runs on");
        }

        @Test
        void shouldNotDisturbTheHandlerBehindOneThatReturned() {
            long[] first = new long[1];
            inbox.add(() -> first[0] = inbox.handling());
            inbox.add(() -> {
                inbox.abandon(first[0]);
                assertEquals(0, executor.waiting());
            });
            executor.runAll();
            inbox.abandon(first[0]);
            assertEquals(0, executor.waiting());
        }
    }

    @RepeatedTest(20)
    void shouldRunOneAtATimeAndLoseNothingUnderManyThreads() throws Exception {
        long seed = Stress.seed();
        Random random = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Inbox all = new Inbox(threads, Integer.MAX_VALUE, Integer.MAX_VALUE, new QueueBudget(Long.MAX_VALUE));
        int senders = 4;
        int each = 300;
        List<int[]> order = new ArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(senders * each);
        List<Stress.Task> tasks = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            int sender = s;
            tasks.add(() -> {
                for (int i = 0; i < each; i++) {
                    int number = i;
                    all.offer(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        // Not synchronised: one at a time also means that each sees what the one before did.
                        order.add(new int[] {sender, number});
                        inside.decrementAndGet();
                        done.countDown();
                    }, 1);
                }
            });
        }
        Stress.race(random, tasks);
        assertTrue(done.await(20, TimeUnit.SECONDS), () -> "seed " + seed + ": " + done.getCount() + " lost");
        threads.shutdown();
        assertEquals(1, most.get(), () -> "seed " + seed);
        int[] next = new int[senders];
        for (int[] entry : order) {
            assertEquals(next[entry[0]]++, entry[1], () -> "seed " + seed + ": out of order");
        }
    }
}
