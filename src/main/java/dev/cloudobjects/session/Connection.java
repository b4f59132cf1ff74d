package dev.cloudobjects.session;

import dev.cloudobjects.api.Online;
import dev.cloudobjects.call.CallConnection;
import dev.cloudobjects.directory.ConnectionRow;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.trace.ConnectionTrace;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One client connected to one cloud object.
 *
 * <p>Its state, login and groups change under its monitor, by {@link Connections} and {@link Registry} only; reading
 * them needs no lock. No socket is touched under that monitor.
 */
public final class Connection implements CallConnection {

    private final String cid;
    private final Route route;
    private final Codec codec;
    private final long addTime;
    private final Wire wire;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Heartbeat heartbeat;
    private final MessageRate rate;
    private final @Nullable String openedBy;

    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private volatile Caller caller;
    private final Lease lease;
    private volatile Set<String> groups = Set.of();
    private volatile JsonObject attributes = JsonValue.EMPTY_JSON_OBJECT;
    private volatile boolean accepted;
    private volatile boolean awaitsConnect;
    private volatile boolean connectWaits;
    private volatile @Nullable End plannedEnd;
    private volatile @Nullable ConnectionTrace trace;

    Connection(String cid, ConnectionFactory.Request request, long addTime, Parts parts) {
        this.cid = cid;
        this.route = request.route();
        this.caller = request.caller();
        this.codec = request.codec();
        this.addTime = addTime;
        this.wire = request.wire();
        this.inbox = parts.inbox();
        this.heartbeat = parts.heartbeat();
        this.rate = parts.rate();
        this.lease = parts.lease();
        lease.of(caller.login());
        this.openedBy = caller.uid();
        this.awaitsConnect = codec.awaitsConnect();
        this.outbox = parts.outbox().apply(this);
    }

    /**
     * What a connection is to.
     *
     * @param path the path of the cloud object
     * @param channel the channel
     * @param needsLogin whether it may live only as long as its login
     * @param baseUrl the address that the client reached the application at, {@code http(s)://host[:port][/path]}
     */
    public record Route(String path, String channel, boolean needsLogin, String baseUrl) {}

    /** What it is made of. @param outbox makes the outbox of a connection, which writes nothing before it is told to */
    record Parts(Function<Connection, Outbox> outbox, Inbox inbox, Heartbeat heartbeat, MessageRate rate, Lease lease) {}

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

    /** How its frames are written. */
    public Codec codec() {
        return codec;
    }

    /** Who is connected. */
    public Caller caller() {
        return caller;
    }

    /** The client's address, or {@code null}. */
    public @Nullable String address() {
        return caller.client().address();
    }

    /** Where it is in its life. */
    public ConnectionState state() {
        return state;
    }

    /** Whether the connection event accepted it at some time. */
    public boolean accepted() {
        return accepted;
    }

    /** The groups that it is in. */
    public Set<String> groups() {
        return groups;
    }

    /** Whether it is encrypted between client and server. */
    @Override
    public boolean encrypted() {
        return wire.encrypts();
    }

    /** Its row in the table of connections. */
    ConnectionRow row(Node node) {
        Caller who = caller;
        return new ConnectionRow(
                cid,
                addTime,
                route.path(),
                route.channel(),
                who.uid(),
                who.client().deviceId(),
                who.client().appId(),
                node.id(),
                node.epoch());
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
                attributes);
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

    /** Its trace, if it is traced; {@code null} at most times. */
    public @Nullable ConnectionTrace trace() {
        return trace;
    }

    void trace(@Nullable ConnectionTrace other) {
        this.trace = other;
    }

    Wire wire() {
        return wire;
    }

    Outbox outbox() {
        return outbox;
    }

    Inbox inbox() {
        return inbox;
    }

    /** When it was last heard, and pinged. */
    public Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Counts a message of the client. */
    public Admission admit() {
        return rate.admit();
    }

    /** The user that it was opened by, whoever it is now; {@code null} for nobody. */
    @Nullable String openedBy() {
        return openedBy;
    }

    /** Whether the client has yet to say that it connects. */
    public boolean awaitsConnect() {
        return awaitsConnect;
    }

    /** The client says that it connects; false when it has said so before, or never had to. Called by one thread at a time. */
    public boolean connectSaid() {
        boolean first = awaitsConnect;
        awaitsConnect = false;
        return first;
    }

    /** Whether what may be the client's word that it connects waits to be read. Called by the one thread that reads the socket. */
    public boolean connectWaits() {
        return connectWaits;
    }

    /** What may be the client's word that it connects waits to be read. Called by the same. */
    public void connectWaiting() {
        connectWaits = true;
    }

    @Nullable End plannedEnd() {
        return plannedEnd;
    }

    void plannedEnd(End end) {
        this.plannedEnd = end;
        heartbeat.closing();
    }

    /** Queues the handling of a message of so many bytes; false when too many wait. After the end it is dropped. */
    public boolean handle(Runnable handling, int size) {
        return inbox.offer(handling, size);
    }

    /** Counts the bytes of a message that is yet to be complete; false when there is no room for them. */
    public boolean holds(int incompleteBytes) {
        return inbox.holds(incompleteBytes);
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

    void state(ConnectionState next) {
        if (next.compareTo(state) <= 0) {
            throw new IllegalStateException("connection " + cid + " can't go from " + state + " to " + next);
        }
        if (next == ConnectionState.OPEN) {
            accepted = true;
        }
        state = next;
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
    public String toString() {
        return "Connection[" + cid + " on " + route.path() + " " + state + "]";
    }
}
