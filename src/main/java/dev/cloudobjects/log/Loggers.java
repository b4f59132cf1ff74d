package dev.cloudobjects.log;

import java.lang.ref.Reference;
import java.util.logging.Logger;

/**
 * Creates loggers of {@code java.util.logging} without a class loader leak. All applications of a server share these
 * loggers, and Open Liberty's logger keeps a reference to the class that requested it first. A class of this application
 * would keep the application in memory after its replacement, so a JDK class requests the logger first.
 */
public final class Loggers {

    private Loggers() {}

    /** The logger with this name. */
    public static Logger named(String name) {
        System.Logger first = System.getLogger(name);
        // The first use creates the logger.
        first.isLoggable(System.Logger.Level.ERROR);
        try {
            return Logger.getLogger(name);
        } finally {
            Reference.reachabilityFence(first);
        }
    }
}
