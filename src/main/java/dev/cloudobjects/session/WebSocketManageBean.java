package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.EventType;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.IdentityProvider;
import dev.cloudobjects.trace.Trace;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The EJB singleton behind {@link dev.cloudobjects.api.WebSocketManage}: it acts on the connections of this node. It
 * holds no lock and waits for no client, so callers never wait for each other.
 *
 * <p>What can be wrong with a caller's values is checked in front of it, because exceptions leave an EJB wrapped.
 * Transactions of the caller are left alone, but a send inside one waits for its commit.
 */
@Singleton(name = "WebSocketManage")
@LocalBean
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class WebSocketManageBean {

    @Inject
    Registry registry;

    @Inject
    Sessions connections;

    @Inject
    Deliveries deliveries;

    @Inject
    IdentityProvider users;

    @Inject
    Meters meters;

    @Inject
    AfterCommit afterCommit;

    /** Sends a message to the connections of a target among these objects. @param by the call that sends, if there is one */
    public SendResult send(
            Target target,
            Collection<String> paths,
            OutgoingMessage message,
            boolean encryptedOnly,
            Optional<Call> by) {
        SendTraces.Send send = new SendTraces.Send(target.checked(), paths, by);
        if (afterCommit.defer(() -> deliver(send, message, encryptedOnly))) {
            return SendResult.waiting();
        }
        return deliver(send, message, encryptedOnly);
    }

    private SendResult deliver(SendTraces.Send send, OutgoingMessage message, boolean encryptedOnly) {
        int matched = 0;
        int queued = 0;
        int dropped = 0;
        Collection<Session> meant = registry.select(send.target(), send.paths());
        for (Session connection : meant) {
            matched++;
            if (encryptedOnly && !connection.encrypted()) {
                meters.count(Meter.DELIVERIES_DROPPED);
                dropped++;
                SendTraces.inClear(connection);
                continue;
            }
            switch (deliveries.deliver(connection, message)) {
                case QUEUED -> queued++;
                case DROPPED -> dropped++;
                case UNREACHABLE -> {
                    // Counted by what is left.
                }
            }
        }
        SendResult result = new SendResult(matched, queued, dropped, matched - queued - dropped, false);
        List<Trace> traces = connections.traces().all();
        if (!traces.isEmpty()) {
            SendTraces.sent(traces, registry, send, meant, result);
        }
        return result;
    }

    /** Closes the connections of a target that names connections or users. */
    public int close(Target target, Collection<String> paths) {
        int closed = 0;
        for (Session connection : registry.select(named("close", target), paths)) {
            CloseCode code = CloseCode.CLOSED_BY_OBJECT;
            if (connections.finish(connection, null, code, code.reason(), true)) {
                closed++;
            }
        }
        return closed;
    }

    /** Forces the logout of users, or of the sessions behind connections: see {@link ForcedLogout}. */
    public int forceLogout(Target target, Collection<String> paths, Payload.@Nullable Json data) {
        named("forceLogout", target);
        ServerFrame.Event event = new ServerFrame.Event(EventType.FORCE_LOGOUT, data, null, true, null);
        CloseCode code = CloseCode.FORCE_LOGOUT;
        return new ForcedLogout(
                        users,
                        () -> List.copyOf(registry.select(target, paths)),
                        connection -> connections.finish(connection, event, code, code.reason(), true))
                .of(target);
    }

    /** The connection of a cid. */
    public Optional<Online> find(String cid) {
        return registry.find(cid).map(Session::online);
    }

    /** Whether a connection is alive. */
    public boolean isAlive(String cid) {
        return registry.find(cid).isPresent();
    }

    /** Adds the connections of a target to groups. */
    public int join(Target target, Collection<String> paths, List<String> groups) {
        return change(target, paths, connection -> connections.join(connection, groups));
    }

    /** Takes the connections of a target out of groups. */
    public int leave(Target target, Collection<String> paths, List<String> groups) {
        return change(target, paths, connection -> connections.leave(connection, groups));
    }

    private int change(Target target, Collection<String> paths, Consumer<Session> change) {
        Collection<Session> selected = List.copyOf(registry.select(target.checked(), paths));
        selected.forEach(change);
        return selected.size();
    }

    /** A page of the connections of a target. */
    public Online.Page online(Target target, Collection<String> paths, @Nullable String after, int limit) {
        List<Online> rows = registry.select(target.checked(), paths).stream()
                .filter(Session::accepted)
                .filter(connection -> after == null || connection.cid().compareTo(after) > 0)
                .sorted(Comparator.comparing(Session::cid))
                .limit(limit + 1L)
                .map(Session::online)
                .toList();
        return rows.size() <= limit
                ? new Online.Page(rows, null)
                : new Online.Page(rows.subList(0, limit), rows.get(limit - 1).id());
    }

    /** How many connections of a target are online. */
    public int count(Target target, Collection<String> paths) {
        return (int) registry.select(target.checked(), paths).stream().filter(Session::accepted).count();
    }

    /** The target, if it names connections or users, as what ends them must. */
    static Target named(String operation, Target target) {
        if (target.cids() == null && target.users() == null) {
            throw new CloudObjectException(
                    Code.FAIL, operation + " needs a cid or a user: neither was given");
        }
        return target.checked();
    }
}
