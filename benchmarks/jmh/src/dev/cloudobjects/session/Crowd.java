package dev.cloudobjects.session;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.directory.MemoryDirectory;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.json.JsonLimits;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.security.Authentication.Authenticated;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.trace.Traces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections of one object without a server, each of a user and a device of its own: {@code user-0} and so on. */
final class Crowd {

    static final String PATH = "chat/room";
    static final String CHANNEL = "lobby";
    static final List<String> PATHS = List.of(PATH);

    static final JsonMapper JSON = new JsonMapper(new JsonLimits(32, 1000, 65536, 100));

    /** Defaults, but room for the crowd. */
    private static final Map<String, String> CONFIGURED = Map.of(Keys.CONNECTIONS_MAX.name(), "0");

    final Registry registry = new Registry();
    final Meters meters = new Meters();
    final Connections connections;
    private final Codec codec = Dialect.V1.codec(JSON);

    Crowd(int size) {
        Limits limits = Limits.of(new Settings(name -> Optional.ofNullable(CONFIGURED.get(name))));
        CallerLane lane = new CallerLane();
        ConnectionFactory factory = new ConnectionFactory(
                new Lanes(lane, lane, 100),
                lane,
                new QueueBudget(1_000_000_000),
                NanoClock.system(),
                InstantSource.system(),
                limits,
                (connection, end) -> {});
        connections = new Connections(
                registry, new MemoryDirectory(), new Node("n", 1), meters, InstantSource.system(), factory,
                new Traces(NanoClock.system()::nanos));
        for (int i = 0; i < size; i++) {
            accepted(i, SilentWire.INSTANCE);
        }
    }

    static String user(int number) {
        return "user-" + number;
    }

    /** A connection that the registry finds by its cid only. */
    Connection opened(int number, Wire wire) {
        Login login = new Login(user(number), "session", "token", null, Instant.now().plusSeconds(86_400));
        Caller caller = new Caller(
                new Authenticated(login),
                null,
                new Caller.Client("app", "device-" + number, null, null, null, null, "192.0.2.1"));
        Connection.Route route = new Connection.Route(PATH, CHANNEL, true, "http://localhost");
        return connections.open(new ConnectionFactory.Request(route, caller, codec, wire));
    }

    Connection accepted(int number, Wire wire) {
        Connection connection = opened(number, wire);
        connections.accept(connection);
        return connection;
    }
}
