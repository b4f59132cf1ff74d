package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.limit.Network;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
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
 * handlers have virtual threads that is a processor's worth of them. What waits is bounded. Of an address that wants several
 * things, all but the first come behind the first ones of all others; among addresses {@link Precedence} decides. When all places
 * are taken, what would come last gives its place up. So whoever floods waits for himself, and is refused himself. Safe for use
 * by many threads.
 */
final class FairPool implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;
    private static final String NO_ADDRESS = "-";

    private final int atOnce;
    private final int places;
    private final Duration patience;
    private final Precedence precedence;
    private final Runnable whenRefused;
    private final ThreadPoolExecutor threads;

    // Guarded by this. By address; none is empty.
    private final Map<String, Deque<Task<?>>> waiting = new HashMap<>();
    private int waits;
    private int running;
    private long came;

    /**
     * A pool.
     *
     * @param atOnce how much is done at the same time, at most
     * @param places how much more waits for its turn, at most
     * @param patience how long each waits, at most, and then should before it comes again
     * @param precedence which address comes first
     * @param whenRefused told of all that is refused
     */
    FairPool(int atOnce, int places, Duration patience, Precedence precedence, Runnable whenRefused) {
        this.atOnce = atOnce;
        this.places = places;
        this.patience = patience;
        this.precedence = precedence;
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
        /** Guarded by the pool. */
        private long number;

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
     * @throws CloudObjectException with code 429 when there is no place, or it was not its turn in time
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
        String network = network(address);
        synchronized (this) {
            if (running < atOnce || waits < places || lastBehind(network, came + 1) != null) {
                return;
            }
        }
        throw refused(network);
    }

    /** A login of an address succeeded: from now on strangers come behind it. */
    void succeeded(@Nullable String address) {
        precedence.succeeded(network(address));
    }

    private <T> T await(Task<T> task) throws InterruptedException, ExecutionException {
        try {
            return task.result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (leave(task)) {
                throw refused(task.network);
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
            task.number = ++came;
            if (waits == places) {
                ousted = lastBehind(task.network, task.number);
                if (ousted == null) {
                    throw refused(task.network);
                }
                leave(ousted);
            }
            waiting.computeIfAbsent(task.network, first -> new ArrayDeque<>()).add(task);
            waits++;
        }
        if (ousted != null) {
            ousted.result.completeExceptionally(refused(ousted.network));
        }
    }

    /** What a place in the line depends on: how many of the same network come ahead, and the network. */
    private record Place(int ahead, Precedence.Rank rank) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return ahead == other.ahead ? rank.compareTo(other.rank) : Integer.compare(ahead, other.ahead);
        }
    }

    /** What comes last of all that waits, if that is behind one more of a network. */
    private @Nullable Task<?> lastBehind(String network, long number) {
        Deque<Task<?>> own = waiting.get(network);
        int ahead = own == null ? 0 : own.size();
        Place last = new Place(ahead, precedence.of(network, own == null ? number : own.element().number));
        Task<?> found = null;
        for (Deque<Task<?>> others : waiting.values()) {
            Place place = new Place(others.size() - 1, rank(others));
            if (place.compareTo(last) > 0) {
                last = place;
                found = others.getLast();
            }
        }
        return found;
    }

    private Precedence.Rank rank(Deque<Task<?>> ofOne) {
        Task<?> first = ofOne.element();
        return precedence.of(first.network, first.number);
    }

    private void start(Task<?> task) {
        try {
            threads.execute(() -> work(task));
            running++;
            precedence.turn(task.network);
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
        Deque<Task<?>> turn = waiting.values().stream().min(Comparator.comparing(this::rank)).orElse(null);
        if (turn == null) {
            running--;
            return null;
        }
        Task<?> task = turn.element();
        leave(task);
        precedence.turn(task.network);
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

    private CloudObjectException refused(String network) {
        precedence.turn(network);
        whenRefused.run();
        return new CloudObjectException(Code.TOO_MANY, patience);
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
