package dev.cloudobjects.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FixedTimeoutsTest {

    private final List<String> ended = new ArrayList<>();
    private final FixedTimeouts endless = new FixedTimeouts("test-timeouts", Duration.ofHours(1));

    @Test
    void shouldEndWhenItsTimeIsOver() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (FixedTimeouts brief = new FixedTimeouts("test-timeouts", Duration.ofMillis(1))) {
            brief.start(end::countDown);
            assertTrue(end.await(20, TimeUnit.SECONDS));
        }
        assertEquals(0, end.getCount());
    }

    @Test
    void shouldWaitForNobodyWhenItIsClosed() {
        endless.start(() -> ended.add("a"));
        endless.start(() -> ended.add("b"));
        assertEquals(List.of(), ended);
        endless.close();
        assertEquals(2, ended.size());
        endless.close();
        assertEquals(2, ended.size(), "once each");
        endless.start(() -> ended.add("late"));
        assertEquals("late", ended.get(2));
    }

    @Test
    void shouldWaitNoLongerForWhoHasAnswered() {
        Runnable end = () -> ended.add("in vain");
        endless.start(end);
        endless.cancel(end);
        endless.cancel(end);
        endless.close();
        assertEquals(List.of(), ended);
    }
}
