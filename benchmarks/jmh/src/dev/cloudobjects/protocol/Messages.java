package dev.cloudobjects.protocol;

import dev.cloudobjects.json.JsonLimits;

/** What the benchmarks send. */
public final class Messages {

    public static final JsonLimits LIMITS = new JsonLimits(32, 1000, 65536, 100);

    private Messages() {}

    /** A chat message of so many bytes. */
    public static String json(int size) {
        String head = "{\"type\":\"msg\",\"channel\":\"room-1\",\"from\":\"user-000001\",\"body\":\"";
        return head + "x".repeat(size - head.length() - 2) + "\"}";
    }
}
