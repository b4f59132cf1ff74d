package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** One body that arrives. Its monitor guards what has come, and is not held while the receiver is called. */
final class IncomingBody implements ReadListener {

    private static final int CHUNK = 8192;

    private final IncomingBodies arrivals;
    private final ServletInputStream in;
    private final IncomingBodies.Receiver receiver;
    private final String network;
    private final long started;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int mark;
    private long marked;
    private boolean over;
    private boolean released;

    /** A body. @param network who sends it */
    IncomingBody(IncomingBodies arrivals, ServletInputStream in, IncomingBodies.Receiver receiver, String network, long started) {
        this.arrivals = arrivals;
        this.in = in;
        this.receiver = receiver;
        this.network = network;
        this.started = started;
        this.marked = started;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!isOver() && in.isReady()) {
            int count = in.read(chunk);
            if (count < 0 || !add(chunk, count)) {
                return;
            }
        }
    }

    /** Whether it goes on. */
    private boolean add(byte[] chunk, int count) {
        try {
            arrivals.take(this, count, size());
        } catch (CloudObjectException e) {
            refuse(e);
            return false;
        }
        synchronized (this) {
            if (!released) {
                bytes.write(chunk, 0, count);
                if (bytes.size() - mark >= IncomingBodies.PROGRESS_BYTES) {
                    mark = bytes.size();
                    marked = arrivals.now();
                }
                return true;
            }
        }
        arrivals.giveBack(count);
        return false;
    }

    @Override
    public void onAllDataRead() {
        if (ends()) {
            receiver.arrived(this);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (failure instanceof SocketTimeoutException) {
            refuse(arrivals.tooSlow());
        } else if (ends()) {
            release();
            receiver.gone(failure);
        }
    }

    /** Waits no longer. Nothing happens when it has ended. */
    void refuse(CloudObjectException why) {
        if (ends()) {
            release();
            receiver.refused(why);
        }
    }

    /** Whether it takes longer than it may, or does not go on. */
    synchronized boolean isOverdue(long now, long limit) {
        return now - started > limit || now - marked > limit / 2;
    }

    /** Who sends it. */
    String network() {
        return network;
    }

    /** When it began. */
    long started() {
        return started;
    }

    /** How many bytes have come. */
    synchronized int size() {
        return bytes.size();
    }

    /** What has come. */
    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Counts no more. */
    void release() {
        int held;
        synchronized (this) {
            held = released ? 0 : bytes.size();
            released = true;
        }
        arrivals.giveBack(held);
    }

    private synchronized boolean isOver() {
        return over;
    }

    private boolean ends() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        arrivals.ended(this);
        return true;
    }
}
