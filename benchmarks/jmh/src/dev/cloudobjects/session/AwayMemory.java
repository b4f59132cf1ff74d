package dev.cloudobjects.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints the heap that a session takes: with a socket, resumable, and away. Not a benchmark of JMH, so it is run by itself,
 * on the class path that {@code benchmarks/jmh/run} builds.
 */
public final class AwayMemory {

    private static final int SESSIONS = 100_000;

    private AwayMemory() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        System.out.printf(Locale.ROOT, "with a socket: %,d bytes%n", perSession(false, false));
        System.out.printf(Locale.ROOT, "with a socket, resumable: %,d bytes%n", perSession(true, false));
        System.out.printf(Locale.ROOT, "away: %,d bytes%n", perSession(true, true));
    }

    private static long perSession(boolean resumable, boolean away) {
        Crowd crowd = new Crowd(0, resumable);
        long before = used();
        List<Attachment> attachments = new ArrayList<>(SESSIONS);
        for (int i = 0; i < SESSIONS; i++) {
            Attachment attachment = crowd.opened(i, SilentWire.INSTANCE);
            crowd.sessions.accept(attachment.session());
            attachments.add(attachment);
        }
        if (away) {
            attachments.forEach(attachment -> attachment.lost(SessionEnd.byPeer(1006, "")));
        }
        attachments.clear();
        long after = used();
        if (crowd.sessions.count() != SESSIONS) {
            throw new AssertionError("sessions have ended");
        }
        return (after - before) / SESSIONS;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
