package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.threads.WorkerPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Inboxes on a pool that has fewer threads than there is to do. */
class InboxThreadsTest {

    private final CountDownLatch hang = new CountDownLatch(1);
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final WorkerPool pool = new WorkerPool(Thread::new, 1, 2, (threads, waiting) -> {});
    private final QueueBudget budget = new QueueBudget(5000);
    private final Inbox inbox = new Inbox(pool, 1000, 5000, budget);

    @Test
    void shouldLoseNoEndNorBytesWhenAllThreadsAreBusy() {
        pool.execute(this::hangs);
        pool.execute(this::hangs);
        assertTrue(inbox.offer(() -> ran.add("message"), 1000));
        inbox.shut(true);
        inbox.add(() -> ran.add("end"));
        assertEquals(1000, budget.used());
        hang.countDown();
        awaitRan("message", "end");
        assertEquals(0, budget.used());
    }

    @Test
    void shouldGoOnBehindALongRunWhenAllThreadsAreBusy() {
        pool.execute(this::hangs);
        CountDownLatch full = new CountDownLatch(1);
        inbox.add(() -> Stress.await(full));
        IntStream.range(0, 100).forEach(i -> inbox.offer(() -> ran.add("m"), 1));
        full.countDown();
        Awaitility.await().until(() -> ran.size() == 100);
    }

    @Test
    void shouldGoOnWithoutAHandlerThatHangsWhenAllThreadsAreBusy() {
        CountDownLatch first = new CountDownLatch(1);
        inbox.add(() -> {
            first.countDown();
            hangs();
        });
        Stress.await(first);
        inbox.add(() -> ran.add("end"));
        CountDownLatch other = new CountDownLatch(1);
        pool.execute(() -> Stress.await(other));
        inbox.abandon(inbox.handling());
        assertEquals(List.of(), ran);
        other.countDown();
        awaitRan("end");
    }

    @AfterEach
    void close() {
        hang.countDown();
        pool.close();
    }

    private void hangs() {
        Stress.await(hang);
    }

    private void awaitRan(String... names) {
        Awaitility.await().untilAsserted(() -> assertEquals(List.of(names), ran));
    }
}
