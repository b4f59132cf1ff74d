package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.limit.Network;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does costly work on a few threads of its own, because a thread that computes is lost to all else that runs on it; where
 * handlers have virtual threads that is a processor's worth of them. What waits is bounded, and addresses take turns.
 * When all places are taken, an address that has more of them than another gives one up to it. So whoever floods waits for
 * himself, and is refused himself. Safe for use by many threads.
 */
final class FairPool implements AutoCloseable {

    private static final Duration MOST_TO_WAIT = Duration.ofSeconds(3);
    private static final int IDLE_SECONDS = 10;
    private static final String NO_ADDRESS = "-";

    private final int atOnce;
    private final int places;
    private final Runnable whenRefused;
    private final ThreadPoolExecutor threads;

    // Guarded by this. By address, in the order of their turns; none is empty.
    private final Map<String, Deque<Task<?>>> waiting = new LinkedHashMap<>();
    private int waits;
    private int running;

    /**
     * A pool.
     *
     * @param atOnce how much is done at the same time, at most
     * @param places how much more waits for its turn, at most
     * @param whenRefused told of all that is refused
     */
    FairPool(int atOnce, int places, Runnable whenRefused) {
        this.atOnce = atOnce;
        this.places = places;
        this.whenRefused = whenRefused;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                atOnce, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "cloudobjects-password-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Work of an address. It is completed by the thread that does it, or by who takes its place. */
    private static final class Task<T extends @Nullable Object> {
        private final String network;
        private final Supplier<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Task(String network, Supplier<T> work) {
            this.network = network;
            this.work = work;
        }

        void run() {
            try {
                result.complete(work.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }
    }

    /**
     * Does work when it is the address's turn, and waits for it.
     *
     * @param address who it is for; {@code null} counts as an address of its own
     * @throws CloudObjectException with code 429 when there is no place, or it was not its turn within three seconds
     */
    <T> T run(@Nullable String address, Supplier<T> work) {
        Task<T> task = new Task<>(network(address), work);
        enter(task);
        try {
            return await(task);
        } catch (InterruptedException e) {
            leave(task);
            Thread.currentThread().interrupt();
            throw new CloudObjectException(Code.TIMEOUT);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Looks whether there is a place for an address now. @throws CloudObjectException with code 429 when there is none */
    void look(@Nullable String address) {
        synchronized (this) {
            if (running < atOnce || waits < places || crowdedBy(network(address)) != null) {
                return;
            }
        }
        throw refused();
    }

    private <T> T await(Task<T> task) throws InterruptedException, ExecutionException {
        try {
            return task.result.get(MOST_TO_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (leave(task)) {
                throw refused();
            }
            return task.result.get();
        }
    }

    private void enter(Task<?> task) {
        Task<?> ousted = null;
        synchronized (this) {
            if (running < atOnce) {
                start(task);
                return;
            }
            if (waits == places) {
                Deque<Task<?>> largest = crowdedBy(task.network);
                if (largest == null) {
                    throw refused();
                }
                ousted = largest.removeLast();
                waits--;
            }
            waiting.computeIfAbsent(task.network, first -> new ArrayDeque<>()).add(task);
            waits++;
        }
        if (ousted != null) {
            ousted.result.completeExceptionally(refused());
        }
    }

    /** Those who wait of the address that has most, if that would still be no fewer when one more of this address waited. */
    private @Nullable Deque<Task<?>> crowdedBy(String network) {
        Deque<Task<?>> own = waiting.get(network);
        Deque<Task<?>> largest = null;
        for (Deque<Task<?>> others : waiting.values()) {
            if (largest == null || others.size() > largest.size()) {
                largest = others;
            }
        }
        return largest != null && largest.size() > (own == null ? 0 : own.size()) + 1 ? largest : null;
    }

    private void start(Task<?> task) {
        try {
            threads.execute(() -> work(task));
            running++;
        } catch (RejectedExecutionException e) {
            throw new CloudObjectException(Code.UNAVAILABLE);
        }
    }

    private void work(Task<?> first) {
        for (Task<?> task = first; task != null; task = next()) {
            task.run();
        }
    }

    private synchronized @Nullable Task<?> next() {
        Iterator<Map.Entry<String, Deque<Task<?>>>> turns = waiting.entrySet().iterator();
        if (!turns.hasNext()) {
            running--;
            return null;
        }
        Map.Entry<String, Deque<Task<?>>> turn = turns.next();
        turns.remove();
        Task<?> task = turn.getValue().removeFirst();
        waits--;
        if (!turn.getValue().isEmpty()) {
            waiting.put(turn.getKey(), turn.getValue());
        }
        return task;
    }

    /** Gives up waiting; false when it is no longer waiting. */
    private synchronized boolean leave(Task<?> task) {
        Deque<Task<?>> own = waiting.get(task.network);
        if (own == null || !own.remove(task)) {
            return false;
        }
        waits--;
        if (own.isEmpty()) {
            waiting.remove(task.network);
        }
        return true;
    }

    private CloudObjectException refused() {
        whenRefused.run();
        return new CloudObjectException(Code.TOO_MANY, MOST_TO_WAIT);
    }

    private static String network(@Nullable String address) {
        return address == null ? NO_ADDRESS : Network.of(address);
    }

    /** How many wait. */
    synchronized int waiting() {
        return waits;
    }

    /** What waits is still done, and nothing new. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
