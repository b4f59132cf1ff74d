package dev.cloudobjects.security;

/** The port to the used tickets of this server start. Safe for use by many threads. */
public interface SpentTickets {

    /**
     * Marks a ticket as used, atomically; returns false if it was used before.
     *
     * @param nonce the nonce of the ticket
     * @param expires the expiry of the ticket, in nanoseconds since the start; it may be removed after that
     * @param now the current time, in nanoseconds since the start
     */
    boolean spend(String nonce, long expires, long now);
}
