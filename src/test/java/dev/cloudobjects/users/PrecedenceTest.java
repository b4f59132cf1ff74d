package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Precedence precedence = new Precedence(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** In which order those come first that came in this order. */
    private List<String> order(String... came) {
        List<String> order = new ArrayList<>(List.of(came));
        order.sort(Comparator.comparing(name -> precedence.of(name, List.of(came).indexOf(name))));
        return order;
    }

    @Test
    void shouldPreferTheNewestOfThoseWithoutATurn() {
        assertEquals(List.of("carla", "ben", "ann"), order("ann", "ben", "carla"));
    }

    @Test
    void shouldPreferThoseWithoutATurnLately() {
        precedence.turn("had");
        assertEquals(List.of("new", "had"), order("new", "had"));
        pass(Duration.ofMinutes(1).minusNanos(1));
        assertEquals(List.of("new", "had"), order("new", "had"));
        pass(Duration.ofNanos(1));
        assertEquals(List.of("had", "new"), order("new", "had"));
    }

    @Test
    void shouldPreferWhoseTurnWasTheLongestAgo() {
        precedence.turn("ann");
        pass(Duration.ofSeconds(1));
        precedence.turn("ben");
        assertEquals(List.of("ann", "ben"), order("ann", "ben"));
        assertEquals(List.of("ann", "ben"), order("ben", "ann"));
        pass(Duration.ofSeconds(1));
        precedence.turn("ann");
        assertEquals(List.of("ben", "ann"), order("ann", "ben"));
    }

    @Test
    void shouldPreferWhomALoginSucceededForADay() {
        precedence.succeeded("known");
        assertEquals(List.of("known", "stranger"), order("known", "stranger"));
        pass(Duration.ofHours(24).minusNanos(1));
        assertEquals(List.of("known", "stranger"), order("known", "stranger"));
        pass(Duration.ofNanos(1));
        assertEquals(List.of("stranger", "known"), order("known", "stranger"));
    }

    @Test
    void shouldLetWhomALoginSucceededComeAgainSoonButNotAtOnce() {
        precedence.succeeded("known");
        precedence.turn("known");
        assertEquals(List.of("stranger", "known"), order("known", "stranger"));
        pass(Duration.ofSeconds(3).minusNanos(1));
        assertEquals(List.of("stranger", "known"), order("known", "stranger"));
        pass(Duration.ofNanos(1));
        assertEquals(List.of("known", "stranger"), order("known", "stranger"));
    }
}
