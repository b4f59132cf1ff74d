package dev.cloudobjects.session;

/**
 * This server among others.
 *
 * @param id its name; it keeps it over restarts
 * @param epoch which of its starts this is: higher than at each start before
 */
public record Node(String id, long epoch) {}
