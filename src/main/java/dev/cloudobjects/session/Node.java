package dev.cloudobjects.session;

/**
 * This server among others.
 *
 * @param id its name; it keeps it over restarts
 * @param epoch which of its starts this is: a random number, another one for each
 */
public record Node(String id, long epoch) {}
