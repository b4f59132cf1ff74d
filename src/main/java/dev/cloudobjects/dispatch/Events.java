package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Failure;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.ConnectionState;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.End;
import dev.cloudobjects.session.LoginChange;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Runs the events of a connection, on its inbox, and tells the client what failed. */
@ApplicationScoped
class Events {

    @Inject
    ObjectDirectory objects;

    @Inject
    Invoker invoker;

    @Inject
    Connections connections;

    @Inject
    LoginCheck logins;

    @Inject
    LoginChange change;

    @Inject
    IdentityProvider users;

    @Inject
    JsonMapper json;

    @Inject
    Meters meters;

    /**
     * Runs the connection event; the connection is accepted or refused by what comes of it.
     *
     * @param token what the client shows besides its ticket; one that is not good, or of another user, is left aside
     */
    void connection(Connection connection, Payload data, @Nullable String token) {
        if (connection.state() != ConnectionState.CONNECTING) {
            return;
        }
        Login login = connection.caller().login();
        try {
            if (!logins.passes(connection)) {
                return;
            }
            if (token != null && login != null && isOf(login, users.authenticate(token, login.deviceId()))) {
                change.noteToken(connection, token);
            }
        } catch (CloudObjectException e) {
            meters.count(Meter.CONNECTIONS_REFUSED);
            connections.finish(connection, unavailable(e, true, null), CloseCode.TRY_LATER, e.getMessage(), false);
            return;
        }
        Call call = call(connection, Event.CONNECTION).params(json.withoutTopLevel(data, Call.UID)).build();
        Problem problem = Problem.of(run(connection, call), call, json);
        if (problem == null) {
            if (connections.accept(connection) && login != null) {
                // A logout during the connection event found nothing to end yet.
                logins.again(connection);
            }
            return;
        }
        meters.count(Meter.CONNECTIONS_REFUSED);
        if (problem.thrown() != null) {
            error(connection, problem.thrown());
        }
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            trace.write(TraceLine.NOT_ACCEPTED, problem.body().code(), problem.body().msg());
        }
        CloseCode close = Code.isToken(problem.body().code()) ? CloseCode.INVALID_TOKEN : CloseCode.REFUSED;
        connections.finish(connection, problem.event(true, null), close, problem.body().msg(), false);
    }

    private static boolean isOf(Login login, Authentication shown) {
        return shown instanceof Authentication.Authenticated good && good.login().uid().equals(login.uid());
    }

    /** Runs the message event; the client of a message with an id is told what became of it in any case. */
    void message(Connection connection, @Nullable Long id, Payload data) {
        // A connection that its peer closed is still heard out; one that the server is closing is not.
        if (!connection.accepted() || connection.state() == ConnectionState.CLOSING) {
            return;
        }
        try {
            if (!logins.passes(connection)) {
                return;
            }
        } catch (CloudObjectException e) {
            connections.tell(connection, unavailable(e, false, id));
            return;
        }
        Call call = call(connection, Event.MESSAGE).params(json.withoutTopLevel(data, Call.UID)).build();
        Answer answer = run(connection, call);
        // Without an id nobody reads what was returned.
        Problem problem = id == null && answer instanceof Answer.Returned ? null : Problem.of(answer, call, json);
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            trace.write(
                    TraceLine.HANDLED,
                    id,
                    problem == null ? "ok" : problem.body().code() + " " + problem.body().msg());
        }
        if (problem == null) {
            acknowledge(connection, id);
            return;
        }
        if (problem.thrown() != null) {
            error(connection, problem.thrown());
        }
        connections.tell(connection, problem.event(false, id));
    }

    private void acknowledge(Connection connection, @Nullable Long id) {
        if (id != null) {
            connections.tell(connection, new ServerFrame.Ack(id));
        }
    }

    /** Runs the disconnection event. */
    void end(Connection connection, Event event, Object argument) {
        Call call = call(connection, event).argument(argument).params(json.write(argument)).build();
        Problem problem = Problem.of(run(connection, call), call, json);
        if (problem != null && problem.thrown() != null) {
            error(connection, problem.thrown());
        }
    }

    /** Runs the error event, once; a failure of its own is only logged. */
    private void error(Connection connection, Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        Failure failure = new Failure(connection.cid(), message);
        Call call = call(connection, Event.ERROR).argument(failure).params(json.write(failure)).build();
        if (run(connection, call) instanceof Answer.Failed failed) {
            Log.ERROR_EVENT_FAILED.logFrom(
                    connection.address(),
                    failed.cause(),
                    call.object().path(),
                    connection.cid(),
                    call.requestId());
        }
    }

    private Answer run(Connection connection, Call call) {
        long handling = connection.handling();
        return invoker.invoke(call, () -> {
            connections.end(connection, End.byServer(CloseCode.INTERNAL_ERROR, "its handler does not return"));
            connection.abandonHandler(handling);
        });
    }

    private Call.Builder call(Connection connection, Event event) {
        ObjectModel object = objects.find(connection.route().path()).orElseThrow();
        return Call.of(object, object.event(event), RequestIds.next())
                .from(Source.WEBSOCKET, connection.caller())
                .connection(connection)
                .baseUrl(connection.route().baseUrl());
    }

    private static ServerFrame.Event unavailable(CloudObjectException why, boolean close, @Nullable Long re) {
        return ServerFrame.Event.error(why.code(), why.getMessage(), close, re);
    }
}
