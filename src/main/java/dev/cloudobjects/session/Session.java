package dev.cloudobjects.session;

import dev.cloudobjects.api.Online;
import dev.cloudobjects.call.CallConnection;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.presence.Appearance;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.request.SessionRequests;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One client at one cloud object: its cid, its login, its groups, and what waits for its handlers. What the server sends it
 * goes over its {@link Link}, which ends with the socket. A session without a link is away, or has ended.
 *
 * <p>Its state, link, caller and groups change under its monitor, by {@link Sessions}, {@link Attachments}, {@link CallerChange}
 * and {@link Registry} only; reading them needs no lock. No socket is touched under that monitor.
 */
public final class Session implements CallConnection {

    private final String cid;
    private final Route route;
    private final long addTime;
    private final Inbox inbox;
    private final MessageRate rate;
    private final LoginLease lease;
    private final @Nullable String openedBy;

    private volatile SessionState state = SessionState.CONNECTING;
    private volatile @Nullable Attachment attachment;
    private volatile Caller caller;
    private volatile Set<String> groups = Set.of();
    private volatile JsonObject attributes = JsonValue.EMPTY_JSON_OBJECT;
    private volatile boolean accepted;
    private volatile @Nullable SessionEnd plannedEnd;
    private volatile @Nullable ConnectionTrace trace;
    private volatile @Nullable Resumption resumption;
    private volatile Appearance.@Nullable Own own;
    private volatile @Nullable SendState sendState;
    private volatile @Nullable SessionRequests requests;
    private volatile boolean answersRequests;

    Session(String cid, Route route, Caller caller, long addTime, Parts parts) {
        this.cid = cid;
        this.route = route;
        this.caller = caller;
        this.addTime = addTime;
        this.inbox = parts.inbox();
        this.rate = parts.rate();
        this.lease = parts.lease();
        lease.of(caller.login());
        this.openedBy = caller.uid();
    }

    /**
     * What a session is to.
     *
     * @param path the path of the cloud object
     * @param channel the channel
     * @param needsLogin whether it may live only as long as its login
     * @param baseUrl the address that the client reached the application at, {@code http(s)://host[:port][/path]}
     */
    public record Route(String path, String channel, boolean needsLogin, String baseUrl) {}

    /** What a session is made of. */
    record Parts(Inbox inbox, MessageRate rate, LoginLease lease) {}

    /** What becomes of a message, by how often they come. */
    public enum Admission {
        /** It is in time. */
        TAKEN,
        /** It comes too fast. */
        DROPPED,
        /** They come too fast for too long. */
        ABUSE
    }

    /** Its id, made by {@link Cids}: at least 128 random bits, and never an authority. */
    @Override
    public String cid() {
        return cid;
    }

    /** What it is to. */
    public Route route() {
        return route;
    }

    /** When it was opened, in milliseconds since 1970. */
    long addTime() {
        return addTime;
    }

    /** Whose it is. */
    public Caller caller() {
        return caller;
    }

    /** The client's address, or {@code null}. */
    public @Nullable String address() {
        return caller.client().address();
    }

    /** Where it is in its life. */
    public SessionState state() {
        return state;
    }

    /** Whether the connection event accepted it at some time. */
    public boolean accepted() {
        return accepted;
    }

    /** Whether a message that came from its client is handled now: it was accepted, and the server has not decided to close it. */
    public boolean isHeard() {
        return accepted && state.isHeard();
    }

    /** The groups that it is in. */
    public Set<String> groups() {
        return groups;
    }

    /** Its link; {@code null} when it has none. It may be detached at any moment, so it is read once for each use. */
    public @Nullable Link link() {
        Attachment now = attachment;
        return now == null ? null : now.link();
    }

    /** Whether it is encrypted between client and server. */
    @Override
    public boolean encrypted() {
        Link now = link();
        Resumption kept = resumption;
        return now != null ? now.encrypted() : kept != null && kept.encrypted();
    }

    /** How frames are written for its client; {@code null} when it has no link and none may follow. */
    @Nullable Codec codec() {
        Link now = link();
        Resumption kept = resumption;
        if (now != null) {
            return now.codec();
        }
        return kept == null ? null : kept.codec();
    }

    /** What lets it outlive its link; {@code null} when nothing does. */
    @Nullable Resumption resumption() {
        return resumption;
    }

    void resumption(Resumption made) {
        this.resumption = made;
    }

    /** What it keeps because of sends with options; {@code null} until there was one. */
    @Nullable SendState sendState() {
        return sendState;
    }

    /** The same, made if there was none; {@code null} when the session has ended. */
    synchronized @Nullable SendState sendState(Supplier<SendState> make) {
        if (sendState == null && !state.isClosed()) {
            sendState = make.get();
        }
        return sendState;
    }

    /** Since when it is away, in milliseconds since 1970; {@code null} when it is not. */
    @Nullable Long awaySince() {
        Resumption kept = resumption;
        Resumption.Absence absence = kept == null ? null : kept.absence();
        return absence == null ? null : absence.time();
    }

    /** What applications see of it. */
    Online online() {
        Caller who = caller;
        return new Online(
                cid,
                addTime,
                route.path(),
                route.channel(),
                who.uid(),
                who.client().deviceId(),
                who.client().appId(),
                groups,
                encrypted(),
                state.isAway(),
                attributes);
    }

    /** How it is present now. */
    Appearance appearance() {
        return new Appearance(cid, route.path(), route.channel(), groups, uid(), state.isAway(), own);
    }

    /** What server code has set for its member to show; {@code null} for nothing. */
    void own(Appearance.@Nullable Own other) {
        own = other;
    }

    @Override
    public JsonObject attributes() {
        return attributes;
    }

    @Override
    public synchronized void changeAttributes(UnaryOperator<JsonObject> change) {
        attributes = change.apply(attributes);
    }

    /** Its login, if that has ended. */
    public Optional<Login> endedLogin() {
        return lease.ended();
    }

    /** Whether it has outlived the login that it needs: nothing is sent to it then but its last message. */
    boolean isLoginOver() {
        return route.needsLogin() && endedLogin().isPresent();
    }

    /** Its trace, if it is traced; {@code null} at most times. */
    public @Nullable ConnectionTrace trace() {
        return trace;
    }

    void trace(@Nullable ConnectionTrace other) {
        this.trace = other;
    }

    Inbox inbox() {
        return inbox;
    }

    /** Counts a message of the client, unless it is one that the server has asked for. */
    public Admission admit() {
        SessionRequests own = requests;
        return own != null && own.isDue() ? Admission.TAKEN : rate.admit();
    }

    /** Its requests, both ways; {@code null} when it never had any. {@link Requests} makes them. */
    public @Nullable SessionRequests requests() {
        return requests;
    }

    void requests(SessionRequests made) {
        this.requests = made;
    }

    /** Whether its client answers requests. */
    public boolean answersRequests() {
        return answersRequests;
    }

    /** Its client answers requests. */
    public void requestsAnswered() {
        this.answersRequests = true;
    }

    /** The user that it was opened by, whoever it is now; {@code null} for nobody. */
    @Nullable String openedBy() {
        return openedBy;
    }

    /** How the server has decided to end it; {@code null} when it has not. */
    @Nullable SessionEnd plannedEnd() {
        return plannedEnd;
    }

    void plannedEnd(SessionEnd end) {
        this.plannedEnd = end;
    }

    /**
     * Queues the handling of a message that came on a link; false when too many wait. After the end of the session it is
     * dropped, and so it is when the session has another link by now: the client sends it again on that one.
     *
     * @param id the message's id, if it has one
     * @param size the bytes that the message keeps while it waits
     */
    public boolean handle(Link from, @Nullable Long id, Runnable handling, int size) {
        Resumption kept = resumption;
        if (kept == null) {
            return inbox.offer(handling, size);
        }
        synchronized (this) {
            return !received(kept, from, id) || inbox.offer(handling, size);
        }
    }

    /** Notes a message that came on a link and is not handled, but answered; false when the session has another link by now. */
    public boolean noteReceived(Link from, @Nullable Long id) {
        Resumption kept = resumption;
        if (kept == null) {
            return true;
        }
        synchronized (this) {
            return received(kept, from, id);
        }
    }

    private boolean received(Resumption kept, Link from, @Nullable Long id) {
        if (!from.equals(link())) {
            return false;
        }
        if (id != null) {
            kept.received(id);
        }
        return true;
    }

    /** Its client has so many of the frames that count; false when so many were never sent. */
    public boolean confirmed(long received) {
        Resumption kept = resumption;
        return kept == null || kept.log().confirm(received);
    }

    /** Counts the bytes of a message that is not complete; false when there is no room for them. */
    public boolean holds(int incompleteBytes) {
        return inbox.holds(incompleteBytes);
    }

    /**
     * Counts the bytes of a message that waits beside the inbox, until {@link #releaseBeside}; false when there is no room for them.
     */
    public boolean holdBeside(int size) {
        return inbox.holdBeside(size);
    }

    /** A message that waited beside the inbox waits no more. */
    public void releaseBeside(int size) {
        inbox.releaseBeside(size);
    }

    /** Queues the handling of a step of its life, which is never dropped. */
    public void handleStep(Runnable handling) {
        inbox.add(handling);
    }

    /** The number of the handler that runs now. */
    public long handling() {
        return inbox.handling();
    }

    /** Goes on without a handler that ignores its interrupt. */
    public void abandonHandler(long number) {
        inbox.abandon(number);
    }

    void state(SessionState next) {
        if (!next.mayFollow(state)) {
            throw new IllegalStateException("session " + cid + " can't go from " + state + " to " + next);
        }
        if (next.isOpen()) {
            accepted = true;
        }
        state = next;
    }

    /** What says that it has a link; {@code null} when it has none. */
    @Nullable Attachment attached() {
        return attachment;
    }

    void attach(Attachment other) {
        attachment = other;
    }

    /** Takes its link from it. */
    @Nullable Attachment detach() {
        Attachment before = attachment;
        attachment = null;
        return before;
    }

    void caller(Caller other) {
        this.caller = other;
        lease.of(other.login());
    }

    void join(String group) {
        Set<String> more = new TreeSet<>(groups);
        more.add(group);
        groups = Collections.unmodifiableSet(more);
    }

    void leave(String group) {
        Set<String> fewer = new TreeSet<>(groups);
        fewer.remove(group);
        groups = fewer.isEmpty() ? Set.of() : Collections.unmodifiableSet(fewer);
    }

    @Nullable String uid() {
        return caller.uid();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    /** By the cid, so that what goes over many sessions takes them in the same order wherever the cids are the same. */
    @Override
    public int hashCode() {
        return cid.hashCode();
    }

    @Override
    public String toString() {
        return "Session[" + cid + " to " + route.path() + " " + state + "]";
    }
}
