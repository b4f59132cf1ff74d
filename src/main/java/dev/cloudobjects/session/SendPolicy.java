package dev.cloudobjects.session;

import dev.cloudobjects.api.SendOption;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message where older ones wait. Made once for all connections of a send.
 *
 * @param key the key of which only the newest message waits; {@code null} for none. Keys of different options differ
 * @param droppable whether it is dropped for a newer one that is droppable too, where there is no room
 * @param interval the least time between two messages of the key, in nanoseconds; 0 for none
 */
record SendPolicy(@Nullable String key, boolean droppable, long interval) {

    private static final long SECOND = 1_000_000_000L;

    /** A connection that has no room is closed. */
    static final SendPolicy NONE = new SendPolicy(null, false, 0);

    static SendPolicy of(SendOption.@Nullable Policy option) {
        if (option instanceof SendOption.NewestOf newest) {
            return new SendPolicy("newest:" + newest.key(), false, 0);
        }
        if (option instanceof SendOption.AtMost most) {
            return new SendPolicy("most:" + most.key(), false, SECOND / most.perSecond());
        }
        return option instanceof SendOption.DropOldest ? new SendPolicy(null, true, 0) : NONE;
    }

    boolean isNone() {
        return key == null && !droppable;
    }

    boolean isLimited() {
        return interval > 0;
    }
}
