package dev.cloudobjects.link;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.time.ManualClock;
import dev.cloudobjects.time.NanoClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final Duration INTERVAL = Duration.ofSeconds(25);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final Heartbeat heartbeat = new Heartbeat(clock);

    @Test
    void shouldPingAfterSilenceAndOnlyThen() {
        clock.advance(INTERVAL.minusNanos(1));
        assertFalse(heartbeat.pingDue(INTERVAL));
        clock.advance(Duration.ofNanos(1));
        assertTrue(heartbeat.pingDue(INTERVAL));
    }

    @Test
    void shouldPingOncePerSilence() {
        clock.advance(INTERVAL);
        assertTrue(heartbeat.pingDue(INTERVAL));
        clock.advance(INTERVAL);
        assertFalse(heartbeat.pingDue(INTERVAL));
        heartbeat.heard();
        clock.advance(INTERVAL);
        assertTrue(heartbeat.pingDue(INTERVAL));
    }

    @Test
    void shouldBeLostWhenAPingGoesUnanswered() {
        clock.advance(INTERVAL);
        heartbeat.pingDue(INTERVAL);
        clock.advance(TIMEOUT);
        assertFalse(heartbeat.lost(TIMEOUT));
        clock.advance(Duration.ofNanos(1));
        assertTrue(heartbeat.lost(TIMEOUT));
    }

    @Test
    void shouldNotBeLostAfterASignOfLife() {
        clock.advance(INTERVAL);
        heartbeat.pingDue(INTERVAL);
        clock.advance(TIMEOUT);
        heartbeat.heard();
        clock.advance(TIMEOUT);
        assertFalse(heartbeat.lost(TIMEOUT));
    }

    @Test
    void shouldNeverBeLostWithoutAPing() {
        clock.advance(Duration.ofDays(1));
        assertFalse(heartbeat.lost(TIMEOUT));
    }

    @Test
    void shouldKnowHowLongItHasBeenClosing() {
        clock.advance(Duration.ofDays(1));
        assertFalse(heartbeat.closingFor(TIMEOUT));
        heartbeat.closing();
        clock.advance(TIMEOUT);
        assertFalse(heartbeat.closingFor(TIMEOUT));
        clock.advance(Duration.ofNanos(1));
        assertTrue(heartbeat.closingFor(TIMEOUT));
    }

    @Test
    void shouldHaveASystemClockThatNeverSaysNever() {
        NanoClock system = NanoClock.system();
        assertTrue(system.nanos() > 0);
        long before = system.nanos();
        assertTrue(system.nanos() >= before);
    }
}
