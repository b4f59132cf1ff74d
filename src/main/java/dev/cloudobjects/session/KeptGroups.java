package dev.cloudobjects.session;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.History;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.history.GroupHistory;
import dev.cloudobjects.history.Histories;
import dev.cloudobjects.history.Kept;
import dev.cloudobjects.history.Missed;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.reach.GroupHistories;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The groups of this node that keep their messages, and their members: whoever becomes a member is told the position, and gets
 * what it lacks when it asks. Safe for use by many threads; called under no session's monitor.
 */
@UnproxiedSingleton
public final class KeptGroups implements GroupHistories {

    /** What is sent for one request, so that it fits into queue and log; the client asks for the rest. */
    private static final int PAGE_MESSAGES = 50;

    private static final int PAGE_BYTES = 65_536;

    private final Histories histories;
    private final Registry registry;
    private final Sessions sessions;
    private final Deliveries deliveries;

    /** The groups of these sessions. */
    @Inject
    public KeptGroups(Histories histories, Registry registry, Sessions sessions, Deliveries deliveries) {
        this.histories = histories;
        this.registry = registry;
        this.sessions = sessions;
        this.deliveries = deliveries;
    }

    @Override
    public void keep(String path, String group, History bounds) {
        GroupHistory made = histories.keep(path, group, bounds);
        if (made != null) {
            // Members from before: what they miss from now on, they can get.
            tell(made, registry.inGroup(path, group));
        }
    }

    @Override
    public void forget(String path, String group) {
        histories.forget(path, group);
    }

    /** Adds a session to groups, and tells it where those are that keep their messages. */
    void join(Session session, Iterable<String> groups) {
        sessions.join(session, groups);
        groups.forEach(group -> tell(session, group));
    }

    /** A session was accepted, whose connection event may have added it to groups: it gets messages of them from now on. */
    public void accepted(Session session) {
        session.groups().forEach(group -> tell(session, group));
    }

    private void tell(Session session, String group) {
        GroupHistory history = histories.find(session.route().path(), group);
        // Who is not accepted yet gets no messages of its groups, and is told when it is.
        if (history != null && session.state().isOpen()) {
            tell(history, List.of(session));
        }
    }

    private void tell(GroupHistory history, Iterable<Session> members) {
        history.exclusively(() -> {
            if (!history.isRemoved()) {
                ServerFrame joined = new ServerFrame.Joined(history.head());
                members.forEach(member -> deliveries.tell(member, joined));
            }
        });
    }

    /**
     * Sends a member what it lacks of a group, and the answer behind it. In one step, so that what is sent to the group next
     * follows, and nothing is between.
     */
    public void catchUp(Session session, ClientFrame.CatchUp frame) {
        GroupHistory history = histories.find(session.route().path(), frame.group());
        if (!session.groups().contains(frame.group())) {
            refuse(session, frame, Code.DENIED, "group: this connection is not a member of it");
        } else if (history == null) {
            refuse(session, frame, Code.NOT_FOUND, "group: its messages are not kept");
        } else {
            history.exclusively(
                    () -> send(session, frame, history.after(frame.since(), PAGE_MESSAGES, PAGE_BYTES)));
        }
    }

    private void send(Session session, ClientFrame.CatchUp frame, Missed missed) {
        for (Kept kept : missed.messages()) {
            boolean isMeant = !Registry.isExcepted(kept.to(), session) && (!kept.encryptedOnly() || session.encrypted());
            if (isMeant && deliveries.deliver(session, kept.message()) != Deliveries.Delivery.QUEUED) {
                return;
            }
        }
        ServerFrame.Position reached = new ServerFrame.Position(frame.group(), missed.pos(), missed.epoch());
        deliveries.tell(session, new ServerFrame.CaughtUp(frame.id(), reached, missed.more(), missed.gap()));
    }

    private void refuse(Session session, ClientFrame.CatchUp frame, Code code, String why) {
        deliveries.tell(session, ServerFrame.Event.error(code.value(), why, false, frame.id()));
    }

    /** Drops what is kept for too long. Called several times a second. */
    public void check() {
        histories.check((path, group) -> !registry.inGroup(path, group).isEmpty());
    }
}
