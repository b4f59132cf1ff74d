package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairPoolTest {

    private static final int PLACES = 6;

    private final AtomicInteger refused = new AtomicInteger();
    private final FairPool pool = new FairPool(1, PLACES, refused::incrementAndGet);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch open = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        open.countDown();
        pool.close();
        callers.shutdownNow();
    }

    /** Keeps the one thread until {@link #open}. */
    private void occupy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        callers.submit(() -> pool.run("192.0.2.100", () -> {
            begun.countDown();
            return uninterrupted(open);
        }));
        begun.await();
    }

    private static boolean uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Waits for its turn, and is in line when this returns. */
    private Future<Boolean> waits(String address, String name) {
        int before = pool.waiting();
        Future<Boolean> call = callers.submit(() -> pool.run(address, () -> done.add(name)));
        Awaitility.await().until(() -> pool.waiting() == Math.min(PLACES, before + 1));
        return call;
    }

    private void flood(String address, int times) {
        for (int i = 0; i < times; i++) {
            waits(address, "flood " + i);
        }
    }

    private static CloudObjectException refusal(Future<Boolean> call) {
        return (CloudObjectException) assertThrows(ExecutionException.class, call::get).getCause();
    }

    @Test
    void shouldTakeTurnsAmongAddresses() throws Exception {
        occupy();
        flood("192.0.2.1", 3);
        waits("192.0.2.2", "ann");
        Future<Boolean> last = waits("192.0.2.3", "ben");
        open.countDown();
        assertTrue(last.get());
        assertEquals(List.of("flood 0", "ann", "ben"), done.subList(0, 3));
    }

    @Test
    void shouldRefuseWhoeverFloodsAndNobodyElse() throws Exception {
        occupy();
        flood("192.0.2.1", PLACES - 1);
        Future<Boolean> newest = waits("192.0.2.1", "newest");
        CloudObjectException more = assertThrows(CloudObjectException.class, () -> pool.run("192.0.2.1", () -> 1));
        assertEquals(Code.TOO_MANY.value(), more.code());
        assertEquals(3, more.retryAfter().orElseThrow().toSeconds());
        assertThrows(CloudObjectException.class, () -> pool.look("192.0.2.1"));
        pool.look("192.0.2.2");
        Future<Boolean> ann = callers.submit(() -> pool.run("192.0.2.2", () -> done.add("ann")));
        assertEquals(Code.TOO_MANY.value(), refusal(newest).code(), "gave up its place");
        open.countDown();
        assertTrue(ann.get());
        assertEquals(3, refused.get());
    }

    @Test
    void shouldRefuseWhenNoAddressHasMoreThanItsShare() throws Exception {
        occupy();
        for (int i = 0; i < PLACES; i++) {
            waits("192.0.2." + i, "one of each");
        }
        assertThrows(CloudObjectException.class, () -> pool.run("192.0.2.99", () -> 1));
        assertThrows(CloudObjectException.class, () -> pool.look("192.0.2.99"));
    }

    @Test
    void shouldTakeANetworkOfVersionSixForOneAddress() throws Exception {
        occupy();
        for (int i = 0; i < PLACES; i++) {
            waits("2001:db8::" + i, "one of many");
        }
        assertThrows(CloudObjectException.class, () -> pool.run("2001:db8::99", () -> 1));
        pool.look("2001:db8:1::1");
    }

    @Test
    void shouldGiveThePlaceBackOfWhoeverIsInterrupted() throws Exception {
        occupy();
        Future<Boolean> waiting = waits("192.0.2.1", "never");
        waiting.cancel(true);
        Awaitility.await().until(() -> pool.waiting() == 0);
        open.countDown();
        assertEquals(1, pool.run("192.0.2.1", () -> 1));
        assertFalse(done.contains("never"));
    }

    @Test
    void shouldRunOnThreadsOfItsOwnAndPassFailuresOn() {
        assertTrue(pool.run(null, () -> Thread.currentThread().getName()).startsWith("cloudobjects-password-"));
        assertThrows(IllegalStateException.class, () -> pool.run(null, () -> {
            throw new IllegalStateException("for the caller");
        }));
        assertEquals(1, pool.run(null, () -> 1));
    }

    @Test
    void shouldDoWhatWaitsAndNothingNewOnceItIsClosed() throws Exception {
        occupy();
        Future<Boolean> ann = waits("192.0.2.1", "ann");
        pool.close();
        open.countDown();
        assertTrue(ann.get());
        Awaitility.await().untilAsserted(() -> assertEquals(
                Code.UNAVAILABLE.value(),
                assertThrows(CloudObjectException.class, () -> pool.run("192.0.2.1", () -> 1)).code()));
    }

    @Test
    void shouldDoAllOfWhatManyWantAtOnce() throws Exception {
        FairPool wide = new FairPool(2, 1000, refused::incrementAndGet);
        List<Future<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            calls.add(callers.submit(() -> wide.run("192.0.2." + number % 7, () -> number)));
        }
        for (int i = 0; i < calls.size(); i++) {
            assertEquals(i, calls.get(i).get());
        }
        wide.close();
        assertEquals(0, refused.get());
    }
}
