package dev.cloudobjects.api;

import java.util.Objects;

/**
 * How one message is sent. Options of both kinds can be combined, with one {@link Policy} at most.
 *
 * <ul>
 *   <li>Whether a connection has an encrypted channel is decided when it is opened; {@link #encrypted()} and
 *       {@link #requireEncrypted()} decide what becomes of this message where there is none.
 *   <li>A {@link Policy} decides what becomes of messages that wait because a client reads more slowly than they are sent. Without
 *       one, a connection that has no room is closed with 1013.
 * </ul>
 */
public sealed interface SendOption {

    /** The most characters of a key. */
    int MAX_KEY = 200;

    /** The highest rate of {@link #atMost}. */
    int MAX_PER_SECOND = 1000;

    /** What becomes of messages that wait because a client reads more slowly than they are sent. */
    sealed interface Policy extends SendOption {}

    /**
     * Whether the message needs an encrypted channel.
     *
     * @param required whether it is not sent to connections without one
     */
    record Encryption(boolean required) implements SendOption {}

    /** See {@link #dropOldest()}. */
    record DropOldest() implements Policy {}

    /**
     * See {@link #newestOf}.
     *
     * @param key 1 to {@value #MAX_KEY} characters
     */
    record NewestOf(String key) implements Policy {
        public NewestOf {
            checkKey("newestOf", key);
        }
    }

    /**
     * See {@link #atMost}.
     *
     * @param perSecond 1 to {@value #MAX_PER_SECOND}
     * @param key 1 to {@value #MAX_KEY} characters
     */
    record AtMost(int perSecond, String key) implements Policy {
        public AtMost {
            if (perSecond < 1 || perSecond > MAX_PER_SECOND) {
                throw new IllegalArgumentException(
                        "atMost: perSecond must be from 1 to " + MAX_PER_SECOND + " but is " + perSecond);
            }
            checkKey("atMost", key);
        }
    }

    private static void checkKey(String option, String key) {
        int length = Objects.requireNonNull(key, option + ": key must not be null").length();
        if (length < 1 || length > MAX_KEY) {
            throw new IllegalArgumentException(
                    option + ": key must have 1 to " + MAX_KEY + " characters but has " + length);
        }
    }

    /**
     * The message is encrypted for every connection that has an encrypted channel, and goes unencrypted to the others;
     * {@link SendResult#unencrypted()} counts those. The same happens without an option: this one says that it is intended.
     */
    static SendOption encrypted() {
        return new Encryption(false);
    }

    /**
     * The message is encrypted for every connection that has an encrypted channel, and is not sent to the others, which are
     * counted as dropped. It prevails over {@link #encrypted()} when both are given.
     */
    static SendOption requireEncrypted() {
        return new Encryption(true);
    }

    /**
     * Where there is no room for the message, the oldest waiting messages that were sent with this option are dropped for it. It
     * is dropped itself only when none of those waits. The connection is not closed for lack of room.
     */
    static Policy dropOldest() {
        return new DropOldest();
    }

    /**
     * Only the newest message of a key waits for a connection: this message takes the place of an older one that was sent with the
     * same key and is not written yet, and so comes ahead of other messages that were sent between the two. For values of which
     * only the current one matters, such as prices and positions. The last one of a key is never dropped.
     *
     * @param key 1 to {@value #MAX_KEY} characters; it is never sent
     * @throws IllegalArgumentException when the key is empty or too long
     */
    static Policy newestOf(String key) {
        return new NewestOf(key);
    }

    /**
     * As {@link #newestOf}, and besides so many messages of the key go to a connection in a second at most, evenly spread: a
     * message that comes sooner after another one is held back, and the newest one that is held back goes, within a quarter of a
     * second from the moment when it may. The last one of a key always goes.
     *
     * @param perSecond 1 to {@value #MAX_PER_SECOND}
     * @param key 1 to {@value #MAX_KEY} characters, which has nothing to do with keys of {@link #newestOf}; it is never sent
     * @throws IllegalArgumentException when one of them is out of range
     */
    static Policy atMost(int perSecond, String key) {
        return new AtMost(perSecond, key);
    }
}
