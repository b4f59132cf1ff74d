package dev.cloudobjects.directory.nosql;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.directory.ConnectionRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        private final SynchronousQueue<Optional<Throwable>> permits = new SynchronousQueue<>();
        private final Semaphore entered = new Semaphore(0);
        private int permitted;

        @Override
        public void write(Batch batch) {
            try {
                entered.release();
                Optional<Throwable> failure = permits.take();
                written.add((failure.isPresent() ? "failed " : "")
                        + "+" + shown(batch.inserted()) + "=" + shown(batch.replaced()) + "-" + batch.removed());
                if (failure.isPresent()) {
                    throw failure.get();
                }
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        private static List<String> shown(List<ConnectionRow> rows) {
            return rows.stream().map(row -> row.cid() + row.nodeEpoch()).toList();
        }

        void permit() throws InterruptedException {
            permit(Optional.empty());
        }

        void fail(Throwable failure) throws InterruptedException {
            permit(Optional.of(failure));
        }

        private void permit(Optional<Throwable> failure) throws InterruptedException {
            assertTrue(permits.offer(failure, 20, SECONDS), "nothing is written");
            permitted++;
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
            store(row("c", 1));
            holdFirst();
            rows.added(row("a", 1));
            rows.added(row("b", 1));
            rows.removed("c");
            assertWritten("+[c1]=[]-[]", "+[first0]=[]-[]", "+[a1, b1]=[]-[c]");
        }

        @Test
        void shouldNotWriteWhatWasRemovedBeforeItWasWritten() throws Exception {
            holdFirst();
            rows.added(row("a", 1));
            rows.added(row("b", 1));
            rows.removed("a");
            assertWritten("+[first0]=[]-[]", "+[b1]=[]-[]");
        }

        @Test
        void shouldRemoveWhatIsBeingWritten() throws Exception {
            holdFirst();
            rows.removed("first");
            assertWritten("+[first0]=[]-[]", "+[]=[]-[first]");
        }

        @Test
        void shouldRemoveWhatIsBeingWrittenThoughItChangedBefore() throws Exception {
            holdFirst();
            rows.added(row("first", 1));
            rows.removed("first");
            assertWritten("+[first0]=[]-[]", "+[]=[]-[first]");
        }

        @Test
        void shouldRemoveWhatIsStoredThoughItChangedBefore() throws Exception {
            store(row("a", 1));
            holdFirst();
            rows.added(row("a", 2));
            rows.removed("a");
            assertWritten("+[a1]=[]-[]", "+[first0]=[]-[]", "+[]=[]-[a]");
        }

        @Test
        void shouldReplaceWhatWasRemovedAndAddedAgain() throws Exception {
            holdFirst();
            rows.removed("first");
            rows.added(row("first", 2));
            assertWritten("+[first0]=[]-[]", "+[]=[first2]-[]");
        }

        @Test
        void shouldInsertAgainWhatIsNotThereAnyMore() throws Exception {
            holdFirst();
            rows.removed("first");
            table.permit();
            table.permit();
            assertTrue(rows.flush(LONG));
            rows.added(row("first", 2));
            assertWritten("+[first0]=[]-[]", "+[]=[]-[first]", "+[first2]=[]-[]");
        }

        @Test
        void shouldTryAgainAndReplaceWhatMayHaveBeenWritten() throws Exception {
            holdFirst();
            rows.added(row("b", 1));
            table.fail(new IllegalStateException("away"));
            assertWritten("failed +[first0]=[]-[]", "+[b1]=[first0]-[]");
        }

        @Test
        void shouldTryAgainAfterAnError() throws Exception {
            holdFirst();
            table.fail(new OutOfMemoryError("a test"));
            assertWritten("failed +[first0]=[]-[]", "+[]=[first0]-[]");
        }

        @Test
        void shouldKeepWhatWasSaidDuringAWriteThatFailed() throws Exception {
            holdFirst();
            rows.removed("first");
            table.fail(new IllegalStateException("away"));
            assertWritten("failed +[first0]=[]-[]", "+[]=[]-[first]");
        }

        @Test
        void shouldRemoveAgainWhatIsPutBackWhileItsRemovalFails() throws Exception {
            holdFirst();
            rows.removed("first");
            table.permit();
            assertTrue(table.entered.tryAcquire(20, SECONDS));
            rows.added(row("first", 1));
            rows.removed("first");
            table.fail(new IllegalStateException("away"));
            assertWritten("+[first0]=[]-[]", "failed +[]=[]-[first]", "+[]=[]-[first]");
        }

        @Test
        void shouldTellThatItIsBehind() throws Exception {
            holdFirst();
            assertFalse(rows.flush(Duration.ofMillis(1)));
            table.permit();
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
            assertWritten("+[first0]=[]-[]", "task", "task", "+[a1]=[]-[]");
        }

        @Test
        void shouldTryAgainAfterTheFirstTaskWhatFailedBeforeIt() throws Exception {
            holdFirst();
            rows.first(() -> table.written.add("task"));
            table.fail(new IllegalStateException("away"));
            assertWritten("failed +[first0]=[]-[]", "task", "+[]=[first0]-[]");
        }

        /** Lets the thread write all that was said, and compares what it has written since the beginning. */
        private void assertWritten(String... expected) throws InterruptedException {
            long writes = Arrays.stream(expected).filter(line -> line.contains("+")).count();
            while (table.permitted < writes) {
                table.permit();
            }
            assertTrue(rows.flush(LONG));
            assertEquals(List.of(expected), table.written);
        }

        private void store(ConnectionRow row) throws InterruptedException {
            rows.added(row);
            table.permit();
            assertTrue(rows.flush(LONG));
            assertTrue(table.entered.tryAcquire());
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
        List<ConnectionRow> twice = new CopyOnWriteArrayList<>();
        AtomicBoolean broken = new AtomicBoolean(true);
        WriteBehind rows = new WriteBehind(
                batch -> {
                    RandomGenerator random = ThreadLocalRandom.current();
                    batch.removed().forEach(stored::remove);
                    for (ConnectionRow row : batch.inserted()) {
                        failSometimes(broken, random);
                        if (stored.put(row.cid(), row) != null) {
                            twice.add(row);
                        }
                    }
                    for (ConnectionRow row : batch.replaced()) {
                        failSometimes(broken, random);
                        stored.put(row.cid(), row);
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
        assertEquals(List.of(), twice, "were inserted where there was a row");
    }

    private static void failSometimes(AtomicBoolean broken, RandomGenerator random) {
        if (broken.get() && random.nextInt(2_000) == 0) {
            throw new IllegalStateException("away in the middle of a batch");
        }
    }

    /** Adds, changes and removes connections at random, each cid in order, and notes what must be left. */
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
            if (random.nextInt(3) == 0) {
                expected.remove(cid);
                rows.removed(cid);
            } else {
                ConnectionRow row = row(cid, i);
                expected.put(cid, row);
                rows.added(row);
            }
        }
    }

    private static ConnectionRow row(String cid, long epoch) {
        return new ConnectionRow(cid, 1, "a", "default", null, null, null, null, "n", epoch);
    }
}
