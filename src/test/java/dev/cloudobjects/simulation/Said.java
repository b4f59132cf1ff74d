package dev.cloudobjects.simulation;

import org.jspecify.annotations.Nullable;

/** What the model knows of one message of a client. */
final class Said {

    final int client;
    /** When the application sent it, compared with others; 0 when it has not yet. */
    long order;
    /** The session in which it was sent last; {@code null} when it has not left. */
    @Nullable String cid;
    boolean handled;
    /** Whether its event succeeded. */
    boolean succeeded;
    /** What its promise said; {@code null} when it has not. */
    @Nullable String outcome;

    Said(int client) {
        this.client = client;
    }
}
