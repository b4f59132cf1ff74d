package dev.cloudobjects.simulation;

import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.time.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Servers, clients and what is between them, in one schedule: what is about to happen, and time. */
final class World {

    private static final Duration SLICE = Duration.ofMillis(500);
    private static final int ENDLESS = 20_000;

    final Model model;
    final Limits limits;
    final List<Client> clients = new ArrayList<>();

    private final SdkProcess sdk;
    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final Users users = new Users();
    private final Network network;
    private final @Nullable List<String> notes;
    private Server server;
    private int servers;
    private @Nullable Step ambush;
    private long events;

    /**
     * A world in which nothing has happened yet.
     *
     * @param notes where to write what happens; {@code null} for nowhere
     */
    World(SdkProcess sdk, long seed, int clients, @Nullable List<String> notes) {
        this.sdk = sdk;
        this.notes = notes;
        random = new Random(seed);
        limits = Limits.of(random);
        model = new Model(limits);
        network = new Network(this, users);
        server = start();
        tell("reset", seed % Integer.MAX_VALUE);
        for (int i = 0; i < clients; i++) {
            this.clients.add(new Client(i, this, users));
        }
    }

    private Server start() {
        // Of what follows from these bytes nothing depends on their quality.
        SecureRandom seeded = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                random.nextBytes(bytes);
            }
        };
        return new Server(++servers, model, limits, clock, seeded, users, this::meanwhile);
    }

    Server server() {
        return server;
    }

    Network network() {
        return network;
    }

    /** How much has happened. */
    long events() {
        return events;
    }

    void note(String what, Object... parts) {
        if (notes != null) {
            notes.add(String.format("%8d ", now()) + String.format(what, parts));
        }
    }

    /** Milliseconds since the start. */
    long now() {
        return (clock.nanos() - 1) / 1_000_000;
    }

    long nanos() {
        return clock.nanos();
    }

    // The SDK

    /** Gives the SDK a command, and hears what it did. */
    void tell(Object... command) {
        events++;
        hear(sdk.tell(now(), command));
    }

    private void hear(List<String[]> said) {
        for (String[] line : said) {
            note("  sdk: %s", String.join(" ", line));
            switch (line[0]) {
                case "fault" -> throw new Contradiction("the SDK failed: " + line[1]);
                case "request" -> network.requested(number(line[1]), number(line[2]), line[3], line[4]);
                case "socket" -> network.opens(number(line[1]), number(line[2]), line[3], server);
                case "sent" -> network.socket(number(line[1])).sent(line[2]);
                case "drop" -> network.socket(number(line[1])).dropped(number(line[2]));
                default -> clients.get(number(line[1])).hears(line);
            }
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    // What is about to happen

    private int choices() {
        return server.handlers.size() + server.sockets.size() + network.choices();
    }

    private void choose(int index) {
        events++;
        int left = index;
        if (left < server.handlers.size()) {
            note("server %d: a handler's thread", server.number);
            server.handlers.run(left);
            return;
        }
        left -= server.handlers.size();
        if (left < server.sockets.size()) {
            note("server %d: a socket's thread", server.number);
            server.sockets.run(left);
            return;
        }
        network.choose(left - server.sockets.size());
    }

    /** Some of what is about to happen does, in an order of chance. */
    void flow(int most, Random order) {
        for (int i = 0; i < most; i++) {
            int choices = choices();
            if (choices == 0) {
                return;
            }
            choose(order.nextInt(choices));
        }
    }

    /** All that is about to happen does, and what comes of it. */
    void settle() {
        for (int i = 0; choices() > 0; i++) {
            if (i == ENDLESS) {
                throw new Contradiction("it does not come to an end");
            }
            choose(0);
        }
    }

    /** The next handler is interrupted by a step. */
    void ambush(Step step) {
        ambush = step;
    }

    private void meanwhile() {
        Step step = ambush;
        ambush = null;
        if (step != null) {
            note("meanwhile: %s", step);
            Player.play(step, this);
        }
    }

    // Time

    /** Time passes. @param calm whether all that is about to happen does */
    void pass(Duration time, boolean calm) {
        long end = clock.nanos() + time.toNanos();
        while (clock.nanos() < end) {
            if (calm) {
                settle();
            }
            // A handler may have let time pass.
            clock.advance(Duration.ofNanos(Math.max(0, Math.min(SLICE.toNanos(), end - clock.nanos()))));
            server.bench.timeouts.run();
            server.bench.open.sweep();
            events++;
            checkWindows();
            if (sdk.isDue(now())) {
                tell("time", now());
            }
        }
        if (calm) {
            settle();
        }
    }

    private void checkWindows() {
        for (Session session : server.inside.tracked()) {
            if (server.inside.away(session) > limits.window().toNanos() + SLICE.toNanos()) {
                throw new Contradiction(session + " is away for too long");
            }
        }
    }

    // Servers

    void drain() {
        note("server %d: drain", server.number);
        server.bench.sessions.stopAccepting();
        server.bench.all.restart(Integer.MAX_VALUE, Duration.ofSeconds(1));
    }

    /** The server stops in good order, and another one starts. */
    void restart() {
        note("server %d: stop", server.number);
        server.bench.sessions.stopAccepting();
        server.bench.all.end();
        while (server.handlers.size() + server.sockets.size() > 0) {
            (server.handlers.size() > 0 ? server.handlers : server.sockets).run(0);
        }
        checkLeftovers();
        replace();
    }

    /** The server is gone at once, and another one starts. */
    void crash() {
        note("server %d: crash", server.number);
        model.crashed(server.number);
        replace();
    }

    private void replace() {
        network.serverDied(server);
        server = start();
    }

    private void checkLeftovers() {
        List<String> found = server.inside.leftovers();
        long accepted = server.bench.meters.value(Meter.CONNECTIONS_ACCEPTED);
        long ended = server.bench.meters.value(Meter.CONNECTIONS_ENDED);
        if (accepted != ended) {
            found.add(accepted + " sessions were accepted, and " + ended + " ended");
        }
        if (!found.isEmpty()) {
            throw new Contradiction("at the end: " + found);
        }
    }

    // Checks

    /** Checks what must hold whenever nothing runs. */
    void check() {
        List<String> found = server.inside.contradictions();
        if (!found.isEmpty()) {
            throw new Contradiction(String.join("; ", found));
        }
    }

    /** All faults end, everything arrives, and then everything ends: as it has to. */
    void windDown() {
        ambush = null;
        network.heal();
        if (!server.bench.sessions.isAccepting()) {
            restart();
        }
        Duration most = Duration.ofMinutes(3);
        for (Duration waited = Duration.ZERO; !isQuiet(); waited = waited.plusSeconds(1)) {
            if (waited.compareTo(most) > 0) {
                throw new Contradiction("the clients do not come back: " + clients);
            }
            pass(Duration.ofSeconds(1), true);
        }
        // Silent sockets are found by their heartbeats.
        pass(Duration.ofMinutes(1), true);
        check();
        clients.forEach(client -> model.checkComplete(client.number));
        if (random.nextBoolean()) {
            clients.forEach(Client::hangUp);
            settle();
            pass(limits.window().plus(Duration.ofSeconds(30)), true);
            checkLeftovers();
        }
        restart();
        clients.forEach(Client::hangUp);
        settle();
        model.checkOver();
    }

    private boolean isQuiet() {
        return choices() == 0 && clients.stream().allMatch(Client::isQuiet);
    }
}
