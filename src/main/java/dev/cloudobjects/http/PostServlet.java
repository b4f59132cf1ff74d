package dev.cloudobjects.http;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.threads.WorkerPool;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Answers a POST with a JSON object or a form in its body. No thread of the container waits: the request line and the headers
 * are checked at once; the token is authenticated on a thread of the handler pool; the body is read asynchronously; and the call
 * runs on a thread of the handler pool. {@link CallLimit} counts what runs there, {@link IncomingBodies} the bodies.
 */
public abstract class PostServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;

    private static final byte[] NO_BYTES = {};

    @Inject
    protected transient Bodies bodies;

    @Inject
    transient IncomingBodies incoming;

    @Inject
    protected transient Requests requests;

    @Inject
    transient CallLimit limit;

    @Inject
    transient WorkerPool handlers;

    /** Handles one request whose url and headers have been checked. */
    protected interface PostHandler {

        /** The name of the method that is called: {@link CallLimit} counts by it. */
        String method();

        /**
         * Checks the caller; may query the database.
         *
         * @return whether the body is needed; otherwise {@link #run} gets an empty one
         * @throws CloudObjectException to refuse the request
         */
        boolean needsBody(Caller caller);

        /**
         * Runs the call.
         *
         * @param answers takes the answer; may be called before this returns
         * @throws CloudObjectException to answer with a failure
         */
        void run(Caller caller, Bodies.Expected expected, byte[] body, Consumer<JsonObject> answers);
    }

    /** Checks the url and the headers of a request. @throws CloudObjectException to refuse it */
    protected abstract PostHandler handler(HttpServletRequest request);

    @Override
    protected final void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Bodies.Expected expected = bodies.expect(request);
        PostHandler handler = handler(request);
        RequestHead head = RequestHead.of(request);
        Caller.Client client = requests.client(head);
        String address = String.valueOf(client.address());
        limit.check(address, handler.method());
        String token = Requests.token(head);
        ServletInputStream in = request.getInputStream();
        Post post = new Post(Exchange.begin(address, late, request, response), handler, expected, address, in);
        if (token == null) {
            post.exchange.run(() -> post.authenticated(requests.caller(client, null), false));
        } else {
            post.runLimited(() -> post.authenticated(requests.caller(client, token), true), () -> {});
        }
    }

    /** One request that is being handled. */
    private final class Post {

        private final Exchange exchange;
        private final PostHandler handler;
        private final Bodies.Expected expected;
        private final String address;
        private final ServletInputStream in;

        Post(Exchange exchange, PostHandler handler, Bodies.Expected expected, String address, ServletInputStream in) {
            this.exchange = exchange;
            this.handler = handler;
            this.expected = expected;
            this.address = address;
            this.in = in;
        }

        /** The caller is known. @param limited whether this thread is one of the handler pool, counted by {@link CallLimit} */
        void authenticated(Caller caller, boolean limited) {
            if (handler.needsBody(caller) && !expected.isEmpty()) {
                readBody(caller);
            } else if (limited) {
                handler.run(caller, expected, NO_BYTES, exchange::answer);
            } else {
                runLimited(() -> handler.run(caller, expected, NO_BYTES, exchange::answer), () -> {});
            }
        }

        private void readBody(Caller caller) {
            incoming.read(address, in, new IncomingBodies.Receiver() {
                @Override
                public void complete(IncomingBody body) {
                    runLimited(() -> handler.run(caller, expected, body.bytes(), exchange::answer), body::release);
                }

                @Override
                public void refused(CloudObjectException why) {
                    exchange.run(() -> handlers.execute(() -> exchange.fail(why)));
                }

                @Override
                public void aborted(IOException why) {
                    exchange.fail(why);
                }
            });
        }

        /**
         * Runs a part of the work on a thread of the handler pool, and counts it in {@link CallLimit}.
         *
         * @param finish runs when the part has ended, or could not start
         */
        void runLimited(Runnable part, Runnable finish) {
            exchange.run(() -> {
                Runnable end = finish;
                try {
                    limit.enter(address, handler.method());
                    end = () -> {
                        limit.leave(address, handler.method());
                        finish.run();
                    };
                    handlers.execute(inOrder(() -> exchange.run(part), end));
                } catch (LimitExceeded | RejectedExecutionException e) {
                    end.run();
                    throw e;
                }
            });
        }
    }

    private static Runnable inOrder(Runnable first, Runnable last) {
        return () -> {
            try {
                first.run();
            } finally {
                last.run();
            }
        };
    }
}
