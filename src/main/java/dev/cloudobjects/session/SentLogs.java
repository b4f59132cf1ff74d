package dev.cloudobjects.session;

import dev.cloudobjects.protocol.Encoded;
import java.util.concurrent.atomic.AtomicLong;

/** The memory of the {@linkplain SentLog logs} of all sessions. A frame that several logs have counts once. Safe for use by many threads. */
final class SentLogs {

    private final ResumeLimits limits;
    private final AtomicLong used = new AtomicLong();

    SentLogs(ResumeLimits limits) {
        this.limits = limits;
    }

    SentLog open() {
        return new SentLog(limits, this);
    }

    void keep(Encoded frame) {
        if (frame.retain()) {
            used.addAndGet(frame.size());
        }
    }

    void drop(Encoded frame) {
        if (frame.release()) {
            used.addAndGet(-frame.size());
        }
    }

    /** Whether so many bytes more may be kept. */
    boolean hasRoom(int size) {
        return used.get() + size <= limits.totalBytes();
    }

    /** Whether more is kept than may be. */
    boolean isFull() {
        return used.get() > limits.totalBytes();
    }

    /** The bytes that are kept now. */
    long used() {
        return used.get();
    }
}
