package dev.cloudobjects.session;

import static dev.cloudobjects.session.Session.Admission.ABUSE;
import static dev.cloudobjects.session.Session.Admission.DROPPED;
import static dev.cloudobjects.session.Session.Admission.TAKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.session.Session.Admission;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageRateTest {

    private final ManualClock clock = new ManualClock();
    private final MessageRate rate = new MessageRate(MessageRate.Rule.of(20, 40, 200), clock);

    /** What became of messages that came evenly, so many a second. */
    private Map<Admission, Integer> send(int perSecond, int seconds) {
        Map<Admission, Integer> became = new EnumMap<>(Admission.class);
        for (int i = 0; i < perSecond * seconds; i++) {
            clock.advance(Duration.ofSeconds(1).dividedBy(perSecond));
            became.merge(rate.admit(), 1, Integer::sum);
        }
        return became;
    }

    @Test
    void shouldTakeWhatComesAtTheRateForEver() {
        assertEquals(Map.of(TAKEN, 20 * 3600), send(20, 3600));
    }

    @Test
    void shouldTakeABurst() {
        for (int i = 0; i < 40; i++) {
            assertEquals(TAKEN, rate.admit());
        }
        assertEquals(DROPPED, rate.admit());
    }

    @Test
    void shouldOnlyEverDropFromAClientThatIsALittleTooFast() {
        assertEquals(0, send(22, 600).getOrDefault(ABUSE, 0));
    }

    @Test
    void shouldCallItAbuseWhenTooManyWereDropped() {
        for (int i = 0; i < 240; i++) {
            assertEquals(i < 40 ? TAKEN : DROPPED, rate.admit());
        }
        assertEquals(ABUSE, rate.admit());
    }

    @Test
    void shouldForgiveWithinAboutAMinute() {
        for (int i = 0; i < 240; i++) {
            rate.admit();
        }
        clock.advance(Duration.ofSeconds(67));
        for (int i = 0; i < 240; i++) {
            assertEquals(i < 40 ? TAKEN : DROPPED, rate.admit());
        }
    }

    @Test
    void shouldLetEverythingPassWithoutALimit() {
        MessageRate none = new MessageRate(MessageRate.Rule.of(0, 40, 200), clock);
        for (int i = 0; i < 100_000; i++) {
            assertEquals(TAKEN, none.admit());
        }
    }
}
