package dev.cloudobjects.api;

import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of the application's own: a bean of this type takes its place in the one chain that WebSocket events and
 * HTTP calls pass. Called on the thread of the call, by many calls at once.
 *
 * <p>It takes part in the modes whose methods it overrides: {@link #before} (VK: {@code onActionExecuting}),
 * {@link #after} ({@code onActionExecuted}), {@link #intercepted} ({@code onActionIntercepted}) and {@link #error}
 * ({@code onActionError}).
 */
public interface CloudFilter {

    /** The place of the built-in filter of {@code pub} objects. */
    int ORDER_PUB = 100;
    /** The place of the built-in filter of {@code kh} objects. */
    int ORDER_KH = 200;
    /** The place of the built-in filter of {@code sys} objects. */
    int ORDER_SYS = 300;

    /** A name for the log, unique in the application. */
    String id();

    /**
     * Regular expressions, one of which must be found in the url ({@code path.method}; events are methods too). They
     * are compiled at deployment, which fails on a malformed one.
     */
    default List<String> patterns() {
        return List.of("");
    }

    /** The place in the chain, ascending, then by {@link #id}: below {@link #ORDER_PUB} runs before authentication. */
    int order();

    /** Whether the filter runs; asked once, at deployment. */
    default boolean enabled() {
        return true;
    }

    /**
     * Runs before the hook and the method.
     *
     * @return {@code null} to go on; an object (map, record, JSON) whose {@code code} is absent or 0 to go on with its
     *     fields merged into {@link ClientInfo#filterResponse()}; one with another {@code code} to refuse with it.
     *     Anything else, such as {@code false}, a text or a {@code code} that is no whole number, fails the call with
     *     code 500
     * @throws CloudObjectException to refuse
     */
    default @Nullable Object before(FilterCall call) {
        return null;
    }

    /**
     * Runs after the method returned and the object's {@code _after}.
     *
     * @return {@code null} to keep the answer, or the answer that takes its place
     */
    default @Nullable Object after(FilterCall call, @Nullable Object answer) {
        return null;
    }

    /** Runs when a filter refused the call, this one included; told with what code and message. */
    default void intercepted(FilterCall call, int code, String msg) {}

    /**
     * Runs when the constructor, a hook or the method threw and {@code _after} did not answer for it.
     *
     * @return {@code null} to let the error stand, or the answer that takes its place
     */
    default @Nullable Object error(FilterCall call, Throwable err) {
        return null;
    }

    /**
     * What a filter sees of a call.
     *
     * @param url {@code path.method}
     * @param client who calls
     * @param params the caller's data, without a {@code uid} of its own
     * @param requestId the id of the call in the log
     */
    record FilterCall(String url, ClientInfo client, JsonValue params, String requestId) {}
}
