package dev.cloudobjects.boot;

import dev.cloudobjects.api.PresenceChange;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.history.Histories;
import dev.cloudobjects.history.HistoryLimits;
import dev.cloudobjects.json.JsonLimits;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.limit.QueueBudget;
import dev.cloudobjects.link.LinkLimits;
import dev.cloudobjects.link.Links;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.log.LineLimit;
import dev.cloudobjects.login.IdentityRefresh;
import dev.cloudobjects.login.IdentityWatch;
import dev.cloudobjects.presence.Places;
import dev.cloudobjects.presence.PresenceLimits;
import dev.cloudobjects.request.OpenRequests;
import dev.cloudobjects.request.RequestLimits;
import dev.cloudobjects.security.Keyring;
import dev.cloudobjects.security.MemorySpentTickets;
import dev.cloudobjects.security.Tickets;
import dev.cloudobjects.session.Cids;
import dev.cloudobjects.session.Deliveries;
import dev.cloudobjects.session.EndListener;
import dev.cloudobjects.session.Node;
import dev.cloudobjects.session.PresencePublisher;
import dev.cloudobjects.session.Registry;
import dev.cloudobjects.session.SessionFactory;
import dev.cloudobjects.session.SessionLimits;
import dev.cloudobjects.time.NanoClock;
import dev.cloudobjects.trace.Trace;
import dev.cloudobjects.trace.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Makes what is made of settings and threads, and what needs to be closed. Every other part of which there is one is a
 * {@link dev.cloudobjects.config.UnproxiedSingleton}, made by its constructor.
 */
@ApplicationScoped
class Wiring {

    private static final int MOST_LOST_THREADS = 1000;
    private static final String NODE = "local";
    /** Limits a number to 53 bits, which JavaScript represents exactly. */
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
    QueueBudget budget(Settings settings) {
        return new QueueBudget(settings.get(Keys.QUEUE_TOTAL_BYTES));
    }

    @Produces
    @Singleton
    SocketExecutors socketExecutors() {
        return SocketExecutors.ofThreads(MOST_LOST_THREADS);
    }

    void closeSocketExecutors(@Disposes SocketExecutors executors) {
        executors.close();
    }

    @Produces
    @Singleton
    Links links(SocketExecutors executors, QueueBudget budget, NanoClock clock, Settings settings) {
        return new Links(executors, budget, clock, LinkLimits.of(settings));
    }

    @Produces
    @Singleton
    SessionFactory sessionFactory(
            Handlers handlers, NanoClock clock, InstantSource time, Settings settings, EndListener listener, Cids cids) {
        return new SessionFactory(handlers, clock, time, SessionLimits.of(settings), listener, cids);
    }

    @Produces
    @Singleton
    Places places(Settings settings) {
        return new Places(PresenceLimits.of(settings));
    }

    @Produces
    @Singleton
    PresencePublisher presencePublisher(
            Places places,
            Registry registry,
            Deliveries deliveries,
            Event<PresenceChange> changes,
            Handlers handlers,
            InstantSource time) {
        NotificationOptions onHandlers = NotificationOptions.ofExecutor(handlers);
        return new PresencePublisher(
                places, registry, deliveries, change -> changes.fireAsync(change, onHandlers), handlers, time);
    }

    @Produces
    @Singleton
    Histories histories(NanoClock clock, Settings settings) {
        return new Histories(HistoryLimits.of(settings), clock, () -> Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX));
    }

    @Produces
    @Singleton
    OpenRequests openRequests(Handlers handlers, NanoClock clock, Settings settings) {
        return new OpenRequests(handlers, clock, RequestLimits.of(settings));
    }

    @Produces
    @Singleton
    IdentityRefresh identityRefresh(
            IdentityWatch watch, Registry registry, NanoClock clock, Settings settings, Handlers handlers) {
        return new IdentityRefresh(watch, registry, clock, settings.get(Keys.IDENTITY_REFRESH), handlers);
    }
}
