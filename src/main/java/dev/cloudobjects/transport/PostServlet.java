package dev.cloudobjects.transport;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.dispatch.HandlerPool;
import dev.cloudobjects.security.Caller;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Takes a POST and its body, and keeps no thread of the container while anything waits: what the request says of itself
 * is decided at once, who calls is asked for on a thread of the handlers, the body is read as it comes, and the work is
 * done where events run. What runs there has a place that is counted, and what arrives is counted too.
 */
abstract class PostServlet extends AnsweringServlet {
    private static final long serialVersionUID = 1L;

    private static final byte[] NOTHING = {};

    @Inject
    transient Bodies bodies;

    @Inject
    transient Arrivals arrivals;

    @Inject
    transient Requests requests;

    @Inject
    transient CallLimit limit;

    @Inject
    transient HandlerPool handlers;

    /** What a request is about, as far as it is known without its body. */
    interface Errand {

        /** What is called: calls of the same are counted together. */
        String method();

        /**
         * Decides what can be decided of a caller; may ask the database.
         *
         * @return whether the body is needed; otherwise the work is done without
         * @throws CloudObjectException to refuse
         */
        boolean needsBody(Caller caller);

        /** Does the work, and answers at the end or before. @throws CloudObjectException to answer with a failure */
        void run(Caller caller, Bodies.Expected expected, byte[] body, Consumer<JsonObject> answers);
    }

    /** Looks at a request. @throws CloudObjectException to refuse */
    abstract Errand errand(HttpServletRequest request);

    @Override
    protected final void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Bodies.Expected expected = bodies.expect(request);
        Errand errand = errand(request);
        Caller.Client client = requests.client(request);
        String address = String.valueOf(client.address());
        limit.look(address, errand.method());
        String token = Requests.token(request);
        ServletInputStream in = request.getInputStream();
        Post post = new Post(Exchange.begin(address, request, response), errand, expected, address, in);
        if (token == null) {
            post.exchange.doing(() -> post.from(requests.caller(client, null), false));
        } else {
            post.inPlace(() -> post.from(requests.caller(client, token), true), () -> {});
        }
    }

    /** One request on its way. */
    private final class Post {

        private final Exchange exchange;
        private final Errand errand;
        private final Bodies.Expected expected;
        private final String address;
        private final ServletInputStream in;

        Post(Exchange exchange, Errand errand, Bodies.Expected expected, String address, ServletInputStream in) {
            this.exchange = exchange;
            this.errand = errand;
            this.expected = expected;
            this.address = address;
            this.in = in;
        }

        /** It is known who calls. @param placed whether this thread is one of the handlers' and has its place */
        void from(Caller caller, boolean placed) {
            if (errand.needsBody(caller) && !expected.isEmpty()) {
                await(caller);
            } else if (placed) {
                errand.run(caller, expected, NOTHING, exchange::answer);
            } else {
                inPlace(() -> errand.run(caller, expected, NOTHING, exchange::answer), () -> {});
            }
        }

        private void await(Caller caller) {
            arrivals.await(address, in, new Arrivals.Receiver() {
                @Override
                public void arrived(Arrival body) {
                    inPlace(() -> errand.run(caller, expected, body.bytes(), exchange::answer), body::release);
                }

                @Override
                public void refused(CloudObjectException why) {
                    exchange.doing(() -> handlers.execute(() -> exchange.refuse(why)));
                }

                @Override
                public void gone(Throwable why) {
                    exchange.abandon(why);
                }
            });
        }

        /** Does a part of the work on a thread of the handlers. @param done runs behind it, whatever becomes of it */
        void inPlace(Runnable part, Runnable done) {
            exchange.doing(() -> {
                Runnable end = done;
                try {
                    limit.enter(address, errand.method());
                    end = () -> {
                        limit.leave(address, errand.method());
                        done.run();
                    };
                    handlers.execute(behind(() -> exchange.doing(part), end));
                } catch (LimitExceeded | RejectedExecutionException e) {
                    end.run();
                    throw e;
                }
            });
        }
    }

    private static Runnable behind(Runnable first, Runnable then) {
        return () -> {
            try {
                first.run();
            } finally {
                then.run();
            }
        };
    }
}
