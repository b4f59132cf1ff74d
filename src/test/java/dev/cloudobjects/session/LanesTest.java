package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.log.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final ManualExecutor disposable = new ManualExecutor();
    private final Lanes lanes = new Lanes(new ManualExecutor(), disposable, 2);
    private final List<String> closed = new ArrayList<>();

    @Test
    void shouldLoseAtMostSoManyThreadsAndKeepTheRestWaiting() {
        for (String name : List.of("a", "b", "c", "d")) {
            lanes.dispose(() -> closed.add(name));
        }
        assertEquals(2, disposable.waiting());
        assertEquals(2, lanes.outstanding());
        disposable.runAll();
        assertEquals(4, closed.size());
        assertEquals(0, lanes.outstanding());
    }

    @Test
    void shouldTellOnceThatAllWaitInVain() {
        try (LogLines log = new LogLines()) {
            for (String name : List.of("a", "b", "c", "d")) {
                lanes.dispose(() -> closed.add(name));
            }
            lanes.look();
            assertEquals(List.of(), log.lines(), "so much at once is no fault");
            lanes.look();
            lanes.look();
            assertEquals(1, log.lines().size());
            assertTrue(log.lines().get(0).startsWith("COBJ3002E: 2 sockets"), log.lines().toString());
            disposable.runAll();
            lanes.look();
            lanes.look();
            assertEquals(1, log.lines().size());
        }
    }

    @Test
    void shouldGoOnAfterACloseThatThrows() {
        lanes.dispose(() -> {
            throw new IllegalStateException("closed already");
        });
        lanes.dispose(() -> {
            throw new StackOverflowError();
        });
        lanes.dispose(() -> closed.add("c"));
        disposable.runAll();
        assertEquals(List.of("c"), closed);
        assertEquals(0, lanes.outstanding());
    }

    @Test
    void shouldCountNoThreadThatWasNotGiven() {
        disposable.refuse(true);
        assertThrows(RejectedExecutionException.class, () -> lanes.dispose(() -> closed.add("a")));
        assertEquals(0, lanes.outstanding());
        disposable.refuse(false);
        lanes.dispose(() -> closed.add("b"));
        disposable.runAll();
        assertEquals(List.of("b"), closed);
    }
}
