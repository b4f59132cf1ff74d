package dev.cloudobjects.security;

import java.time.Instant;

/** The tickets that were used. */
public interface SpentTickets {

    /**
     * Marks a ticket as used; false when it was before, or when that can't be known any more.
     *
     * @param nonce its number
     * @param issued when it was issued
     * @param expires when it may be forgotten
     * @param now the time
     */
    boolean spend(String nonce, Instant issued, Instant expires, Instant now);
}
