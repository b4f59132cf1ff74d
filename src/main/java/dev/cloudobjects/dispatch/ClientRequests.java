package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.RequestIds;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.login.LoginCheck;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.ErrorBody;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.request.ServedRequests;
import dev.cloudobjects.request.StreamSource;
import dev.cloudobjects.session.Requests;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbException;
import org.jspecify.annotations.Nullable;

/** Runs the requests of clients, in the inbox of their session, and answers them: with a result, a stream, or an error event. */
@UnproxiedSingleton
class ClientRequests {

    private static final String NO_CREDIT =
            "the result is a stream: send the request with credit, the number of items to take, as socket.stream does";

    private final Events events;
    private final Invoker invoker;
    private final Requests requests;
    private final LoginCheck logins;
    private final JsonMapper json;

    @Inject
    ClientRequests(Events events, Invoker invoker, Requests requests, LoginCheck logins, JsonMapper json) {
        this.events = events;
        this.invoker = invoker;
        this.requests = requests;
        this.logins = logins;
        this.json = json;
    }

    /** Runs a request in its turn, and answers it in any case while the session is heard. */
    void run(Session session, ClientFrame.Request request) {
        if (!session.isHeard()) {
            return;
        }
        ServedRequests served = requests.of(session).served();
        if (!served.begin(request.number())) {
            cancelled(session, request);
            return;
        }
        try {
            if (logins.passes(session)) {
                call(session, request, served);
            }
        } catch (CloudObjectException e) {
            answer(session, request, e.code() + " " + e.getMessage(), Events.unavailable(e, false, request.number()));
        } finally {
            served.ran();
        }
    }

    private void cancelled(Session session, ClientFrame.Request request) {
        answer(session, request, Code.CANCELLED.message(), ServedRequests.cancelled(request.number()));
    }

    private void call(Session session, ClientFrame.Request request, ServedRequests served) {
        ObjectModel object = events.object(session);
        ObjectMethod method;
        try {
            String name = request.method();
            method = name == null ? object.event(Event.MESSAGE) : Resolver.method(object, name);
        } catch (CloudObjectException e) {
            String requestId = RequestIds.next();
            Log.REQUEST_REFUSED.logFrom(
                    session.address(), "websocket", object.path() + "." + request.method(), e.code(), e.getMessage(), requestId);
            tell(session, request, new Problem(new ErrorBody(e.code(), e.getMessage(), requestId), null, null));
            return;
        }
        Call call = events.call(session, object, method)
                .params(json.withoutTopLevel(request.data(), Call.UID))
                .build();
        if (served.isStopped()) {
            cancelled(session, request);
        } else {
            answered(session, request, served, call, invoker.invoke(call, following(session, served)));
        }
    }

    private Overrun following(Session session, ServedRequests served) {
        Overrun overrun = events.overrun(session);
        return new Overrun() {
            @Override
            public void begun(RunningCall running) {
                served.calling(running::cancel);
            }

            @Override
            public void stuck() {
                overrun.stuck();
            }
        };
    }

    private void answered(
            Session session, ClientFrame.Request request, ServedRequests served, Call call, Answer answer) {
        if (!(answer instanceof Answer.Returned returned)) {
            failed(session, request, Problem.of(answer, call, json), call);
            return;
        }
        StreamSource source = StreamSource.of(returned.value());
        if (source != null) {
            stream(session, request, served, call, source);
            return;
        }
        Payload result;
        try {
            result = json.payload(returned.value());
        } catch (JsonbException e) {
            tell(session, request, problem(e, call));
            return;
        }
        Problem problem = Problem.of(result, call, json);
        if (problem != null) {
            tell(session, request, problem);
        } else {
            answer(session, request, "ok", new ServerFrame.Response(request.number(), result));
        }
    }

    private void failed(Session session, ClientFrame.Request request, @Nullable Problem problem, Call call) {
        if (problem == null) {
            // A filter refuses with code 0, which a client can't read as a refusal.
            answer(session, request, "ok", new ServerFrame.Response(request.number(), Payload.NULL));
            return;
        }
        boolean ofEvent = call.event().isPresent() && problem.body().code() != Code.CANCELLED.value();
        if (problem.thrown() != null && ofEvent) {
            events.error(session, problem.thrown());
        }
        tell(session, request, problem);
    }

    private void stream(
            Session session, ClientFrame.Request request, ServedRequests served, Call call, StreamSource source) {
        Integer credit = request.credit();
        try {
            if (credit == null) {
                throw new CloudObjectException(Code.NOT_CALLABLE, NO_CREDIT);
            }
            handled(session, request, "stream");
            served.stream(
                    request.number(),
                    source,
                    credit,
                    json::payload,
                    failure -> problem(failure, call).event(false, request.number()));
        } catch (CloudObjectException e) {
            StreamSource.release(source);
            tell(session, request, problem(e, call));
        }
    }

    /** What the client is told of a failure behind the call: nothing that it may not read. */
    private static Problem problem(Throwable failure, Call call) {
        if (failure instanceof CloudObjectException said) {
            return new Problem(new ErrorBody(said.code(), said.getMessage(), call.requestId()), null, failure);
        }
        Invoker.logFailure(call, failure);
        ErrorBody body = new ErrorBody(Code.INTERNAL.value(), Code.INTERNAL.message(), call.requestId());
        return new Problem(body, null, failure);
    }

    private void tell(Session session, ClientFrame.Request request, Problem problem) {
        String told = problem.body().code() + " " + problem.body().msg();
        answer(session, request, told, problem.event(false, request.number()));
    }

    private void answer(Session session, ClientFrame.Request request, String traced, ServerFrame frame) {
        handled(session, request, traced);
        requests.send(session, frame);
    }

    private static void handled(Session session, ClientFrame.Request request, String how) {
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(TraceLine.HANDLED, request.number(), how);
        }
    }

    /** The client has answered a request of the server. Whoever waits for that is not held up by the inbox. */
    void answered(Session session, ClientFrame.Response response) {
        requests.of(session).asked().answered(response.re(), response.data(), response.err());
        requests.send(session, new ServerFrame.Ack(response.number()));
    }

    void cancel(Session session, ClientFrame.Cancel cancel) {
        requests.of(session).served().cancel(cancel.re());
    }

    void credit(Session session, ClientFrame.Credit credit) {
        requests.of(session).served().credit(credit.re(), credit.total());
    }

    /** Runs a task that is not to wait for the inbox. */
    void beside(Runnable task) {
        requests.run(task);
    }
}
