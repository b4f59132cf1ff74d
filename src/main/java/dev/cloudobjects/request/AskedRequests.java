package dev.cloudobjects.request;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.ErrorBody;
import dev.cloudobjects.protocol.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the server to one client that have no answer yet. The monitor guards all fields; nothing is sent and no future
 * is completed under it.
 */
public final class AskedRequests {

    private final SessionRequests part;
    private final OpenRequests all;
    private final Consumer<ServerFrame> send;
    private final Map<Long, AskedRequest> open = new HashMap<>(4);
    private long lastId;
    private int due;
    private boolean ended;

    AskedRequests(SessionRequests part, OpenRequests all, Consumer<ServerFrame> send) {
        this.part = part;
        this.all = all;
        this.send = send;
    }

    /**
     * Makes a request, whose time runs from now on.
     *
     * @throws CloudObjectException with code 429 when too many are open, 410 when the connection has ended
     */
    public AskedRequest open(Payload data, Duration timeout) {
        AskedRequest request;
        synchronized (this) {
            if (ended) {
                throw new CloudObjectException(Code.GONE);
            }
            int most = all.limits().maxOpen();
            if (open.size() >= most) {
                throw new CloudObjectException(
                        Code.TOO_MANY, "the connection has " + most + " requests without an answer, which is the limit");
            }
            request = new AskedRequest(this, ++lastId, data, all.clock().nanos() + timeout.toNanos());
            open.put(request.id(), request);
        }
        part.changed();
        CompletionStage<Payload> told = request.answer();
        told.whenComplete((answer, failure) -> {
            if (request.answer().isCancelled()) {
                drop(request, null);
            }
        });
        return request;
    }

    void send(AskedRequest request) {
        synchronized (this) {
            if (!open.containsKey(request.id())) {
                return;
            }
            // Before it leaves, for the answer may be here at once.
            due = Math.min(due + 1, all.limits().maxOpen());
        }
        send.accept(new ServerFrame.Request(request.id(), request.data()));
        boolean unwanted;
        synchronized (this) {
            request.sent(true);
            unwanted = !ended && !request.given() && !open.containsKey(request.id());
        }
        if (unwanted) {
            // It was given up while it left.
            send.accept(new ServerFrame.Cancel(request.id()));
        }
    }

    synchronized boolean hasDeadlines() {
        return !open.isEmpty();
    }

    /** Whether a frame is due that the rate does not count, one for each request. */
    synchronized boolean isDue() {
        if (due == 0) {
            return false;
        }
        due--;
        return true;
    }

    /** The client has answered a request; nothing happens when that is not open. */
    public void answered(long id, Payload data, @Nullable ErrorBody err) {
        AskedRequest request;
        synchronized (this) {
            request = open.remove(id);
            if (request == null) {
                return;
            }
            request.given(true);
        }
        part.changed();
        if (err == null) {
            all.run(() -> request.answer().complete(data));
        } else {
            complete(request, new CloudObjectException(err.code(), err.msg()));
        }
    }

    /** Gives a request up, if it is open, and tells the client so. @param why {@code null} when its future knows that already */
    void drop(AskedRequest request, @Nullable CloudObjectException why) {
        boolean told;
        synchronized (this) {
            if (open.remove(request.id()) == null) {
                return;
            }
            told = request.sent();
        }
        part.changed();
        if (told) {
            send.accept(new ServerFrame.Cancel(request.id()));
        }
        if (why != null) {
            complete(request, why);
        }
    }

    private void complete(AskedRequest request, CloudObjectException why) {
        all.run(() -> request.answer().completeExceptionally(why));
    }

    void sweep(long now) {
        List<AskedRequest> late;
        synchronized (this) {
            late = open.values().stream().filter(request -> now - request.deadline() > 0).toList();
        }
        late.forEach(request -> drop(
                request, new CloudObjectException(Code.TIMEOUT, "the client has not answered in time")));
    }

    /** The connection has ended. */
    void end() {
        List<AskedRequest> left;
        synchronized (this) {
            ended = true;
            left = new ArrayList<>(open.values());
            open.clear();
        }
        left.forEach(request -> complete(request, new CloudObjectException(Code.GONE)));
    }
}
