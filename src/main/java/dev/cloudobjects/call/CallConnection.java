package dev.cloudobjects.call;

import jakarta.json.JsonObject;
import java.util.function.UnaryOperator;

/** The connection that a call came through, as far as the call may use it. Safe for use by many threads. */
public interface CallConnection {

    /** Its id. */
    String cid();

    /** Whether it has an encrypted channel. */
    boolean encrypted();

    /** What the application keeps about it. Never null, empty at first. */
    JsonObject attributes();

    /**
     * Changes what the application keeps about it, one change at a time.
     *
     * @param change gives the new attributes for the ones before; nothing is changed when it throws, and what it throws passes
     */
    void changeAttributes(UnaryOperator<JsonObject> change);
}
