package dev.cloudobjects.request;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.reach.PreparedRequest;
import java.util.concurrent.CompletableFuture;

/** A request of the server to one client. It is made first and sent later, if at all. Safe for use by many threads. */
public final class AskedRequest implements PreparedRequest {

    private final AskedRequests owner;
    private final long id;
    private final Payload data;
    private final long deadline;
    private final CompletableFuture<Payload> answer = new CompletableFuture<>();

    /** Guarded by the monitor of the owner, as {@link #given} is. */
    private boolean sent;

    private boolean given;

    AskedRequest(AskedRequests owner, long id, Payload data, long deadline) {
        this.owner = owner;
        this.id = id;
        this.data = data;
        this.deadline = deadline;
    }

    @Override
    public CompletableFuture<Payload> answer() {
        return answer;
    }

    @Override
    public void send() {
        owner.send(this);
    }

    @Override
    public void fail(CloudObjectException why) {
        owner.drop(this, why);
    }

    long id() {
        return id;
    }

    Payload data() {
        return data;
    }

    long deadline() {
        return deadline;
    }

    boolean sent() {
        return sent;
    }

    void sent(boolean now) {
        this.sent = now;
    }

    /** Whether the client has answered. */
    boolean given() {
        return given;
    }

    void given(boolean now) {
        this.given = now;
    }
}
