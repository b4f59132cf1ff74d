package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
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

    private static final Duration LONG = Duration.ofMinutes(5);

    private final AtomicInteger refused = new AtomicInteger();
    private final ManualClock clock = new ManualClock();
    private final Precedence precedence = new Precedence(clock::nanos);
    private final FairPool pool = pool(1, PLACES, LONG);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch open = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();

    private FairPool pool(int atOnce, int places, Duration patience) {
        return new FairPool(atOnce, places, patience, precedence, refused::incrementAndGet);
    }

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
        clock.advance(Duration.ofMillis(1));
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

    /** A place is taken from another for it, and it is in line when this returns. */
    private Future<Boolean> ousts(String address, String name) {
        clock.advance(Duration.ofMillis(1));
        int before = refused.get();
        Future<Boolean> call = callers.submit(() -> pool.run(address, () -> done.add(name)));
        Awaitility.await().until(() -> refused.get() == before + 1);
        return call;
    }

    private CloudObjectException refusedAtOnce(String address) {
        clock.advance(Duration.ofMillis(1));
        assertThrows(CloudObjectException.class, () -> pool.look(address));
        return assertThrows(CloudObjectException.class, () -> pool.run(address, () -> 1));
    }

    private List<String> doneInTheEnd(Future<?>... calls) throws Exception {
        open.countDown();
        for (Future<?> call : calls) {
            call.get();
        }
        return done;
    }

    @Test
    void shouldServeWhatAnAddressWantsMoreBehindOneOfEachOther() throws Exception {
        occupy();
        Future<Boolean> first = waits("192.0.2.1", "first");
        Future<Boolean> second = waits("192.0.2.1", "second");
        Future<Boolean> ann = waits("192.0.2.2", "ann");
        Future<Boolean> ben = waits("192.0.2.3", "ben");
        assertEquals(List.of("ben", "ann", "first", "second"), doneInTheEnd(first, second, ann, ben));
    }

    @Test
    void shouldServeNewAddressesAheadOfThoseThatHadATurn() throws Exception {
        assertTrue(pool.run("192.0.2.1", () -> true));
        clock.advance(Duration.ofSeconds(1));
        assertTrue(pool.run("192.0.2.2", () -> true));
        occupy();
        Future<Boolean> lately = waits("192.0.2.2", "lately");
        Future<Boolean> longAgo = waits("192.0.2.1", "long ago");
        Future<Boolean> ann = waits("192.0.2.3", "ann");
        Future<Boolean> ben = waits("192.0.2.4", "ben");
        assertEquals(List.of("ben", "ann", "long ago", "lately"), doneInTheEnd(lately, longAgo, ann, ben));
    }

    @Test
    void shouldServeAddressesOfASuccessfulLoginAheadOfStrangers() throws Exception {
        pool.succeeded("192.0.2.1");
        occupy();
        Future<Boolean> known = waits("192.0.2.1", "known");
        Future<Boolean> stranger = waits("192.0.2.2", "stranger");
        assertEquals(List.of("known", "stranger"), doneInTheEnd(known, stranger));
    }

    @Test
    void shouldRefuseWhoeverFloodsAndNobodyElse() throws Exception {
        occupy();
        flood("192.0.2.1", PLACES - 1);
        Future<Boolean> newest = waits("192.0.2.1", "newest");
        CloudObjectException more = refusedAtOnce("192.0.2.1");
        assertEquals(Code.TOO_MANY.value(), more.code());
        assertEquals(LONG, more.retryAfter().orElseThrow());
        pool.look("192.0.2.2");
        Future<Boolean> ann = ousts("192.0.2.2", "ann");
        assertEquals(Code.TOO_MANY.value(), refusal(newest).code(), "gave up its place");
        doneInTheEnd(ann);
        assertEquals("ann", done.get(0));
        assertEquals(3, refused.get());
    }

    @Test
    void shouldRefuseTheOldestStrangerForANewOne() throws Exception {
        occupy();
        List<Future<Boolean>> strangers = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            strangers.add(waits("192.0.2." + i, "one of each"));
        }
        Future<Boolean> ann = ousts("192.0.2.99", "ann");
        assertEquals(Code.TOO_MANY.value(), refusal(strangers.get(0)).code());
        doneInTheEnd(ann);
        assertEquals("ann", done.get(0));
    }

    /** Two hundred addresses that come again as soon as they are refused, more than there are places for. */
    @Test
    void shouldServeANewAddressWhileMoreAddressesFloodThanThereArePlaces() throws Exception {
        occupy();
        for (int i = 0; i < PLACES; i++) {
            waits("192.0.2." + i, "flood " + i);
        }
        for (int i = PLACES; i < 200; i++) {
            ousts("192.0.2." + i, "flood " + i);
        }
        for (int i = 0; i < 200 - PLACES; i++) {
            refusedAtOnce("192.0.2." + i);
        }
        Future<Boolean> ann = ousts("198.51.100.1", "ann");
        for (int i = 0; i < 200 - PLACES; i++) {
            refusedAtOnce("192.0.2." + i);
        }
        doneInTheEnd(ann);
        assertEquals("ann", done.get(0));
    }

    @Test
    void shouldRefuseWhatIsNotDoneInTime() throws Exception {
        FairPool hasty = pool(1, PLACES, Duration.ofMillis(1));
        CountDownLatch begun = new CountDownLatch(1);
        Future<Boolean> slow = callers.submit(() -> hasty.run("192.0.2.1", () -> {
            begun.countDown();
            return uninterrupted(open);
        }));
        begun.await();
        CloudObjectException late = assertThrows(CloudObjectException.class, () -> hasty.run("192.0.2.2", () -> done.add("late")));
        assertEquals(Code.TOO_MANY.value(), late.code());
        assertEquals(0, hasty.waiting());
        open.countDown();
        assertTrue(slow.get(), "what has begun is waited for");
        assertEquals(List.of(), done);
        hasty.close();
    }

    @Test
    void shouldTakeANetworkOfVersionSixForOneAddress() throws Exception {
        occupy();
        for (int i = 0; i < PLACES; i++) {
            waits("2001:db8::" + i, "one of many");
        }
        refusedAtOnce("2001:db8::99");
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
        FairPool wide = pool(2, 1000, LONG);
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
