package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final int LARGE = Turns.SMALL + 1;

    private final Turns turns = new Turns(2);

    private static int await(CountDownLatch latch) {
        try {
            latch.await();
            return 1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldDoFewAtOnceOfWhatIsLarge() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> turns.take(LARGE, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                two.countDown();
                await(two);
                return now.decrementAndGet();
            })));
        }
        for (Future<Integer> one : all) {
            one.get();
        }
        threads.shutdown();
        assertEquals(2, most.get());
    }

    @Test
    void shouldNotKeepWhatIsSmallWaiting() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Integer>> busy = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            busy.add(threads.submit(() -> turns.take(LARGE, () -> {
                begun.countDown();
                return await(end);
            })));
        }
        begun.await();
        assertEquals(1, turns.take(Turns.SMALL, () -> 1));
        end.countDown();
        for (Future<Integer> one : busy) {
            one.get();
        }
        threads.shutdown();
    }

    @Test
    void shouldGiveTheTurnBackOfWhateverFails() {
        for (int i = 0; i < 10; i++) {
            assertThrows(IllegalStateException.class, () -> turns.take(LARGE, () -> {
                throw new IllegalStateException("malformed");
            }));
        }
        assertEquals(1, turns.take(LARGE, () -> 1));
    }

    @Test
    void shouldLeaveAnInterruptToTheWork() {
        Thread.currentThread().interrupt();
        assertTrue(turns.take(LARGE, Thread::interrupted));
        assertEquals(1, turns.take(LARGE, () -> 1));
    }
}
