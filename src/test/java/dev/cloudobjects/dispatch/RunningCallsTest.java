package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.ObjectPath;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunningCallsTest {

    private static final Answer ANSWER = new Answer.Returned("done");

    private final ManualClock clock = new ManualClock();
    private final Meters meters = new Meters();
    private final RunningCalls calls = new RunningCalls(
            new Settings(name -> name.equals("cloudobjects.handler.timeout") ? Optional.of("PT30S") : Optional.empty()),
            clock,
            meters);
    private final AtomicInteger stuck = new AtomicInteger();

    private RunningCall begin() {
        return calls.begin(call(), stuck::incrementAndGet);
    }

    private static Call call() {
        AccessRule rule = AccessRule.decide(new ObjectPath("a"), "m", null, null);
        return Call.of(
                        new ObjectModel("a", Object.class, Map.of(), Map.of(), null, null),
                        new ObjectMethod("m", null, null, rule),
                        "r1")
                .build();
    }

    private void after(Duration time) {
        clock.advance(time);
        calls.sweep();
    }

    @AfterEach
    void leaveNoInterrupt() {
        assertFalse(Thread.interrupted(), "an interrupt leaked");
    }

    @Nested
    class Limit {

        @Test
        void shouldLeaveACallInTimeAlone() {
            RunningCall running = begin();
            after(Duration.ofSeconds(30));
            assertSame(ANSWER, running.ended(ANSWER));
            assertFalse(running.wasInterrupted());
        }

        @Test
        void shouldInterruptACallAndAnswerThatItTookTooLong() {
            RunningCall running = begin();
            after(Duration.ofSeconds(30).plusNanos(1));
            assertTrue(Thread.currentThread().isInterrupted());
            Answer.Failed failed = assertInstanceOf(Answer.Failed.class, running.ended(ANSWER));
            assertEquals(Code.TIMEOUT.value(), failed.code());
            assertFalse(Thread.currentThread().isInterrupted());
            assertTrue(running.wasInterrupted());
            assertEquals(1, meters.value(Meter.CALLS_TIMED_OUT));
        }

        @Test
        void shouldInterruptOnce() {
            RunningCall running = begin();
            after(Duration.ofSeconds(31));
            assertTrue(Thread.interrupted());
            after(Duration.ofSeconds(1));
            assertFalse(Thread.currentThread().isInterrupted());
            running.ended(ANSWER);
        }

        @Test
        void shouldNotInterruptACallThatHasEnded() {
            RunningCall running = begin();
            running.ended(ANSWER);
            after(Duration.ofSeconds(31));
            assertFalse(Thread.currentThread().isInterrupted());
            calls.end(running);
            assertEquals(0, calls.size());
        }
    }

    @Nested
    class Late {

        private final AtomicInteger late = new AtomicInteger();

        private final RunningCall running = calls.begin(call(), new Overrun() {
            @Override
            public void late() {
                late.incrementAndGet();
            }

            @Override
            public void stuck() {
                stuck.incrementAndGet();
            }
        });

        @Test
        void shouldBeReportedAtTheLimitOnce() {
            after(Duration.ofSeconds(30));
            assertEquals(0, late.get());
            after(Duration.ofNanos(1));
            assertEquals(1, late.get());
            assertTrue(Thread.interrupted());
            assertEquals(0, stuck.get());
            after(Duration.ofSeconds(5));
            after(Duration.ofHours(1));
            assertEquals(1, late.get());
            assertEquals(1, stuck.get());
            running.ended(ANSWER);
        }

        @Test
        void shouldNotBeReportedOfACallThatHasEnded() {
            running.ended(ANSWER);
            after(Duration.ofHours(1));
            assertEquals(0, late.get());
        }
    }

    @Nested
    class Stuck {

        @Test
        void shouldBeReportedOnceAfterTheGrace() {
            RunningCall running = begin();
            after(Duration.ofSeconds(31));
            after(Duration.ofSeconds(4));
            assertEquals(0, stuck.get());
            after(Duration.ofNanos(1));
            assertEquals(1, stuck.get());
            after(Duration.ofHours(1));
            assertEquals(1, stuck.get());
            running.ended(ANSWER);
        }

        @Test
        void shouldNotBeReportedOfACallThatEndedByItsInterrupt() {
            RunningCall running = begin();
            after(Duration.ofSeconds(31));
            running.ended(ANSWER);
            after(Duration.ofHours(1));
            assertEquals(0, stuck.get());
        }

        @Test
        void shouldStillAnswerThatItTookTooLong() {
            RunningCall running = begin();
            after(Duration.ofSeconds(31));
            after(Duration.ofSeconds(31));
            assertInstanceOf(Answer.Failed.class, running.ended(ANSWER));
            assertTrue(running.wasInterrupted());
        }
    }

    @Nested
    class ACallThatIsCancelled {

        @Test
        void shouldBeInterruptedAndAnswerThatItWasCancelled() {
            RunningCall running = begin();
            running.cancel();
            assertTrue(Thread.currentThread().isInterrupted());
            Answer.Failed answer = assertInstanceOf(Answer.Failed.class, running.ended(ANSWER));
            assertEquals(Code.CANCELLED.value(), answer.code());
            assertFalse(Thread.currentThread().isInterrupted());
            assertTrue(running.wasInterrupted());
            assertTrue(running.wasCancelled());
        }

        @Test
        void shouldBeGivenUpWhenItIgnoresThat() {
            RunningCall running = begin();
            running.cancel();
            after(Duration.ofSeconds(31));
            assertEquals(0, stuck.get());
            after(Duration.ofSeconds(5));
            assertEquals(1, stuck.get());
            running.ended(ANSWER);
        }

        @Test
        void shouldNotBeInterruptedOnceItHasEnded() {
            RunningCall running = begin();
            assertEquals(ANSWER, running.ended(ANSWER));
            running.cancel();
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void shouldGoOnBehindAReportThatFails() {
        RunningCall[] both = new RunningCall[2];
        for (int i = 0; i < 2; i++) {
            both[i] = calls.begin(call(), () -> {
                stuck.incrementAndGet();
                throw new IllegalStateException("no thread");
            });
        }
        after(Duration.ofSeconds(31));
        after(Duration.ofSeconds(5));
        assertEquals(2, stuck.get());
        both[0].ended(ANSWER);
    }

    /** A thread serves call after call while another interrupts them at their limit: never in between. */
    @Test
    void shouldNeverLetAnInterruptReachTheNextCall() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread sweeper = new Thread(() -> {
            while (!over.get()) {
                after(Duration.ofSeconds(10));
            }
        });
        sweeper.start();
        int late = 0;
        try {
            for (int i = 0; i < 20_000; i++) {
                RunningCall running = begin();
                for (int spin = i % 64; spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                boolean timedOut = running.ended(ANSWER) != ANSWER;
                calls.end(running);
                late += timedOut ? 1 : 0;
                assertFalse(Thread.currentThread().isInterrupted(), "after call " + i);
            }
        } finally {
            over.set(true);
            sweeper.join(20_000);
        }
        assertEquals(late, meters.value(Meter.CALLS_TIMED_OUT));
        assertEquals(0, calls.size());
    }
}
