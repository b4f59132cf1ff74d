package dev.cloudobjects.session;

import dev.cloudobjects.api.PresenceChange;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.directory.MemoryDirectory;
import dev.cloudobjects.history.Histories;
import dev.cloudobjects.history.HistoryLimits;
import dev.cloudobjects.json.JsonLimits;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.LinkLimits;
import dev.cloudobjects.link.Links;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.login.LoginChange;
import dev.cloudobjects.login.LoginEnd;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.presence.Places;
import dev.cloudobjects.presence.PresenceLimits;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.request.OpenRequests;
import dev.cloudobjects.request.RequestLimits;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.time.ManualClock;
import dev.cloudobjects.trace.Traces;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The life of sessions on time and threads that a test moves by hand. */
public final class Bench {

    public static final String PATH = "chat/room";
    public static final JsonMapper JSON = new JsonMapper(new JsonLimits(32, 1000, 65536, 100));
    /** The messages that wait in a {@link #roomy} one. */
    public static final int ROOMY_INBOX = 8;

    public static final SendLimits SENDS = new SendLimits(3, 100, 4, 6);

    public static final SessionLimits LIMITS = new SessionLimits(
            3, 1000, 2000, Duration.ofSeconds(45), MessageRate.Rule.of(0, 1, 1), new Quotas(0, 0, 0), resume(5, 300), SENDS);

    public static final HistoryLimits HISTORY =
            new HistoryLimits(1000, 100_000, 1_000_000, 100, Duration.ofHours(1), Duration.ofMinutes(10));

    public static final LinkLimits LINK = link(4, 100);

    public final ManualClock clock;
    public final ManualExecutor sending = new ManualExecutor();
    public final ManualExecutor disposable = new ManualExecutor();
    public final ManualExecutor handlers = new ManualExecutor();
    public final Places places = new Places(new PresenceLimits(100, 10, 1024));
    public final Registry registry = new Registry(places);
    public final QueueBudget budget;
    public final Meters meters = new Meters();
    public final Traces traces;
    public final List<String> ended = Collections.synchronizedList(new ArrayList<>());
    public final Links links;
    public final SessionFactory factory;
    public final Sessions sessions;
    public final Attachments attachments;
    public final AllSessions all;
    public final Deliveries deliveries;
    public final LoginChange changes;
    public final LoginEnd logins;
    public final TimeoutCheck timeouts;
    public final ConnectionDirectory directory;
    public final OpenRequests open;
    public final Requests requests;
    public final LocalReach reach;
    public final Histories histories;
    public final KeptGroups groups;
    public final LocalPresence presence;
    public final PresencePublisher publisher;
    public final List<PresenceChange> fired = Collections.synchronizedList(new ArrayList<>());
    /** What the observers of the application do with a change. */
    public Function<PresenceChange, CompletionStage<?>> observers = change -> {
        fired.add(change);
        return CompletableFuture.completedFuture(change);
    };

    public EndListener listener = (session, end) -> ended.add(session.cid() + " " + end.code());

    public Bench() {
        this(new ManualClock());
    }

    Bench(ManualClock clock) {
        this(new MemoryDirectory(), LIMITS, LINK, 1_000_000, new Threads(null, null), clock);
    }

    /**
     * One start of a node as it is configured, where all that happens is up to a test.
     *
     * @param epoch the number of the start
     * @param random makes the cids
     */
    public Bench(ManualClock clock, Settings settings, long epoch, SecureRandom random, Executor send, Executor handle) {
        this(
                new MemoryDirectory(),
                SessionLimits.of(settings),
                LinkLimits.of(settings),
                settings.get(Keys.QUEUE_TOTAL_BYTES),
                new Threads(send, handle),
                clock,
                new Node("n", epoch),
                random);
    }

    public Bench(ConnectionDirectory directory, SessionLimits limits, long totalBytes) {
        this(directory, limits, LINK, totalBytes, new Threads(null, null), new ManualClock());
    }

    /** With threads of the test's own. */
    Bench(ConnectionDirectory table, SessionLimits limits, long totalBytes, Executor send, Executor handle) {
        this(table, limits, LINK, totalBytes, new Threads(send, handle), new ManualClock());
    }

    /** Threads of the test's own, or none. */
    private record Threads(@Nullable Executor send, @Nullable Executor handle) {}

    private Bench(
            ConnectionDirectory table,
            SessionLimits limits,
            LinkLimits linkLimits,
            long totalBytes,
            Threads threads,
            ManualClock time) {
        this(table, limits, linkLimits, totalBytes, threads, time, new Node("n", 1), new SecureRandom());
    }

    private Bench(
            ConnectionDirectory table,
            SessionLimits limits,
            LinkLimits linkLimits,
            long totalBytes,
            Threads threads,
            ManualClock time,
            Node node,
            SecureRandom random) {
        clock = time;
        traces = new Traces(clock::nanos);
        directory = table;
        budget = new QueueBudget(totalBytes);
        Executor send = threads.send();
        Executor handle = threads.handle();
        SocketExecutors executors =
                new SocketExecutors(send == null ? sending : send, send == null ? disposable : send, 100);
        links = new Links(executors, budget, clock, linkLimits);
        factory = new SessionFactory(
                handle == null ? handlers : handle,
                clock,
                clock,
                limits,
                (session, end) -> listener.ended(session, end),
                new Cids(node, random));
        OnlineTable rows = new OnlineTable(table, node);
        sessions = new Sessions(registry, rows, factory, meters, traces);
        all = new AllSessions(registry, sessions);
        attachments = new Attachments(sessions, registry, rows, factory, meters);
        deliveries = new Deliveries(sessions, attachments, meters);
        AtomicInteger epochs = new AtomicInteger();
        histories = new Histories(HISTORY, clock, () -> "e" + node.epoch() + "-" + epochs.incrementAndGet());
        groups = new KeptGroups(histories, registry, sessions, deliveries);
        presence = new LocalPresence(places, registry, deliveries);
        publisher = new PresencePublisher(
                places,
                registry,
                deliveries,
                change -> observers.apply(change),
                handle == null ? handlers : handle,
                clock);
        open = new OpenRequests(
                handle == null ? handlers : handle, clock, new RequestLimits(3, 2, Duration.ofMinutes(5)));
        requests = new Requests(open, deliveries);
        reach = new LocalReach(registry, sessions, deliveries, histories, groups, requests, meters);
        changes = new LoginChange(new CallerChange(registry, rows, deliveries));
        logins = new LoginEnd(sessions, deliveries, changes);
        timeouts = new TimeoutCheck(registry, sessions, attachments, factory, logins);
    }

    /** A client on its way in. */
    public Client client() {
        return new Client();
    }

    /** The login of a session expires, if it has one. */
    public void expire(Session session) {
        Login login = session.caller().login();
        if (login != null) {
            logins.expired(session, login);
        }
    }

    /** The link of a session that has not ended. */
    public static Link link(Session session) {
        return Objects.requireNonNull(session.link());
    }

    /** Runs what waits on all threads. */
    public void run() {
        while (handlers.runAll() + sending.runAll() + disposable.runAll() > 0) {
            // What one brings may wait on another.
        }
    }

    /** With limits for how fast a client may send. */
    public static Bench withRate(int perSecond, int burst, int mostDropped) {
        return with(link(LINK.queueMessages(), 1000), new SessionLimits(
                1000,
                LIMITS.inboxBytes(),
                LIMITS.inboxTotalBytes(),
                LIMITS.acceptTimeout(),
                MessageRate.Rule.of(perSecond, burst, mostDropped),
                LIMITS.quotas(),
                LIMITS.resume(),
                LIMITS.sends()));
    }

    /** The same, with room for messages of some KiB; 0 a second for no limit. */
    public static Bench roomy(int perSecond, int burst, int mostDropped) {
        return with(link(100, 100_000), new SessionLimits(
                ROOMY_INBOX,
                100_000,
                200_000,
                LIMITS.acceptTimeout(),
                MessageRate.Rule.of(perSecond, burst, mostDropped),
                LIMITS.quotas(),
                LIMITS.resume(),
                LIMITS.sends()));
    }

    /** Two minutes for clients to come back, and so much that is kept of each session; three may be away. */
    public static ResumeLimits resume(int messages, int bytes) {
        return new ResumeLimits(true, Duration.ofMinutes(2), messages, bytes, 1000, 3);
    }

    private static Bench with(LinkLimits link, SessionLimits limits) {
        return new Bench(new MemoryDirectory(), limits, link, 1_000_000, new Threads(null, null), new ManualClock());
    }

    private static LinkLimits link(int queueMessages, int queueBytes) {
        return new LinkLimits(
                queueMessages,
                queueBytes,
                Duration.ofSeconds(4),
                Duration.ofSeconds(25),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    public static OutgoingMessage text(String text) {
        return new OutgoingMessage(new ServerFrame.Message(JSON.payload(text)));
    }

    public static Login login(String uid, Instant until) {
        return new Login(uid, "session-" + uid, "token-" + uid, null, until);
    }

    /** Who connects, and to what. */
    public final class Client {
        private String path = PATH;
        private String channel = "default";
        private boolean needsLogin;
        private Dialect dialect = Dialect.PLAIN;
        private @Nullable String device;
        private @Nullable String appid;
        private Authentication authentication = Authentication.ANONYMOUS;

        public Client path(String other) {
            path = other;
            return this;
        }

        public Client channel(String name) {
            channel = name;
            return this;
        }

        public Client needsLogin() {
            needsLogin = true;
            return this;
        }

        public Client speaks(Dialect other) {
            dialect = other;
            return this;
        }

        public Client device(String id) {
            device = id;
            return this;
        }

        public Client appid(String id) {
            appid = id;
            return this;
        }

        public Client user(String uid) {
            return user(uid, clock.instant().plusSeconds(3600));
        }

        public Client user(String uid, Instant until) {
            authentication = new Authentication.Authenticated(login(uid, until));
            return this;
        }

        public Session open() {
            return open(new FakeWire());
        }

        public Session open(Wire wire) {
            return attach(wire).session();
        }

        /** The link of a socket, with a session of its own. */
        public Attachment attach(Wire wire) {
            return attachments.open(
                    new Session.Route(path, channel, needsLogin, "http://here"),
                    new Caller(
                            authentication,
                            null,
                            new Caller.Client(appid, device, null, null, null, null, "192.0.2.1")),
                    links.open(dialect.codec(JSON), wire));
        }

        public Session accepted() {
            return accepted(new FakeWire());
        }

        public Session accepted(Wire wire) {
            Session session = open(wire);
            sessions.accept(session);
            return session;
        }
    }
}
