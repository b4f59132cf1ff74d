package dev.cloudobjects.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client: an application that uses the SDK, and what it hears. */
final class Client {

    private static final List<String> USERS = List.of("ann", "bob");
    private static final int PATIENCE = 2000;

    final int number;

    private final World world;
    private final Users users;
    private @Nullable String user;
    private @Nullable String token;
    /** Whether it has a connection, in any state. */
    private boolean isConnected;
    private String state = "";
    private int unsettled;

    Client(int number, World world, Users users) {
        this.number = number;
        this.world = world;
        this.users = users;
        Limits limits = world.limits;
        world.tell("client", number, limits.interval(), Math.min(10_000, limits.interval()), limits.queue());
        if (limits.needsLogin() || number % 2 == 0) {
            login(number);
        }
        connect();
    }

    // What the application does

    void connect() {
        if (!isConnected) {
            isConnected = true;
            state = "connecting";
            world.tell("connect", number);
        }
    }

    /** Sends a message. @param asks whether as a request, to get an answer */
    void say(String what, int size, boolean impatient, boolean asks) {
        int message = world.model.willSay(number);
        unsettled++;
        world.tell("send", number, message, what, size, impatient ? PATIENCE : 0, asks);
    }

    /** Cancels the request that it made last. */
    void cancel() {
        world.tell("cancel", number);
    }

    void react(String what) {
        world.tell("react", number, world.model.willSay(number), what, 0);
    }

    void hangUp() {
        world.tell("close", number);
    }

    void reconnect() {
        world.tell("reconnect", number);
    }

    void notice(String happening) {
        world.tell("notice", number, happening);
    }

    void login(int who) {
        String next = USERS.get(who % USERS.size());
        if (!next.equals(user)) {
            world.model.loginsChanged();
        }
        user = next;
        token = users.issue(next);
        world.tell("login", number, token, user);
    }

    void renew() {
        if (user != null) {
            login(USERS.indexOf(user));
        }
    }

    void logout() {
        world.model.loginsChanged();
        user = null;
        token = null;
        world.tell("logout", number);
    }

    void revoke() {
        if (token != null) {
            world.model.loginsChanged();
            users.revoke(token);
            world.server().revoked(token);
        }
    }

    // What it hears

    void hears(String[] line) {
        Model model = world.model;
        switch (line[0]) {
            case "opened" -> model.opened(number, line[2], line[3], line[4], world.nanos());
            case "message" -> model.got(number, Integer.parseInt(line[2]));
            case "asked" -> model.heard(number, Integer.parseInt(line[2]));
            case "sending" -> model.sending(Integer.parseInt(line[2]));
            case "settled" -> {
                unsettled--;
                model.settled(number, Integer.parseInt(line[2]), line[3], Integer.parseInt(line[4]));
            }
            case "closed" -> {
                isConnected = false;
                model.over(number, Integer.parseInt(line[2]));
            }
            case "failed" -> isConnected = false;
            case "state" -> state = line[2];
            case "vk" -> {
                // What it means for the connection is told by the close.
            }
            default -> throw new Contradiction("the SDK said " + String.join(" ", line));
        }
    }

    /** Whether it waits for nothing. */
    boolean isQuiet() {
        return !isConnected || state.equals("open");
    }

    @Override
    public String toString() {
        return "client " + number + " " + (isConnected ? state : "ended");
    }
}
