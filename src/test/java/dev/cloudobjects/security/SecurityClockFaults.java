package dev.cloudobjects.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.session.ClockFault;
import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Tickets and tokens while the time of day is set. */
public final class SecurityClockFaults {

    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Ticket BARE = new Ticket("chat/room", null, null, false, null, null, Caller.Client.UNKNOWN);

    private SecurityClockFaults() {}

    /** All of them. */
    public static List<ClockFault> all() {
        return List.of(
                new ClockFault(Tickets.class, "a ticket can be used once, and for its life", SecurityClockFaults::ticket),
                new ClockFault(Tickets.class, "a spent ticket stays spent", SecurityClockFaults::spentTicket),
                new ClockFault(Tokens.class, "a token that has more time than that stays good", SecurityClockFaults::token),
                new ClockFault(Login.class, "what is left is never below zero", SecurityClockFaults::login));
    }

    private static boolean takes(Tickets tickets, String text) {
        return tickets.read(text).filter(tickets::spend).isPresent();
    }

    private static void ticket(ManualClock clock, Runnable set) {
        Tickets tickets = new Tickets(KEY, new MemorySpentTickets(), LIFE, clock::nanos);
        String first = tickets.issue(BARE);
        String second = tickets.issue(BARE);
        set.run();
        assertTrue(takes(tickets, first));
        assertFalse(takes(tickets, first));
        set.run();
        clock.advance(LIFE.minusNanos(1));
        assertTrue(takes(tickets, second));
        String late = tickets.issue(BARE);
        clock.advance(LIFE);
        assertFalse(takes(tickets, late));
    }

    private static void spentTicket(ManualClock clock, Runnable set) {
        Tickets tickets = new Tickets(KEY, new MemorySpentTickets(), LIFE, clock::nanos);
        String ticket = tickets.issue(BARE);
        assertTrue(takes(tickets, ticket));
        set.run();
        // Each one that is taken may forget those that have expired.
        assertTrue(takes(tickets, tickets.issue(BARE)));
        clock.advance(Duration.ofSeconds(2));
        assertTrue(takes(tickets, tickets.issue(BARE)));
        set.run();
        assertFalse(takes(tickets, ticket));
    }

    private static void token(ManualClock clock, Runnable set) {
        Tokens tokens = new Tokens(KEY, clock);
        Instant end = clock.instant().plus(ClockFault.HOUR).plusSeconds(1);
        String token = tokens.issue(new TokenClaims("u", "s", "t", null, Set.of(), Set.of(), clock.instant(), end));
        set.run();
        assertInstanceOf(Tokens.Good.class, tokens.check(token, null));
        set.run();
        assertInstanceOf(Tokens.Good.class, tokens.check(token, null));
    }

    private static void login(ManualClock clock, Runnable set) {
        Instant before = clock.instant();
        Login login = new Login("u", "s", "t", null, before.plusSeconds(60));
        set.run();
        Duration ahead = Duration.between(before, clock.instant());
        Duration left = Duration.ofSeconds(60).minus(ahead);
        assertEquals(left.isNegative() ? Duration.ZERO : left, login.left(clock));
        set.run();
        assertFalse(login.left(clock).isNegative());
    }
}
