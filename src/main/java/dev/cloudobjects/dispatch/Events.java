package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Failure;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.RequestIds;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.login.LoginCheck;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.request.StreamSource;
import dev.cloudobjects.session.Attachments;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.Farewell;
import dev.cloudobjects.session.KeptGroups;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.session.Sessions;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Runs the events of a session, in its inbox, and tells the client what failed. */
@ApplicationScoped
class Events {

    @Inject
    ObjectDirectory objects;

    @Inject
    Invoker invoker;

    @Inject
    Sessions sessions;

    @Inject
    Attachments attachments;

    @Inject
    Deliveries deliveries;

    @Inject
    KeptGroups groups;

    @Inject
    LoginCheck logins;

    @Inject
    JsonMapper json;

    @Inject
    Meters meters;

    /**
     * Runs the connection event; the session is accepted or refused by what comes of it. A client that comes back to an earlier
     * session gets that one instead, if it is there and login and filters allow it.
     *
     * @param connect the connect frame. A token in it that is not good, or of another user, is left aside
     */
    void connection(Session session, ClientFrame.Connect connect) {
        if (!session.state().isConnecting() || !isLoginGood(session, connect.token())) {
            return;
        }
        Payload data = json.withoutTopLevel(connect.data(), Call.UID);
        ClientFrame.Resume resume = connect.resume();
        ClientFrame.Earlier earlier = resume == null ? null : resume.earlier();
        if (earlier == null) {
            connected(session, data, null);
            return;
        }
        Attachments.Found found = attachments.find(session, earlier);
        if (found instanceof Attachments.Found.Here here) {
            resume(session, here.session(), earlier.received(), data);
        } else if (found instanceof Attachments.Found.Missing missing) {
            missed(session, missing, data);
        }
    }

    private void missed(Session session, Attachments.Found.Missing missing, Payload data) {
        if (missing instanceof Attachments.Found.Closed closed) {
            Farewell farewell = closed.farewell();
            sessions.finish(session, farewell.last(), farewell.code(), farewell.reason(), false);
        } else if (missing instanceof Attachments.Found.None none) {
            connected(session, data, new ServerFrame.Recovery.Missed(none.why()));
        }
    }

    private boolean isLoginGood(Session session, @Nullable String token) {
        try {
            return logins.passes(session, token);
        } catch (CloudObjectException e) {
            meters.count(Meter.CONNECTIONS_REFUSED);
            sessions.finish(session, unavailable(e, true, null), CloseCode.TRY_LATER, e.getMessage(), false);
            return false;
        }
    }

    private void connected(Session session, Payload data, ServerFrame.@Nullable Recovery recovery) {
        Call call = call(session, Event.CONNECTION).params(data).build();
        Problem problem = Problem.of(run(session, call), call, json);
        if (problem != null) {
            refuse(session, problem);
        } else if (sessions.accept(session, recovery)) {
            groups.accepted(session);
            if (session.caller().login() != null) {
                // A logout during the connection event found nothing to end yet.
                logins.again(session);
            }
        }
    }

    /** @param data the data of the connection event, which the filters are asked about and which does not run */
    private void resume(Session session, Session earlier, long received, Payload data) {
        Call call = call(session, Event.CONNECTION).params(data).build();
        Problem problem = Problem.of(invoker.check(call, overrun(session)), call, json);
        if (problem != null) {
            refuse(session, problem);
            return;
        }
        attachments.resume(earlier, session, received)
                .ifPresentOrElse(missing -> missed(session, missing, data), () -> logins.again(earlier));
    }

    private void refuse(Session session, Problem problem) {
        meters.count(Meter.CONNECTIONS_REFUSED);
        if (problem.thrown() != null) {
            error(session, problem.thrown());
        }
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(TraceLine.NOT_ACCEPTED, problem.body().code(), problem.body().msg());
        }
        CloseCode close = Code.isToken(problem.body().code()) ? CloseCode.INVALID_TOKEN : CloseCode.REFUSED;
        sessions.finish(session, problem.event(true, null), close, problem.body().msg(), false);
    }

    /** Whether a session is heard and has the login that it needs; its client is told where that can't be known. */
    boolean mayRun(Session session, @Nullable Long id) {
        try {
            return session.isHeard() && logins.passes(session);
        } catch (CloudObjectException e) {
            deliveries.tell(session, unavailable(e, false, id));
            return false;
        }
    }

    /** Runs the message event; the client of a message with an id is told what became of it in any case. */
    void message(Session session, @Nullable Long id, Payload data) {
        if (!mayRun(session, id)) {
            return;
        }
        Call call = call(session, Event.MESSAGE).params(json.withoutTopLevel(data, Call.UID)).build();
        Answer answer = run(session, call);
        // Without an id nobody reads what was returned.
        Problem problem = id == null && answer instanceof Answer.Returned ? null : Problem.of(answer, call, json);
        ConnectionTrace trace = session.trace();
        if (trace != null) {
            trace.write(
                    TraceLine.HANDLED,
                    id,
                    problem == null ? "ok" : problem.body().code() + " " + problem.body().msg());
        }
        if (problem == null) {
            acknowledge(session, id);
            return;
        }
        if (problem.thrown() != null) {
            error(session, problem.thrown());
        }
        deliveries.tell(session, problem.event(false, id));
    }

    private void acknowledge(Session session, @Nullable Long id) {
        if (id != null) {
            deliveries.tell(session, new ServerFrame.Ack(id));
        }
    }

    /** Runs the disconnection event. */
    void end(Session session, Event event, Object argument) {
        Call call = call(session, event).argument(argument).params(json.write(argument)).build();
        Problem problem = Problem.of(run(session, call), call, json);
        if (problem != null && problem.thrown() != null) {
            error(session, problem.thrown());
        }
    }

    /** Runs the error event, once; a failure of its own is only logged. */
    void error(Session session, Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        Failure failure = new Failure(session.cid(), message);
        Call call = call(session, Event.ERROR).argument(failure).params(json.write(failure)).build();
        if (run(session, call) instanceof Answer.Failed failed) {
            Log.ERROR_EVENT_FAILED.logFrom(
                    session.address(),
                    failed.cause(),
                    call.object().path(),
                    session.cid(),
                    call.requestId());
        }
    }

    private Answer run(Session session, Call call) {
        Answer answer = invoker.invoke(call, overrun(session));
        StreamSource unread = answer instanceof Answer.Returned returned ? StreamSource.of(returned.value()) : null;
        if (unread == null) {
            return answer;
        }
        // Only who makes a request reads what an event returns.
        StreamSource.release(unread);
        return new Answer.Returned(null);
    }

    /** Goes on without a handler that does not return. */
    Overrun overrun(Session session) {
        long handling = session.handling();
        return () -> {
            sessions.end(session, SessionEnd.byServer(CloseCode.INTERNAL_ERROR, "its handler does not return"));
            session.abandonHandler(handling);
        };
    }

    private Call.Builder call(Session session, Event event) {
        ObjectModel object = object(session);
        return call(session, object, object.event(event));
    }

    /** The object of a session. */
    ObjectModel object(Session session) {
        return objects.find(session.route().path()).orElseThrow();
    }

    /** A call of a method of the object of a session, by its client. */
    Call.Builder call(Session session, ObjectModel object, ObjectMethod method) {
        return Call.of(object, method, RequestIds.next())
                .from(Source.WEBSOCKET, session.caller())
                .connection(session)
                .baseUrl(session.route().baseUrl());
    }

    static ServerFrame.Event unavailable(CloudObjectException why, boolean close, @Nullable Long re) {
        return ServerFrame.Event.error(why.code(), why.getMessage(), close, re);
    }
}
