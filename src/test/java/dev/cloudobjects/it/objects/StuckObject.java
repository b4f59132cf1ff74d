package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CloudObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Ignores its interrupts, as handlers do that catch too much. */
@CloudObject("it/pub.stuck")
public class StuckObject {

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static volatile CountDownLatch end = new CountDownLatch(1);

    /** Hangs until it is released. */
    public void hang() {
        CountDownLatch mine = end;
        RUNNING.incrementAndGet();
        try {
            while (mine.getCount() > 0) {
                try {
                    mine.await();
                } catch (InterruptedException e) {
                    // That is the fault.
                }
            }
        } finally {
            RUNNING.decrementAndGet();
        }
    }

    /** How many hang. */
    public int running() {
        return RUNNING.get();
    }

    /** Lets all that hang return. */
    public void release() {
        CountDownLatch before = end;
        end = new CountDownLatch(1);
        before.countDown();
    }
}
