package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.directory.ConnectionRow;
import dev.cloudobjects.log.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows behind, in batches, on one thread that starts with the first change. Per cid only the latest state waits:
 * a row that is removed before it was written is never written, so that while the table is away no more waits than there
 * are connections, plus those that were stored when it went. A batch that fails is tried again, first after 100 ms, then
 * less and less often up to 5 s.
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
    private final Map<String, Entry> waiting = new LinkedHashMap<>();
    private final List<Entry> underWay = new ArrayList<>();
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
         * Removes, then inserts. Either may have been done in part before, when the table failed.
         *
         * @param removed cids whose rows go, if they exist
         * @param added rows that are put in
         * @throws RuntimeException when that failed and shall be tried again
         */
        void write(List<String> removed, List<ConnectionRow> added);
    }

    /** The wanted state of a row, and what may be there. */
    private static final class Entry {
        private final String cid;
        /** The number of the first change that this entry stands for. */
        private final long since;
        private @Nullable ConnectionRow row;
        private boolean maybeStored;

        Entry(String cid, long since, @Nullable ConnectionRow row, boolean maybeStored) {
            this.cid = cid;
            this.since = since;
            this.row = row;
            this.maybeStored = maybeStored;
        }
    }

    /** Something to do before any change is written; tried until it succeeds. */
    void first(Runnable task) {
        locked(() -> {
            first = task;
            wake();
        });
    }

    void added(ConnectionRow row) {
        locked(() -> {
            said++;
            Entry entry = waiting.get(row.cid());
            if (entry == null) {
                waiting.put(row.cid(), new Entry(row.cid(), said, row, false));
            } else {
                entry.row = row;
            }
            wake();
        });
    }

    void removed(String cid) {
        locked(() -> {
            said++;
            Entry entry = waiting.get(cid);
            if (entry == null) {
                waiting.put(cid, new Entry(cid, said, null, true));
            } else if (entry.maybeStored) {
                entry.row = null;
            } else {
                waiting.remove(cid);
                written.signalAll();
            }
            wake();
        });
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
                || underWay.stream().anyMatch(entry -> entry.since <= mark)
                || waiting.values().stream().anyMatch(entry -> entry.since <= mark);
    }

    private void wake() {
        if (closed) {
            return;
        }
        if (worker == null) {
            worker = threads.newThread(this::work);
            worker.start();
        }
        changed.signal();
    }

    private void work() {
        Duration pause = FIRST_PAUSE;
        long failures = 0;
        while (true) {
            try {
                Runnable task = next();
                if (task == null) {
                    return;
                }
                task.run();
                done(task);
                failures = 0;
                pause = FIRST_PAUSE;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                failures++;
                int behind = putBack();
                // At the first failure, and as they go on less and less often.
                if (Long.bitCount(failures) == 1) {
                    Log.DIRECTORY_BEHIND.log(behind, reason(e));
                }
                if (!rest(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** Waits for something to do, and takes it; {@code null} when there shall be nothing more. */
    private @Nullable Runnable next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && first == null && !closed) {
                changed.await();
            }
            if (closed || first != null) {
                return closed ? null : first;
            }
            List<String> removed = new ArrayList<>();
            List<ConnectionRow> added = new ArrayList<>();
            Iterator<Entry> oldest = waiting.values().iterator();
            while (oldest.hasNext() && underWay.size() < MOST_PER_BATCH) {
                Entry entry = oldest.next();
                oldest.remove();
                underWay.add(entry);
                if (entry.maybeStored) {
                    removed.add(entry.cid);
                }
                if (entry.row != null) {
                    added.add(entry.row);
                }
            }
            return () -> table.write(removed, added);
        } finally {
            lock.unlock();
        }
    }

    private void done(Runnable task) {
        locked(() -> {
            underWay.clear();
            if (first == task) {
                first = null;
            }
            written.signalAll();
        });
    }

    /** Puts the batch under way back in front; what was said of a cid meanwhile stays, and part of it may be stored. */
    private int putBack() {
        lock.lock();
        try {
            Map<String, Entry> later = new LinkedHashMap<>(waiting);
            waiting.clear();
            for (Entry entry : underWay) {
                Entry newer = later.remove(entry.cid);
                @Nullable ConnectionRow row = newer == null ? entry.row : newer.row;
                waiting.put(entry.cid, new Entry(entry.cid, entry.since, row, true));
            }
            waiting.putAll(later);
            underWay.clear();
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits before the next try; {@code false} when there shall be none. */
    private boolean rest(Duration pause) {
        lock.lock();
        try {
            long nanos = pause.toNanos();
            while (nanos > 0 && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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

    private static String reason(RuntimeException failure) {
        Throwable cause = failure instanceof CloudObjectException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return String.valueOf(cause.getMessage());
    }
}
