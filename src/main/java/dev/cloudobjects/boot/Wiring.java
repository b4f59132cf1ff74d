package dev.cloudobjects.boot;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.directory.DirectoryCommands;
import dev.cloudobjects.dispatch.IdentityRefresh;
import dev.cloudobjects.dispatch.IdentityWatch;
import dev.cloudobjects.json.JsonLimits;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.log.LineLimit;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.reach.Reach;
import dev.cloudobjects.security.Keyring;
import dev.cloudobjects.security.MemorySpentTickets;
import dev.cloudobjects.security.Tickets;
import dev.cloudobjects.session.ConnectionFactory;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.EndListener;
import dev.cloudobjects.session.Lanes;
import dev.cloudobjects.session.Limits;
import dev.cloudobjects.session.LocalReach;
import dev.cloudobjects.session.LoginChange;
import dev.cloudobjects.session.LoginEnd;
import dev.cloudobjects.session.NanoClock;
import dev.cloudobjects.session.Node;
import dev.cloudobjects.session.QueueBudget;
import dev.cloudobjects.session.Registry;
import dev.cloudobjects.session.Sweeper;
import dev.cloudobjects.trace.Trace;
import dev.cloudobjects.trace.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes the parts that know nothing of the container. */
@ApplicationScoped
class Wiring {

    private static final int MOST_LOST_THREADS = 1000;
    private static final String NODE = "local";
    /** A number of 53 bits is the same for everyone who reads it. */
    private static final int UNSAFE_BITS = Long.SIZE - 53;

    private final SecureRandom random = new SecureRandom();

    @Produces
    @Singleton
    NanoClock nanoClock() {
        return NanoClock.system();
    }

    @Produces
    @Singleton
    LineLimit lineLimit(Settings settings, NanoClock clock) {
        LineLimit limit = new LineLimit(settings.get(Keys.LOG_MAX_PER_ADDRESS), clock::nanos);
        LineLimit.install(limit);
        return limit;
    }

    @Produces
    @Singleton
    Traces traces(Settings settings, NanoClock clock) {
        Traces traces = new Traces(clock::nanos);
        for (String user : settings.get(Keys.TRACE_USERS)) {
            traces.begin(new Trace.Subject(null, user), settings.get(Keys.TRACE_MAX_TIME), false);
        }
        return traces;
    }

    @Produces
    @Singleton
    JsonMapper json(Settings settings) {
        return new JsonMapper(new JsonLimits(
                settings.get(Keys.JSON_MAX_DEPTH),
                settings.get(Keys.JSON_MAX_KEYS),
                settings.get(Keys.JSON_MAX_ELEMENTS),
                settings.get(Keys.JSON_MAX_NUMBER_LENGTH)));
    }

    void closeJson(@Disposes JsonMapper json) {
        json.close();
    }

    @Produces
    @Singleton
    Tickets tickets(Keyring keys, Settings settings, NanoClock clock) {
        return new Tickets(
                keys.secret("ticket"), new MemorySpentTickets(), settings.get(Keys.TICKET_LIFE), clock::nanos);
    }

    @Produces
    @Singleton
    Node node() {
        return new Node(NODE, random.nextLong() >>> UNSAFE_BITS);
    }

    @Produces
    @Singleton
    Registry registry() {
        return new Registry();
    }

    @Produces
    @Singleton
    QueueBudget budget(Settings settings) {
        return new QueueBudget(settings.get(Keys.QUEUE_TOTAL_BYTES));
    }

    @Produces
    @Singleton
    Lanes lanes() {
        return Lanes.ofThreads(MOST_LOST_THREADS);
    }

    void closeLanes(@Disposes Lanes lanes) {
        lanes.close();
    }

    @Produces
    @Singleton
    ConnectionFactory connectionFactory(
            Lanes lanes,
            Handlers handlers,
            QueueBudget budget,
            NanoClock clock,
            InstantSource time,
            Settings settings,
            EndListener listener) {
        return new ConnectionFactory(lanes, handlers, budget, clock, time, Limits.of(settings), listener);
    }

    @Produces
    @Singleton
    Connections connections(
            Registry registry,
            DirectoryCommands directory,
            Node node,
            Meters meters,
            InstantSource time,
            ConnectionFactory factory,
            Traces traces) {
        return new Connections(registry, directory, node, meters, time, factory, traces);
    }

    @Produces
    @Singleton
    Reach reach(Registry registry, Connections connections, Meters meters) {
        return new LocalReach(registry, connections, meters);
    }

    @Produces
    @Singleton
    LoginChange loginChange(
            Registry registry, DirectoryCommands directory, Node node, Connections connections) {
        return new LoginChange(registry, directory, node, connections);
    }

    @Produces
    @Singleton
    LoginEnd loginEnd(Connections connections, LoginChange change) {
        return new LoginEnd(connections, change);
    }

    @Produces
    @Singleton
    IdentityRefresh identityRefresh(
            IdentityWatch watch, Registry registry, NanoClock clock, Settings settings, Handlers handlers) {
        return new IdentityRefresh(watch, registry, clock, settings.get(Keys.IDENTITY_REFRESH), handlers);
    }

    @Produces
    @Singleton
    Sweeper sweeper(
            Registry registry, Connections connections, ConnectionFactory factory, LoginEnd logins) {
        return new Sweeper(registry, connections, factory, logins);
    }
}
