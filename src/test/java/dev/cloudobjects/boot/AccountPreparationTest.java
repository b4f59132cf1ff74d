package dev.cloudobjects.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.session.ManualExecutor;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class AccountPreparationTest {

    private static final CloudObjectException AWAY = new CloudObjectException(Code.UNAVAILABLE);

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor executor = new ManualExecutor();
    private final Queue<CloudObjectException> failures = new ArrayDeque<>();
    private int tries;

    private final AccountPreparation accounts = new AccountPreparation(
            () -> {
                tries++;
                if (!failures.isEmpty()) {
                    throw failures.remove();
                }
            },
            clock,
            executor);

    private void tickLater() {
        clock.advance(Duration.ofSeconds(2));
        accounts.tick();
    }

    @Test
    void shouldBeDoneOnceAtStart() {
        accounts.run();
        tickLater();
        assertEquals(0, executor.waiting());
        assertEquals(1, tries);
    }

    @Test
    void shouldBeTriedUntilItIsDone() {
        failures.addAll(List.of(AWAY, AWAY));
        accounts.run();
        accounts.tick();
        assertEquals(0, executor.waiting(), "not with each tick");
        tickLater();
        assertEquals(1, tries, "not on the thread that looks after everything");
        executor.runAll();
        tickLater();
        executor.runAll();
        tickLater();
        assertEquals(0, executor.waiting());
        assertEquals(3, tries);
    }

    @Test
    void shouldBeTriedOnceAtATime() {
        failures.add(AWAY);
        accounts.run();
        tickLater();
        tickLater();
        assertEquals(1, executor.waiting());
    }

    @Test
    void shouldBeTriedAgainAfterThereWasNoThreadForIt() {
        failures.add(AWAY);
        accounts.run();
        executor.refuse(true);
        assertThrows(RejectedExecutionException.class, this::tickLater);
        executor.refuse(false);
        tickLater();
        executor.runAll();
        assertEquals(2, tries);
    }
}
