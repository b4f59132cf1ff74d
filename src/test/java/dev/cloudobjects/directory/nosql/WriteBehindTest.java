package dev.cloudobjects.directory.nosql;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.directory.ConnectionRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WriteBehindTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** A table whose writes are noted, and which a test can hold or make fail. */
    private static final class HeldTable implements WriteBehind.Table {
        private final List<String> written = new CopyOnWriteArrayList<>();
        private final SynchronousQueue<Boolean> permits = new SynchronousQueue<>();
        private final Semaphore entered = new Semaphore(0);

        @Override
        public void write(List<String> removed, List<ConnectionRow> added) {
            try {
                entered.release();
                boolean good = permits.take();
                written.add((good ? "" : "failed ") + "-" + removed + "+"
                        + added.stream().map(row -> row.cid() + row.nodeEpoch()).toList());
                if (!good) {
                    throw new IllegalStateException("away");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void permit(boolean good) throws InterruptedException {
            assertTrue(permits.offer(good, 20, SECONDS), "nothing is written");
        }
    }

    @Nested
    class Batches {
        private final HeldTable table = new HeldTable();
        private final WriteBehind rows = new WriteBehind(table, Thread::new);

        @AfterEach
        void close() {
            rows.close();
        }

        @Test
        void shouldGatherWhatIsSaidDuringAWrite() throws Exception {
            holdFirst();
            rows.added(row("a", 1));
            rows.added(row("b", 1));
            rows.removed("c");
            table.permit(true);
            table.permit(true);
            assertTrue(rows.flush(LONG));
            assertEquals(List.of("-[]+[first0]", "-[c]+[a1, b1]"), table.written);
        }

        @Test
        void shouldNotWriteWhatWasRemovedBeforeItWasWritten() throws Exception {
            holdFirst();
            rows.added(row("a", 1));
            rows.added(row("b", 1));
            rows.removed("a");
            table.permit(true);
            table.permit(true);
            assertTrue(rows.flush(LONG));
            assertEquals(List.of("-[]+[first0]", "-[]+[b1]"), table.written);
        }

        @Test
        void shouldRemoveWhatIsBeingWritten() throws Exception {
            holdFirst();
            rows.removed("first");
            table.permit(true);
            table.permit(true);
            assertTrue(rows.flush(LONG));
            assertEquals(List.of("-[]+[first0]", "-[first]+[]"), table.written);
        }

        @Test
        void shouldReplaceWhatWasRemovedAndAddedAgain() throws Exception {
            holdFirst();
            rows.removed("a");
            rows.added(row("a", 2));
            table.permit(true);
            table.permit(true);
            assertTrue(rows.flush(LONG));
            assertEquals(List.of("-[]+[first0]", "-[a]+[a2]"), table.written);
        }

        @Test
        void shouldTryAgainAndRemoveFirstWhatMayHaveBeenWritten() throws Exception {
            holdFirst();
            rows.added(row("b", 1));
            table.permit(false);
            table.permit(true);
            assertTrue(rows.flush(LONG));
            assertEquals(List.of("failed -[]+[first0]", "-[first]+[first0, b1]"), table.written);
        }

        @Test
        void shouldKeepWhatWasSaidDuringAWriteThatFailed() throws Exception {
            holdFirst();
            rows.removed("first");
            table.permit(false);
            table.permit(true);
            assertTrue(rows.flush(LONG));
            assertEquals(List.of("failed -[]+[first0]", "-[first]+[]"), table.written);
        }

        @Test
        void shouldTellThatItIsBehind() throws Exception {
            holdFirst();
            assertFalse(rows.flush(Duration.ofMillis(1)));
            table.permit(true);
            assertTrue(rows.flush(LONG));
        }

        @Test
        void shouldDoTheFirstTaskFirst() throws Exception {
            AtomicInteger tries = new AtomicInteger();
            holdFirst();
            rows.first(() -> {
                table.written.add("task");
                if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("away");
                }
            });
            rows.added(row("a", 1));
            table.permit(true);
            table.permit(true);
            assertTrue(rows.flush(LONG));
            assertEquals(List.of("-[]+[first0]", "task", "task", "-[]+[a1]"), table.written);
        }

        /** Waits until the thread is in the middle of writing the row "first". */
        private void holdFirst() throws InterruptedException {
            rows.added(row("first", 0));
            assertTrue(table.entered.tryAcquire(20, SECONDS));
        }
    }

    @RepeatedTest(20)
    void shouldEndWithTheLastStateOfEveryCidWhateverFails() throws Exception {
        Map<String, ConnectionRow> stored = new ConcurrentHashMap<>();
        AtomicBoolean broken = new AtomicBoolean(true);
        WriteBehind rows = new WriteBehind(
                (removed, added) -> {
                    removed.forEach(stored::remove);
                    RandomGenerator random = ThreadLocalRandom.current();
                    for (ConnectionRow row : added) {
                        if (broken.get() && random.nextInt(2_000) == 0) {
                            throw new IllegalStateException("away in the middle of a batch");
                        }
                        if (stored.put(row.cid(), row) != null) {
                            throw new AssertionError("inserted twice: " + row);
                        }
                    }
                },
                Thread::new);
        int threads = 6;
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> talkers = new ArrayList<>();
        Map<String, ConnectionRow> expected = new ConcurrentHashMap<>();
        for (int t = 0; t < threads; t++) {
            String name = "t" + t + "-";
            Thread talker = new Thread(() -> talk(go, rows, name, expected));
            talker.start();
            talkers.add(talker);
        }
        go.countDown();
        for (Thread talker : talkers) {
            talker.join();
        }
        broken.set(false);
        assertTrue(rows.flush(LONG));
        rows.close();
        assertEquals(expected, stored);
    }

    /** Adds and removes connections at random, each cid in order, and notes what must be left. */
    private static void talk(
            CountDownLatch go, WriteBehind rows, String name, Map<String, ConnectionRow> expected) {
        RandomGenerator random = ThreadLocalRandom.current();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int spin = random.nextInt(5_000); spin > 0; spin--) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 3_000; i++) {
            String cid = name + random.nextInt(200);
            if (expected.remove(cid) != null) {
                rows.removed(cid);
            } else {
                ConnectionRow row = row(cid, i);
                expected.put(cid, row);
                rows.added(row);
            }
        }
    }

    private static ConnectionRow row(String cid, long epoch) {
        return new ConnectionRow(cid, 1, "a", "default", null, null, null, "n", epoch);
    }
}
