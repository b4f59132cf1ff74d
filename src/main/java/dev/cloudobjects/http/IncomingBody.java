package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** A request body that is being read. Its monitor guards the bytes received, and is not held while the receiver is called. */
final class IncomingBody implements ReadListener {

    private static final int CHUNK = 8192;

    private final IncomingBodies bodies;
    private final ServletInputStream in;
    private final IncomingBodies.Receiver receiver;
    private final String network;
    private final long started;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    /** The size at the last check of progress, and its time in ns. */
    private int progressSize;

    private long progressTime;
    /** Whether the receiver has been called. */
    private boolean ended;

    /** Whether its bytes no longer count against the budget. */
    private boolean released;

    /** A body. @param network the network of the client @param started in ns of the clock */
    IncomingBody(IncomingBodies bodies, ServletInputStream in, IncomingBodies.Receiver receiver, String network, long started) {
        this.bodies = bodies;
        this.in = in;
        this.receiver = receiver;
        this.network = network;
        this.started = started;
        this.progressTime = started;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!hasEnded() && in.isReady()) {
            int count = in.read(chunk);
            if (count < 0 || !add(chunk, count)) {
                return;
            }
        }
    }

    /** Returns whether to read on. */
    private boolean add(byte[] chunk, int count) {
        try {
            bodies.take(this, count, size());
        } catch (CloudObjectException e) {
            refuse(e);
            return false;
        }
        synchronized (this) {
            if (!released) {
                bytes.write(chunk, 0, count);
                if (bytes.size() - progressSize >= IncomingBodies.PROGRESS_BYTES) {
                    progressSize = bytes.size();
                    progressTime = bodies.now();
                }
                return true;
            }
        }
        bodies.giveBack(count);
        return false;
    }

    @Override
    public void onAllDataRead() {
        if (end()) {
            receiver.complete(this);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (failure instanceof SocketTimeoutException) {
            refuse(bodies.tooSlow());
        } else if (end()) {
            release();
            receiver.aborted(failure instanceof IOException e ? e : new IOException(failure));
        }
    }

    /** Ends with a refusal, unless it has ended. */
    void refuse(CloudObjectException why) {
        if (end()) {
            release();
            receiver.refused(why);
        }
    }

    /** Whether it took longer than the limit, or made no progress for half of it. Both in ns. */
    synchronized boolean isOverdue(long now, long limit) {
        return now - started > limit || now - progressTime > limit / 2;
    }

    /** The network of the client. */
    String network() {
        return network;
    }

    /** When it began, in ns of the clock. */
    long started() {
        return started;
    }

    /** How many bytes were received. */
    synchronized int size() {
        return bytes.size();
    }

    /** The bytes received. */
    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Returns its bytes to the budget. May be called again. */
    void release() {
        int held;
        synchronized (this) {
            held = released ? 0 : bytes.size();
            released = true;
        }
        bodies.giveBack(held);
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    /** Returns whether this call ended it. */
    private boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
        }
        bodies.ended(this);
        return true;
    }
}
