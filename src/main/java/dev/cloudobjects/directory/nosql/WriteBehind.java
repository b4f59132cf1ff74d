package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.directory.ConnectionRow;
import dev.cloudobjects.log.Log;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows behind, in batches, on one thread that starts with the first change. Per cid only the latest state waits:
 * a row that is removed before it was written is never written, so that while the table is away no more waits than there
 * are connections, plus those that were stored when it went. A batch that fails is tried again, with what was said of its
 * cids meanwhile, first after 100 ms, then less and less often up to 5 s.
 */
final class WriteBehind implements AutoCloseable {

    private static final int MOST_PER_BATCH = 500;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Table table;
    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition written = lock.newCondition();

    // All guarded by the lock.
    private final Map<String, Wanted> waiting = new LinkedHashMap<>();
    /** What is being written, or was when that failed. */
    private final Map<String, Wanted> underWay = new LinkedHashMap<>();
    /** The cids that may have a row in the table. */
    private final Set<String> stored = new HashSet<>();
    private @Nullable Runnable first;
    private long said;
    private @Nullable Thread worker;
    private boolean closed;

    WriteBehind(Table table, ThreadFactory threads) {
        this.table = table;
        this.threads = threads;
    }

    /** Where the rows go. */
    interface Table {

        /**
         * Writes a batch.
         *
         * @throws RuntimeException when that failed, which may be in part, and shall be tried again
         */
        void write(Batch batch);
    }

    /**
     * The wanted state of a row.
     *
     * @param since the number of the first change that it stands for
     * @param row {@code null} for none
     */
    private record Wanted(long since, @Nullable ConnectionRow row) {}

    /** Something to do before any change is written; tried until it succeeds. */
    void first(Runnable task) {
        locked(() -> {
            first = task;
            wake();
        });
    }

    void added(ConnectionRow row) {
        locked(() -> {
            want(row.cid(), row);
            wake();
        });
    }

    void removed(String cid) {
        locked(() -> {
            if (stored.contains(cid)) {
                want(cid, null);
                wake();
            } else {
                waiting.remove(cid);
                written.signalAll();
            }
        });
    }

    private void want(String cid, @Nullable ConnectionRow row) {
        said++;
        Wanted before = waiting.get(cid);
        waiting.put(cid, new Wanted(before == null ? said : before.since, row));
    }

    /** Waits until all that was said before is written; tells whether it is. */
    boolean flush(Duration longest) {
        lock.lock();
        try {
            long mark = said;
            long nanos = longest.toNanos();
            while (isBehind(mark)) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = written.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread after the batch under way. What is not written by then, and what is said later, is not. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
        });
    }

    private boolean isBehind(long mark) {
        return first != null
                || underWay.values().stream().anyMatch(wanted -> wanted.since <= mark)
                || waiting.values().stream().anyMatch(wanted -> wanted.since <= mark);
    }

    private void wake() {
        if (closed) {
            return;
        }
        if (worker == null) {
            // Kept when it has started: without memory for it, the next change tries again.
            Thread made = threads.newThread(this::work);
            made.start();
            worker = made;
        }
        changed.signal();
    }

    private void work() {
        long failures = 0;
        while (true) {
            try {
                if (failures > 0 && !rest(failures)) {
                    return;
                }
                Runnable task = next();
                if (task == null) {
                    return;
                }
                task.run();
                done(task);
                failures = 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                failures++;
                failed(failures, e);
            }
        }
    }

    /** Waits for something to do, and takes it; {@code null} when there shall be nothing more. */
    private @Nullable Runnable next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && underWay.isEmpty() && first == null && !closed) {
                changed.await();
            }
            if (closed || first != null) {
                return closed ? null : first;
            }
            Batch batch = take();
            return () -> table.write(batch);
        } finally {
            lock.unlock();
        }
    }

    /** What failed, with what was said of the same cids meanwhile; then what has waited the longest. */
    private Batch take() {
        underWay.replaceAll((cid, failed) -> {
            Wanted newer = waiting.remove(cid);
            return newer == null ? failed : new Wanted(failed.since, newer.row);
        });
        Iterator<Map.Entry<String, Wanted>> oldest = waiting.entrySet().iterator();
        while (oldest.hasNext() && underWay.size() < MOST_PER_BATCH) {
            Map.Entry<String, Wanted> next = oldest.next();
            underWay.put(next.getKey(), next.getValue());
            oldest.remove();
        }
        Batch batch = new Batch();
        underWay.forEach((cid, wanted) -> {
            if (wanted.row == null) {
                batch.removed().add(cid);
            } else if (stored.add(cid)) {
                batch.inserted().add(wanted.row);
            } else {
                batch.replaced().add(wanted.row);
            }
        });
        return batch;
    }

    private void done(Runnable task) {
        locked(() -> {
            if (first == task) {
                first = null;
            } else {
                underWay.forEach((cid, wanted) -> {
                    if (wanted.row == null) {
                        stored.remove(cid);
                    }
                });
                underWay.clear();
            }
            written.signalAll();
        });
    }

    /** Logs the first failure, and as they go on less and less of them. */
    private void failed(long failures, Throwable why) {
        if (Long.bitCount(failures) == 1) {
            Log.DIRECTORY_BEHIND.log(behind(), reason(why));
        }
    }

    private int behind() {
        lock.lock();
        try {
            return underWay.size() + waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits before the next try, twice as long as before the last; {@code false} when there shall be none. */
    private boolean rest(long failures) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = Math.min(FIRST_PAUSE.toNanos() << Math.min(failures - 1, 10), LONGEST_PAUSE.toNanos());
            while (nanos > 0 && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure instanceof CloudObjectException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return String.valueOf(cause.getMessage());
    }
}
