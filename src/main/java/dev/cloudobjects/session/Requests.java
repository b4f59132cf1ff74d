package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.request.AskedRequest;
import dev.cloudobjects.request.OpenRequests;
import dev.cloudobjects.request.SessionRequests;
import jakarta.inject.Inject;
import java.time.Duration;

/** The requests of sessions, which are made when the first one comes. Safe for use by many threads. */
@UnproxiedSingleton
public final class Requests {

    private final OpenRequests all;
    private final Deliveries deliveries;

    /** Requests that travel by these deliveries. */
    @Inject
    public Requests(OpenRequests all, Deliveries deliveries) {
        this.all = all;
        this.deliveries = deliveries;
    }

    /** The requests of a session. Those of a session that has ended have ended as well. */
    public SessionRequests of(Session session) {
        SessionRequests known = session.requests();
        return known == null ? made(session) : known;
    }

    private SessionRequests made(Session session) {
        synchronized (session) {
            SessionRequests known = session.requests();
            if (known != null) {
                return known;
            }
            SessionRequests own = all.of(frame -> send(session, frame));
            if (session.state().isClosed()) {
                own.end();
            }
            session.requests(own);
            return own;
        }
    }

    /** Sends a frame that is about a request. Data counts as a message of the application. */
    public void send(Session session, ServerFrame frame) {
        boolean data = frame instanceof ServerFrame.Request
                || frame instanceof ServerFrame.Response
                || frame instanceof ServerFrame.Item;
        if (data) {
            deliveries.deliver(session, new OutgoingMessage(frame));
        } else {
            deliveries.tell(session, frame);
        }
    }

    /** Runs a task on a thread for handlers, whatever waits in the inbox of a session. */
    public void run(Runnable task) {
        all.run(task);
    }

    /**
     * Makes a request to the client of a session, to be sent later.
     *
     * @throws CloudObjectException with code 501 when the client answers no requests, 429 when too many are open, 410 when the
     *     session has ended
     */
    AskedRequest ask(Session session, Payload data, Duration timeout) {
        if (!session.answersRequests()) {
            throw new CloudObjectException(Code.NOT_CALLABLE, "the client of this connection answers no requests");
        }
        if (!session.state().isAddressable()) {
            throw new CloudObjectException(Code.GONE);
        }
        return of(session).asked().open(data, timeout);
    }
}
