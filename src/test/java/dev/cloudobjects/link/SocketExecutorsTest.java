package dev.cloudobjects.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.log.LogLines;
import dev.cloudobjects.session.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SocketExecutorsTest {

    private final ManualExecutor disposable = new ManualExecutor();
    private final SocketExecutors executors = new SocketExecutors(new ManualExecutor(), disposable, 2);
    private final List<String> closed = new ArrayList<>();

    @Test
    void shouldLoseAtMostSoManyThreadsAndKeepTheRestWaiting() {
        for (String name : List.of("a", "b", "c", "d")) {
            executors.runClose(() -> closed.add(name));
        }
        assertEquals(2, disposable.waiting());
        assertEquals(2, executors.outstanding());
        disposable.runAll();
        assertEquals(4, closed.size());
        assertEquals(0, executors.outstanding());
    }

    @Test
    void shouldTellOnceThatAllWaitInVain() {
        try (LogLines log = new LogLines()) {
            for (String name : List.of("a", "b", "c", "d")) {
                executors.runClose(() -> closed.add(name));
            }
            executors.check();
            assertEquals(List.of(), log.lines(), "so much at once is no fault");
            executors.check();
            executors.check();
            assertEquals(1, log.lines().size());
            assertTrue(log.lines().get(0).startsWith("COBJ3002E: 2 sockets"), log.lines().toString());
            disposable.runAll();
            executors.check();
            executors.check();
            assertEquals(1, log.lines().size());
        }
    }

    @Test
    void shouldGoOnAfterACloseThatThrows() {
        executors.runClose(() -> {
            throw new IllegalStateException("closed already");
        });
        executors.runClose(() -> {
            throw new StackOverflowError();
        });
        executors.runClose(() -> closed.add("c"));
        disposable.runAll();
        assertEquals(List.of("c"), closed);
        assertEquals(0, executors.outstanding());
    }

    @Test
    void shouldCountNoThreadThatWasNotGiven() {
        disposable.refuse(true);
        assertThrows(RejectedExecutionException.class, () -> executors.runClose(() -> closed.add("a")));
        assertEquals(0, executors.outstanding());
        disposable.refuse(false);
        executors.runClose(() -> closed.add("b"));
        disposable.runAll();
        assertEquals(List.of("b"), closed);
    }
}
