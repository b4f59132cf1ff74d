package dev.cloudobjects.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.time.FakeTimeouts;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LateRefusalsTest {

    private static final String ANN = "192.0.2.1";
    private static final String BOB = "192.0.2.2";
    private static final int PROMPT = LateRefusals.PROMPT.burst();

    private final ManualClock clock = new ManualClock();
    private final Meters meters = new Meters();
    private final FakeTimeouts timeouts = new FakeTimeouts();
    private final List<Runnable> handed = new ArrayList<>();
    private int answered;

    private LateRefusals refusals(String most, Executor handlers) {
        Settings settings =
                new Settings(name -> Optional.of(most).filter(set -> name.equals("cloudobjects.http.max-delayed")));
        return new LateRefusals(settings, clock, handlers, meters, timeouts);
    }

    private LateRefusals refusals() {
        return refusals("10", handed::add);
    }

    private int answered(LateRefusals late, String address, int times) {
        answered = 0;
        for (int i = 0; i < times; i++) {
            late.answer(address, () -> answered++);
        }
        return answered;
    }

    @Test
    void shouldDelayWhoComesAgainAtOnce() {
        LateRefusals late = refusals();
        assertEquals(PROMPT, answered(late, ANN, PROMPT + 3));
        assertEquals(3, late.size());
        assertEquals(3, meters.value(Meter.HTTP_REFUSALS_DELAYED));
        timeouts.timeOut();
        assertEquals(PROMPT, answered, "never on the thread of the timeouts");
        assertEquals(0, late.size());
        handed.forEach(Runnable::run);
        assertEquals(PROMPT + 3, answered, "once each");
    }

    @Test
    void shouldNotDelayWhoWaitsAsHeIsTold() {
        LateRefusals late = refusals();
        answered(late, ANN, PROMPT);
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(Responses.RETRY_SECONDS));
            assertEquals(1, answered(late, ANN, 1));
        }
        assertEquals(0, answered(late, ANN, 1));
    }

    @Test
    void shouldDelayNobodyElse() {
        LateRefusals late = refusals();
        answered(late, ANN, PROMPT + 1);
        assertEquals(PROMPT, answered(late, BOB, PROMPT + 1));
    }

    @Test
    void shouldTakeTheAddressesOfOneNetworkForOneClient() {
        LateRefusals late = refusals();
        answered(late, "2001:db8::1", PROMPT);
        assertEquals(0, answered(late, "2001:db8::2", 1));
        assertEquals(1, answered(late, "2001:db8:0:1::1", 1));
    }

    @Test
    void shouldDelaySoManyAndNoMore() {
        LateRefusals late = refusals();
        assertEquals(PROMPT + 7, answered(late, ANN, PROMPT + 17));
        assertEquals(10, late.size());
        timeouts.timeOut();
        assertEquals(0, answered(late, ANN, 10));
        assertEquals(1, answered(late, ANN, 1));
    }

    @Test
    void shouldDelayNoneWithoutADelay() {
        assertEquals(100, answered(refusals("0", handed::add), ANN, 100));
        assertEquals(0, meters.value(Meter.HTTP_REFUSALS_DELAYED));
    }

    @Test
    void shouldAnswerAllWhenTheServerStops() {
        LateRefusals late = refusals();
        answered(late, ANN, PROMPT + 3);
        late.stop();
        handed.forEach(Runnable::run);
        assertEquals(PROMPT + 3, answered);
        assertEquals(0, late.size());
    }

    @Test
    void shouldAnswerAlsoWhenTheHandlersHaveStopped() {
        LateRefusals late = refusals("10", task -> {
            throw new RejectedExecutionException();
        });
        answered(late, ANN, PROMPT + 3);
        timeouts.timeOut();
        assertEquals(PROMPT + 3, answered);
        assertEquals(0, late.size());
    }
}
