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
 * Writes rows asynchronously, in batches, on one thread that starts with the first change. Only the latest change of each
 * cid is pending, and a row that is removed before it was written is never written. So while the table is unreachable,
 * pending changes are bounded by the open connections plus the rows stored before. A failed batch is retried with the
 * changes that its cids have got meanwhile, first after 100 ms, then with growing delays of up to 5 s. Safe for use by
 * many threads.
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

    // All guarded by `lock`.
    private final Map<String, Wanted> waiting = new LinkedHashMap<>();
    /** The changes of the batch that is being written, or whose write has failed. */
    private final Map<String, Wanted> underWay = new LinkedHashMap<>();
    /** The cids that may have a stored row. */
    private final Set<String> stored = new HashSet<>();
    private @Nullable Runnable first;
    private long changes;
    private @Nullable Thread worker;
    private boolean closed;

    WriteBehind(Table table, ThreadFactory threads) {
        this.table = table;
        this.threads = threads;
    }

    /** The table that is written. */
    interface Table {

        /**
         * Writes a batch.
         *
         * @throws RuntimeException if the write failed, perhaps after some rows; it is retried
         */
        void write(Batch batch);
    }

    /**
     * The pending state of a row.
     *
     * @param since the number of the first change that is included
     * @param row {@code null} if the row is to be deleted
     */
    private record Wanted(long since, @Nullable ConnectionRow row) {}

    /** Runs a task before any change is written; retried until it succeeds. */
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
        changes++;
        Wanted before = waiting.get(cid);
        waiting.put(cid, new Wanted(before == null ? changes : before.since, row));
    }

    /** Waits until all earlier changes are written, at most {@code longest}; returns whether they are. */
    boolean flush(Duration longest) {
        lock.lock();
        try {
            long mark = changes;
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

    /** Stops the thread after the current batch. Pending and later changes are not written. */
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
            // Assigned after start(): if the thread can't be started for lack of memory, the next change tries again.
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

    /** Waits for the next task and returns it; {@code null} after {@link #close}. */
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

    /** The next batch: the failed changes, updated by newer ones of the same cids, then the oldest pending changes. */
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

    /** Logs failures number 1, 2, 4, 8 and so on. */
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

    /** Waits before the next try, with a delay that doubles each time; {@code false} after {@link #close}. */
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
