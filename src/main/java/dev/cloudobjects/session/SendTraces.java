package dev.cloudobjects.session;

import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.Placement;
import dev.cloudobjects.link.Slot;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.reach.Scope;
import dev.cloudobjects.reach.Sender;
import dev.cloudobjects.reach.TargetDescription;
import dev.cloudobjects.trace.ConnectionTrace;
import dev.cloudobjects.trace.Trace;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What traces say of connections and of what is sent to them. Nothing here is called while there is no trace. */
final class SendTraces {

    private static final String HELD_BACK = "a message that was held back";

    private SendTraces() {}

    static void opened(ConnectionTrace trace, Session connection) {
        trace.write(
                TraceLine.OPENED,
                connection.route().path(),
                connection.route().channel(),
                connection.uid(),
                connection.caller().client().deviceId(),
                connection.address());
    }

    /** Queues a message, and says so. */
    static Link.Offer offer(
            ConnectionTrace trace, Session connection, @Nullable Link link, Encoded encoded, ServerFrame frame) {
        if (link == null) {
            trace.write(TraceLine.KEPT, encoded.size(), shown(trace, connection, frame));
            return Link.Offer.SHUT;
        }
        Link.Offer offer = link.offer(encoded, place -> trace.write(
                TraceLine.QUEUED, place.number(), encoded.size(), place.ahead(), shown(trace, connection, frame)));
        switch (offer) {
            case QUEUED -> {
                // It has said so.
            }
            case FULL -> trace.write(TraceLine.NOT_QUEUED, encoded.size(), "its queue is full, with "
                    + link.waiting() + " messages; it is closed for that");
            case SHUT -> trace.write(
                    TraceLine.NOT_QUEUED, encoded.size(), "it is " + connection.state() + " and takes no more");
        }
        return offer;
    }

    /**
     * Queues the message of a slot, and says so if the connection is traced.
     *
     * @param frame what the message is; {@code null} where it was held back, and is not at hand any more
     */
    static Placement place(Session connection, @Nullable Link link, Slot slot, @Nullable ServerFrame frame) {
        ConnectionTrace trace = connection.trace();
        int size = slot.message().size();
        if (trace == null) {
            return link == null ? Placement.none(slot, Link.Offer.SHUT) : link.place(slot, null);
        }
        String shown = frame == null ? HELD_BACK : shown(trace, connection, frame);
        if (link == null) {
            trace.write(TraceLine.KEPT, size, shown);
            return Placement.none(slot, Link.Offer.SHUT);
        }
        Placement placement = link.place(
                slot, place -> trace.write(TraceLine.QUEUED, place.number(), size, place.ahead(), shown));
        placed(trace, connection, link, placement, size, shown);
        return placement;
    }

    /** Queues the message of a slot that was held back, whatever the limits say, and says so if the connection is traced. */
    static Placement placeLast(Session connection, @Nullable Link link, Slot slot) {
        if (link == null) {
            return Placement.none(slot, Link.Offer.SHUT);
        }
        ConnectionTrace trace = connection.trace();
        if (trace == null) {
            return link.placeLast(slot, null);
        }
        int size = slot.message().size();
        Placement placement = link.placeLast(
                slot, place -> trace.write(TraceLine.QUEUED, place.number(), size, place.ahead(), HELD_BACK));
        placed(trace, connection, link, placement, size, HELD_BACK);
        return placement;
    }

    private static void placed(
            ConnectionTrace trace, Session connection, Link link, Placement placement, int size, String shown) {
        if (placement.offer() == Link.Offer.QUEUED && !placement.isAdded()) {
            trace.write(TraceLine.REPLACES, size, shown);
        } else if (placement.offer() != Link.Offer.QUEUED) {
            trace.write(
                    TraceLine.NOT_QUEUED,
                    size,
                    placement.offer() == Link.Offer.FULL
                            ? "its queue is full, with " + link.waiting() + " messages"
                            : "it is " + connection.state() + " and takes no more");
        }
    }

    private static String shown(ConnectionTrace trace, Session connection, ServerFrame frame) {
        return frame.fold(new ServerFrame.Fold<>() {
            @Override
            public String connected(ServerFrame.Connected connected) {
                return "connected";
            }

            @Override
            public String message(ServerFrame.Message message) {
                return "data " + shown(trace, connection, message.data());
            }

            @Override
            public String event(ServerFrame.Event event) {
                return "event " + event.type().wireName()
                        + (event.err() == null ? "" : " " + event.err().code() + " " + event.err().msg());
            }

            @Override
            public String ack(ServerFrame.Ack ack) {
                return "ack of id=" + ack.id();
            }

            @Override
            public String response(ServerFrame.Response response) {
                return "response to id=" + response.re() + ' ' + shown(trace, connection, response.data());
            }

            @Override
            public String item(ServerFrame.Item item) {
                return "item for id=" + item.re() + ' ' + shown(trace, connection, item.data());
            }

            @Override
            public String endOfStream(ServerFrame.EndOfStream end) {
                return "end of the stream for id=" + end.re();
            }

            @Override
            public String request(ServerFrame.Request request) {
                return "request " + request.id() + ' ' + shown(trace, connection, request.data());
            }

            @Override
            public String cancel(ServerFrame.Cancel cancel) {
                return "cancel of request " + cancel.re();
            }

            @Override
            public String authenticated(ServerFrame.Authenticated authenticated) {
                return "authenticated";
            }

            @Override
            public String reconnect(ServerFrame.Reconnect reconnect) {
                return "event reconnect";
            }

            @Override
            public String ping(ServerFrame.Ping ping) {
                return "ping";
            }

            @Override
            public String pong(ServerFrame.Pong pong) {
                return "pong";
            }

            @Override
            public String joined(ServerFrame.Joined joined) {
                return "joined " + joined.head();
            }

            @Override
            public String caughtUp(ServerFrame.CaughtUp caughtUp) {
                return "caughtup to " + caughtUp.reached();
            }

            @Override
            public String presence(ServerFrame.Presence presence) {
                return "presence of version " + presence.version();
            }

            @Override
            public String members(ServerFrame.Members members) {
                return "members of version " + members.page().version();
            }
        });
    }

    /** The data of a message, as far as they may be shown. */
    private static String shown(ConnectionTrace trace, Session connection, Payload data) {
        return trace.shown(data instanceof Payload.Json json ? json.text() : null, connection.encrypted());
    }

    /** A message for it has no way. */
    static void unreachable(ConnectionTrace trace, Session connection, @Nullable Link link) {
        String why = link == null
                ? "it is " + connection.state() + " and takes no more"
                : "its dialect, " + link.codec().dialect() + ", has no such message";
        trace.write(TraceLine.NOT_QUEUED, 0, connection.isLoginOver() ? "its login is over" : why);
    }

    /** A message that has to be encrypted finds no encrypted channel. */
    static void unencrypted(Session connection) {
        ConnectionTrace trace = connection.trace();
        if (trace != null) {
            trace.write(TraceLine.NOT_QUEUED, 0, "it has no encrypted channel, and the message asks for one");
        }
    }

    /** Something was sent: tells those whom it is of interest to. */
    static void sent(
            List<Trace> traces, Registry registry, Send send, Collection<Session> meant, SendResult result) {
        for (Trace trace : traces) {
            Collection<Session> traced = traced(trace.subject(), registry);
            List<Session> missed = traced.stream()
                    .filter(connection -> !meant.contains(connection))
                    .filter(connection -> send.to().paths().contains(connection.route().path()))
                    .toList();
            boolean reached = traced.stream().anyMatch(meant::contains);
            boolean passedOver = !missed.isEmpty() && !send.namesOthers();
            if (!reached && !passedOver && !send.names(trace.subject()) && !send.isBy(trace.subject())) {
                continue;
            }
            trace.write(
                    TraceLine.SENT,
                    send.by().shown(),
                    TargetDescription.full(send.to()),
                    result.matched(),
                    result.queued(),
                    result.dropped(),
                    result.unreachable());
            missed.forEach(connection -> passedOver(new ConnectionTrace(trace, connection.cid()), connection));
        }
    }

    private static Collection<Session> traced(Trace.Subject subject, Registry registry) {
        String cid = subject.cid();
        String user = subject.user();
        if (cid != null) {
            return registry.find(cid).map(List::of).orElse(List.of());
        }
        return user == null ? List.of() : registry.ofUser(user);
    }

    private static void passedOver(ConnectionTrace trace, Session connection) {
        trace.write(
                TraceLine.PASSED_OVER,
                connection.route().channel(),
                connection.groups(),
                connection.caller().client().deviceId(),
                connection.caller().client().appId());
    }

    /**
     * Something that is sent.
     *
     * @param to to whom
     * @param by the call that sends
     */
    record Send(Scope to, Sender by) {

        /** Whether the users or connections are named: then nobody else expects it. */
        boolean namesOthers() {
            return to.target().cids() != null || to.target().users() != null;
        }

        boolean names(Trace.Subject subject) {
            return contains(to.target().cids(), subject.cid()) || contains(to.target().users(), subject.user());
        }

        boolean isBy(Trace.Subject subject) {
            return subject.cid() != null
                    ? subject.cid().equals(by.cid())
                    : subject.user() != null && subject.user().equals(by.uid());
        }

        private static boolean contains(@Nullable Collection<String> names, @Nullable String name) {
            return names != null && name != null && names.contains(name);
        }
    }
}
