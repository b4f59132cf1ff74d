package dev.cloudobjects.log;

import java.lang.ref.Reference;
import java.util.logging.Logger;

/**
 * Where loggers of {@code java.util.logging} come from. They are shared by all applications of a server, and a logger of
 * Open Liberty keeps the class that asked for it first: a class of ours would keep this application after it was replaced.
 * So one of the JDK's asks for it first.
 */
public final class Loggers {

    private Loggers() {}

    /** The logger of this name. */
    public static Logger named(String name) {
        System.Logger first = System.getLogger(name);
        // It is made at its first use.
        first.isLoggable(System.Logger.Level.ERROR);
        try {
            return Logger.getLogger(name);
        } finally {
            Reference.reachabilityFence(first);
        }
    }
}
