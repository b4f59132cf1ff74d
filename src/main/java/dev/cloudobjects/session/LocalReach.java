package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.Receipt;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.Until;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.history.GroupHistory;
import dev.cloudobjects.history.Histories;
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
import dev.cloudobjects.reach.Sent;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.session.Deliveries.Delivery;
import dev.cloudobjects.trace.Trace;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reaches the connections of this node. It holds no lock while it sends. */
@UnproxiedSingleton
public final class LocalReach implements Reach {

    private final Registry registry;
    private final Sessions sessions;
    private final Deliveries deliveries;
    private final Histories histories;
    private final KeptGroups groups;
    private final Requests requests;
    private final Meters meters;

    /** A reach over the sessions of a node. */
    @Inject
    public LocalReach(
            Registry registry,
            Sessions sessions,
            Deliveries deliveries,
            Histories histories,
            KeptGroups groups,
            Requests requests,
            Meters meters) {
        this.registry = registry;
        this.sessions = sessions;
        this.deliveries = deliveries;
        this.histories = histories;
        this.groups = groups;
        this.requests = requests;
        this.meters = meters;
    }

    @Override
    public SendResult send(Scope to, Message message) {
        return send(to, new LocalSend(message, session -> null));
    }

    @Override
    public Sent sendTracked(Scope to, Message message, Until until) {
        List<Receipt> receipts = new ArrayList<>();
        LocalSend send = new LocalSend(message, session -> {
            PendingReceipt receipt = sessions.factory().receipts().open(session.cid(), until);
            receipts.add(receipt.shown());
            return receipt;
        });
        return new Sent(send(to, send), receipts);
    }

    private SendResult send(Scope to, LocalSend send) {
        Message message = send.message;
        // A message with a policy may take the place of another one, or be dropped, so it has no position.
        GroupHistory history = send.policy.isNone() ? histories.find(to.target(), to.paths()) : null;
        return history == null
                ? send.run(to, new OutgoingMessage(new ServerFrame.Message(message.data())))
                // The members are those at the moment of the position: who joins later finds it in the history.
                : history.append(
                        message.data(), to.target(), message.encryptedOnly(), outgoing -> send.run(to, outgoing));
    }

    /** One send, and what became of it so far. */
    private final class LocalSend {
        private final Message message;
        private final SendPolicy policy;
        private final Function<Session, @Nullable PendingReceipt> receipts;
        private int queued;
        private int unencrypted;
        private int dropped;
        private int replaced;

        /** @param receipts makes the receipt of a connection, where the sender wants one */
        LocalSend(Message message, Function<Session, @Nullable PendingReceipt> receipts) {
            this.message = message;
            this.policy = SendPolicy.of(message.policy());
            this.receipts = receipts;
        }

        SendResult run(Scope to, OutgoingMessage outgoing) {
            Collection<Session> meant = select(to);
            for (Session session : meant) {
                send(session, outgoing);
            }
            int unreachable = meant.size() - queued - dropped;
            SendResult result =
                    new SendResult(meant.size(), queued, unencrypted, dropped, unreachable, replaced, false);
            List<Trace> traces = sessions.traces().all();
            if (!traces.isEmpty()) {
                SendTraces.sent(traces, registry, new SendTraces.Send(to, message.by()), meant, result);
            }
            return result;
        }

        private void send(Session session, OutgoingMessage outgoing) {
            boolean encrypted = session.encrypted();
            PendingReceipt receipt = receipts.apply(session);
            if (message.encryptedOnly() && !encrypted) {
                meters.count(Meter.DELIVERIES_DROPPED);
                dropped++;
                SendTraces.unencrypted(session);
                if (receipt != null) {
                    receipt.dropped();
                }
                return;
            }
            switch (deliver(session, outgoing, receipt)) {
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

        private Delivery deliver(
                Session session, OutgoingMessage outgoing, @Nullable PendingReceipt receipt) {
            if (policy.isNone() && receipt == null) {
                return deliveries.deliver(session, outgoing);
            }
            OptionSends.Sent sent = deliveries.deliver(session, outgoing, policy, receipt);
            replaced += sent.replaced();
            return sent.delivery();
        }
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
        return change(whom, session -> this.groups.join(session, groups));
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
