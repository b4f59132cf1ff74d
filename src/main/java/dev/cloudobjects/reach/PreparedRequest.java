package dev.cloudobjects.reach;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.json.Payload;
import java.util.concurrent.CompletableFuture;

/** A request to one client that is yet to be sent. Safe for use by many threads. */
public interface PreparedRequest {

    /**
     * The client's answer. It completes on a thread for handlers, with a {@link CloudObjectException} if there is none. Who cancels it
     * cancels the request.
     */
    CompletableFuture<Payload> answer();

    /** Sends it, unless its time is over already. To be called once at most. */
    void send();

    /** Gives it up; nothing happens when it has its answer. */
    void fail(CloudObjectException why);
}
