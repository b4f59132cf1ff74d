package dev.cloudobjects.json;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has large messages read and bound few at once: what is left of the processors is for all else, also where handlers have
 * virtual threads, which let nobody in between. Those who wait come in the order in which they asked, and a connection asks
 * for one message at a time: so each has the same share. Safe for use by many threads.
 */
public final class Turns {

    /** Up to so many bytes, to read a message costs about as much as to hand it on. */
    public static final int SMALL = 4096;

    /** Constructors of the application's types run in a turn; one that hangs must not keep all others. */
    private static final int MOST_SECONDS_TO_WAIT = 5;

    private final Semaphore turns;

    /** So many at once, one at least. */
    Turns(int atOnce) {
        this.turns = new Semaphore(Math.max(1, atOnce), true);
    }

    /** Does the work: at once if it is small, or else when it is its turn. */
    public <T extends @Nullable Object> T take(int size, Supplier<T> work) {
        if (size <= SMALL) {
            return work.get();
        }
        boolean mine = await();
        try {
            return work.get();
        } finally {
            if (mine) {
                turns.release();
            }
        }
    }

    private boolean await() {
        try {
            return turns.tryAcquire(MOST_SECONDS_TO_WAIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // It is for whoever waits in the work itself.
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
