package dev.cloudobjects.session;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.directory.MemoryDirectory;
import dev.cloudobjects.json.JsonLimits;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.LinkLimits;
import dev.cloudobjects.link.Links;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.request.OpenRequests;
import dev.cloudobjects.request.RequestLimits;
import dev.cloudobjects.security.Authentication.Authenticated;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.time.NanoClock;
import dev.cloudobjects.trace.Traces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions of one object without a server, each of a user and a device of its own: {@code user-0} and so on. */
final class Crowd {

    static final String PATH = "chat/room";
    static final String CHANNEL = "lobby";
    static final List<String> PATHS = List.of(PATH);

    static final JsonMapper JSON = new JsonMapper(new JsonLimits(32, 1000, 65536, 100));

    /** Defaults, but room for the crowd. */
    private static final Map<String, String> CONFIGURED = Map.of(
            Keys.CONNECTIONS_MAX.name(), "0", Keys.RESUME_MAX_SESSIONS.name(), "1000000");

    final Registry registry = new Registry();
    final Meters meters = new Meters();
    final Sessions sessions;
    final Attachments attachments;
    final Deliveries deliveries;
    final Requests requests;
    private final Links links;
    private final Codec codec = Dialect.V1.codec(JSON);

    private final boolean resumable;

    Crowd(int size) {
        this(size, false);
    }

    /** @param resumable whether what is sent is kept for clients that come back */
    Crowd(int size, boolean resumable) {
        this.resumable = resumable;
        Settings settings = new Settings(name -> Optional.ofNullable(CONFIGURED.get(name)));
        CallerExecutor caller = new CallerExecutor();
        NanoClock clock = NanoClock.system();
        Node node = new Node("n", 1);
        links = new Links(
                new SocketExecutors(caller, caller, 100), new QueueBudget(1_000_000_000), clock, LinkLimits.of(settings));
        SessionFactory factory = new SessionFactory(
                caller, clock, InstantSource.system(), SessionLimits.of(settings), (session, end) -> {}, new Cids(node));
        OnlineTable table = new OnlineTable(new MemoryDirectory(), node);
        sessions = new Sessions(registry, table, factory, meters, new Traces(clock::nanos));
        attachments = new Attachments(sessions, registry, table, factory, meters);
        deliveries = new Deliveries(sessions, attachments, meters);
        requests = new Requests(new OpenRequests(caller, clock, RequestLimits.of(settings)), deliveries);
        for (int i = 0; i < size; i++) {
            accepted(i, SilentWire.INSTANCE);
        }
    }

    static String user(int number) {
        return "user-" + number;
    }

    /** A session that the registry finds by its cid only. */
    Attachment opened(int number, Wire wire) {
        Login login = new Login(user(number), "session", "token", null, Instant.now().plusSeconds(86_400));
        Caller caller = new Caller(
                new Authenticated(login),
                null,
                new Caller.Client("app", "device-" + number, null, null, null, null, "192.0.2.1"));
        Session.Route route = new Session.Route(PATH, CHANNEL, true, "http://localhost");
        Attachment attachment = attachments.open(route, caller, links.open(codec, wire));
        if (resumable) {
            attachments.makeResumable(attachment.session());
        }
        return attachment;
    }

    Session accepted(int number, Wire wire) {
        Session session = opened(number, wire).session();
        sessions.accept(session);
        return session;
    }
}
