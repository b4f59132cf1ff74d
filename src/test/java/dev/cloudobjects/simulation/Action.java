package dev.cloudobjects.simulation;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** What may happen in a schedule, and how often compared with the others. */
enum Action {
    /** A few of the things happen that are about to: tasks run, messages arrive, writes end. */
    FLOW(60),
    /** All of that happens, and what comes of it. */
    SETTLE(14),
    /** Time passes, and nothing arrives. */
    PASS(6),
    /** Time passes, and everything arrives. */
    CALM(6),
    /** The server sends to one session. */
    SEND(20),
    /** The server sends to one session, with a policy. */
    PUSH(12),
    /** The server sends to a group. */
    SHOUT(8),
    /** The server asks a client. */
    ASK(8),
    /** A client cancels the request that it made last. */
    CANCEL(3),
    JOIN(4),
    LEAVE(2),
    /** The server closes a session. */
    CLOSE(1),
    FORCE_LOGOUT(1),
    /** The token of a client is no longer good. */
    REVOKE(1),
    /** The client's application sends. */
    SAY(20),
    /** It sends as soon as it hears something. */
    REACT(4),
    CONNECT(14),
    HANG_UP(1),
    RECONNECT(4),
    /** The platform says that the network has changed, or the visibility of the page. */
    NOTICE(4),
    LOGIN(1),
    RENEW(2),
    LOGOUT(1),
    /** A socket breaks, in one of many ways. */
    BREAK(14),
    /** Writes to a socket do not end any more, or fail. */
    STALL(3),
    /** The next requests fail, until it happens again. */
    OUTAGE(2),
    /** The next connection event or the next filters refuse. */
    REFUSE(1),
    /** Something else happens while the next handler runs. */
    MEANWHILE(8),
    DRAIN(1),
    RESTART(1),
    CRASH(1);

    private static final int RARE = 6;
    private static final Set<Action> ALWAYS = EnumSet.of(FLOW, SETTLE, CALM, SEND, SAY, CONNECT);

    private final int weight;

    Action(int weight) {
        this.weight = weight;
    }

    /** Some of them: where each may happen all the time, few things happen for long enough to meet. */
    static Set<Action> some(Random random) {
        Set<Action> some = EnumSet.copyOf(ALWAYS);
        for (Action action : values()) {
            if (random.nextInt(RARE) < (action.weight == 1 ? 1 : RARE / 2)) {
                some.add(action);
            }
        }
        return some;
    }

    /** One of these. */
    static Action of(Random random, Set<Action> some) {
        int left = random.nextInt(some.stream().mapToInt(action -> action.weight).sum());
        for (Action action : some) {
            left -= action.weight;
            if (left < 0) {
                return action;
            }
        }
        throw new IllegalStateException("the weights do not fit");
    }
}
