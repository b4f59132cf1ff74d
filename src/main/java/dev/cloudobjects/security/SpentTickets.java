package dev.cloudobjects.security;

/** The tickets of this start of the server that were used. */
public interface SpentTickets {

    /**
     * Marks a ticket as used; false when it was before.
     *
     * @param nonce its number
     * @param expires when it may be forgotten, in nanoseconds since the start
     * @param now the time, in the same
     */
    boolean spend(String nonce, long expires, long now);
}
