package dev.cloudobjects.session;

import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.directory.MemoryDirectory;
import dev.cloudobjects.json.JsonLimits;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.OutgoingMessage;
import dev.cloudobjects.protocol.ServerFrame;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The life of connections on time and threads that a test moves by hand. */
public final class Bench {

    public static final String PATH = "chat/room";
    public static final JsonMapper JSON = new JsonMapper(new JsonLimits(32, 1000, 65536, 100));
    /** The messages that wait in a {@link #roomy} one. */
    public static final int ROOMY_INBOX = 8;

    public static final Limits LIMITS = new Limits(
            4,
            100,
            3,
            1000,
            2000,
            Duration.ofSeconds(4),
            Duration.ofSeconds(25),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(45),
            Duration.ofSeconds(10),
            MessageRate.Rule.of(0, 1, 1),
            new Quotas(0, 0, 0));

    public final ManualClock clock;
    public final ManualExecutor sending = new ManualExecutor();
    public final ManualExecutor disposable = new ManualExecutor();
    public final ManualExecutor handlers = new ManualExecutor();
    public final Registry registry = new Registry();
    public final QueueBudget budget;
    public final Meters meters = new Meters();
    public final Traces traces;
    public final List<String> ended = Collections.synchronizedList(new ArrayList<>());
    public final ConnectionFactory factory;
    public final Connections connections;
    public final LoginChange changes;
    public final LoginEnd logins;
    public final Sweeper sweeper;
    public final ConnectionDirectory directory;
    public final LocalReach reach;
    public EndListener listener = (connection, end) -> ended.add(connection.cid() + " " + end.code());

    public Bench() {
        this(new ManualClock());
    }

    Bench(ManualClock clock) {
        this(new MemoryDirectory(), LIMITS, 1_000_000, null, null, clock);
    }

    public Bench(ConnectionDirectory directory, Limits limits, long totalBytes) {
        this(directory, limits, totalBytes, null, null);
    }

    /** With threads of the test's own. */
    Bench(ConnectionDirectory table, Limits limits, long totalBytes, @Nullable Executor send, @Nullable Executor handle) {
        this(table, limits, totalBytes, send, handle, new ManualClock());
    }

    private Bench(
            ConnectionDirectory table,
            Limits limits,
            long totalBytes,
            @Nullable Executor send,
            @Nullable Executor handle,
            ManualClock time) {
        clock = time;
        traces = new Traces(clock::nanos);
        directory = table;
        budget = new QueueBudget(totalBytes);
        Lanes lanes = new Lanes(send == null ? sending : send, send == null ? disposable : send, 100);
        factory = new ConnectionFactory(
                lanes,
                handle == null ? handlers : handle,
                budget,
                clock,
                clock,
                limits,
                (connection, end) -> listener.ended(connection, end));
        Node node = new Node("n", 1);
        connections = new Connections(registry, table, node, meters, clock, factory, traces);
        reach = new LocalReach(registry, connections, meters);
        changes = new LoginChange(registry, table, node, connections);
        logins = new LoginEnd(connections, changes);
        sweeper = new Sweeper(registry, connections, factory, logins);
    }

    /** A client on its way in. */
    public Client client() {
        return new Client();
    }

    /** The login of a connection ends by time, if it has one. */
    public void expire(Connection connection) {
        Login login = connection.caller().login();
        if (login != null) {
            logins.expired(connection, login);
        }
    }

    /** Runs what waits on all lanes. */
    public void run() {
        while (handlers.runAll() + sending.runAll() + disposable.runAll() > 0) {
            // What one brings may wait on another.
        }
    }

    /** With limits for how fast a client may send. */
    public static Bench withRate(int perSecond, int burst, int mostDropped) {
        Limits limits = limits(
                LIMITS.queueMessages(), 1000, 1000, MessageRate.Rule.of(perSecond, burst, mostDropped));
        return new Bench(new MemoryDirectory(), limits, 1_000_000);
    }

    /** The same, with room for messages of some KiB; 0 a second for no limit. */
    public static Bench roomy(int perSecond, int burst, int mostDropped) {
        Limits limits = new Limits(
                100,
                100_000,
                ROOMY_INBOX,
                100_000,
                200_000,
                LIMITS.writeTimeout(),
                LIMITS.pingInterval(),
                LIMITS.pingTimeout(),
                LIMITS.connectTimeout(),
                LIMITS.acceptTimeout(),
                LIMITS.messageTimeout(),
                MessageRate.Rule.of(perSecond, burst, mostDropped),
                LIMITS.quotas());
        return new Bench(new MemoryDirectory(), limits, 1_000_000);
    }

    /** The usual limits with another queue. */
    static Limits limits(int queueMessages, int queueBytes) {
        return limits(queueMessages, queueBytes, LIMITS.inboxMessages(), LIMITS.messageRate());
    }

    private static Limits limits(int queueMessages, int queueBytes, int inboxMessages, MessageRate.Rule messageRate) {
        return new Limits(
                queueMessages,
                queueBytes,
                inboxMessages,
                LIMITS.inboxBytes(),
                LIMITS.inboxTotalBytes(),
                LIMITS.writeTimeout(),
                LIMITS.pingInterval(),
                LIMITS.pingTimeout(),
                LIMITS.connectTimeout(),
                LIMITS.acceptTimeout(),
                LIMITS.messageTimeout(),
                messageRate,
                LIMITS.quotas());
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

        public Connection open() {
            return open(new FakeWire());
        }

        public Connection open(Wire wire) {
            return connections.open(new ConnectionFactory.Request(
                    new Connection.Route(path, channel, needsLogin, "http://here"),
                    new Caller(
                            authentication,
                            null,
                            new Caller.Client(appid, device, null, null, null, null, "192.0.2.1")),
                    dialect.codec(JSON),
                    wire));
        }

        public Connection accepted() {
            return accepted(new FakeWire());
        }

        public Connection accepted(Wire wire) {
            Connection connection = open(wire);
            connections.accept(connection);
            return connection;
        }
    }
}
