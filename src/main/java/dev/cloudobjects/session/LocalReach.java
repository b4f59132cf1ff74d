package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.EventType;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.reach.LoggedIn;
import dev.cloudobjects.reach.Message;
import dev.cloudobjects.reach.PreparedRequest;
import dev.cloudobjects.reach.Reach;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.trace.Trace;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reaches the connections of this node. It holds no lock while it sends. */
@UnproxiedSingleton
public final class LocalReach implements Reach {

    private final Registry registry;
    private final Sessions sessions;
    private final Deliveries deliveries;
    private final Requests requests;
    private final Meters meters;

    /** A reach over the sessions of a node. */
    @Inject
    public LocalReach(
            Registry registry, Sessions sessions, Deliveries deliveries, Requests requests, Meters meters) {
        this.registry = registry;
        this.sessions = sessions;
        this.deliveries = deliveries;
        this.requests = requests;
        this.meters = meters;
    }

    @Override
    public SendResult send(Scope to, Message message) {
        OutgoingMessage outgoing = new OutgoingMessage(new ServerFrame.Message(message.data()));
        Collection<Session> meant = select(to);
        int queued = 0;
        int unencrypted = 0;
        int dropped = 0;
        for (Session session : meant) {
            boolean encrypted = session.encrypted();
            if (message.encryptedOnly() && !encrypted) {
                meters.count(Meter.DELIVERIES_DROPPED);
                dropped++;
                SendTraces.unencrypted(session);
                continue;
            }
            switch (deliveries.deliver(session, outgoing)) {
                case QUEUED -> {
                    queued++;
                    unencrypted += encrypted ? 0 : 1;
                }
                case DROPPED -> dropped++;
                case UNREACHABLE -> {
                    // Counted as what is left.
                }
            }
        }
        int unreachable = meant.size() - queued - dropped;
        SendResult result = new SendResult(meant.size(), queued, unencrypted, dropped, unreachable, false);
        List<Trace> traces = sessions.traces().all();
        if (!traces.isEmpty()) {
            SendTraces.sent(traces, registry, new SendTraces.Send(to, message.by()), meant, result);
        }
        return result;
    }

    @Override
    public PreparedRequest request(Scope to, Payload data, Duration timeout) {
        Collection<Session> meant = select(to);
        if (meant.size() > 1) {
            throw new CloudObjectException(
                    Code.FAIL, "a request goes to exactly one connection: the target has " + meant.size());
        }
        Session session = meant.stream()
                .findAny()
                .orElseThrow(() -> new CloudObjectException(Code.NOT_FOUND, "there is no such connection"));
        return requests.ask(session, data, timeout);
    }

    @Override
    public int close(Scope whom) {
        return finish(whom, null, CloseCode.CLOSED_BY_OBJECT);
    }

    @Override
    public int forceLogout(Scope whom, Payload.@Nullable Json data) {
        return finish(
                whom, new ServerFrame.Event(EventType.FORCE_LOGOUT, data, null, true, null), CloseCode.FORCE_LOGOUT);
    }

    private int finish(Scope whom, ServerFrame.@Nullable Event last, CloseCode code) {
        int closed = 0;
        for (Session session : select(whom)) {
            if (sessions.finish(session, last, code, code.reason(), true)) {
                closed++;
            }
        }
        return closed;
    }

    @Override
    public List<LoggedIn> logins(Scope whom) {
        return select(whom).stream().map(LocalReach::login).toList();
    }

    private static LoggedIn login(Session session) {
        Login login = session.caller().login();
        return new LoggedIn(session.cid(), session.uid(), login == null ? null : login.sessionId());
    }

    @Override
    public int join(Scope whom, Collection<String> groups) {
        return change(whom, session -> sessions.join(session, groups));
    }

    @Override
    public int leave(Scope whom, Collection<String> groups) {
        return change(whom, session -> sessions.leave(session, groups));
    }

    private int change(Scope whom, Consumer<Session> change) {
        Collection<Session> selected = select(whom);
        selected.forEach(change);
        return selected.size();
    }

    @Override
    public Optional<Online> find(String cid) {
        return registry.find(cid).map(Session::online);
    }

    @Override
    public boolean isAlive(String cid) {
        return registry.find(cid).isPresent();
    }

    @Override
    public Online.Page page(Scope whom, @Nullable String after, int limit) {
        List<Online> rows = select(whom).stream()
                .filter(Session::accepted)
                .filter(session -> after == null || session.cid().compareTo(after) > 0)
                .sorted(Comparator.comparing(Session::cid))
                .limit(limit + 1L)
                .map(Session::online)
                .toList();
        return rows.size() <= limit
                ? new Online.Page(rows, null)
                : new Online.Page(rows.subList(0, limit), rows.get(limit - 1).id());
    }

    @Override
    public int count(Scope whom) {
        return (int) select(whom).stream().filter(Session::accepted).count();
    }

    private Collection<Session> select(Scope scope) {
        return registry.select(scope.target(), scope.paths());
    }
}
