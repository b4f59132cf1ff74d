package dev.cloudobjects.call;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers calls: short texts, unique over nodes and starts, that say nothing. */
public final class RequestIds {

    private static final String START = Long.toString(new SecureRandom().nextLong() & Long.MAX_VALUE, 36);
    private static final AtomicLong NUMBER = new AtomicLong();

    private RequestIds() {}

    /** The id of a new call. */
    public static String next() {
        return START + "-" + Long.toString(NUMBER.incrementAndGet(), 36);
    }
}
