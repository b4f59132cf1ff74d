package dev.cloudobjects.filter;

import org.jspecify.annotations.Nullable;

/** What a run of the filter chain resulted in. */
public sealed interface Outcome {

    /**
     * The method, a hook or a filter answered.
     *
     * @param value the answer; {@code null} when the method returned nothing
     */
    record Returned(@Nullable Object value) implements Outcome {}

    /** A filter refused the call, or a guarded bean that the object called and did not catch the refusal of. */
    record Refused(Refusal refusal) implements Outcome {}

    /** A filter, the construction of the object, a hook, the binding of the data or the method threw this. */
    record Failed(Throwable cause) implements Outcome {}
}
