package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.filter.Refusal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface Answer {

    /** Applies the function for the way that the call ended. */
    <R extends @Nullable Object> R fold(
            Function<? super @Nullable Object, R> returned,
            Function<? super Refusal, R> refused,
            Function<? super Failed, R> failed);

    /** The method, a hook or a filter answered. The value may still carry a {@code code} other than 0. */
    record Returned(@Nullable Object value) implements Answer {
        @Override
        public <R extends @Nullable Object> R fold(
                Function<? super @Nullable Object, R> returned,
                Function<? super Refusal, R> refused,
                Function<? super Failed, R> failed) {
            return returned.apply(value);
        }
    }

    /** A filter refused the call, or a guarded bean that the object called. */
    record Refused(Refusal refusal) implements Answer {
        @Override
        public <R extends @Nullable Object> R fold(
                Function<? super @Nullable Object, R> returned,
                Function<? super Refusal, R> refused,
                Function<? super Failed, R> failed) {
            return refused.apply(refusal);
        }
    }

    /**
     * The object could not be made, or a hook, the binding of the data or the method failed.
     *
     * @param code the code for the client
     * @param msg the message for the client
     * @param cause what was thrown; the client does not get it
     */
    record Failed(int code, String msg, Throwable cause) implements Answer {

        static Failed of(Code code, Throwable cause) {
            return new Failed(code.value(), code.message(), cause);
        }

        @Override
        public <R extends @Nullable Object> R fold(
                Function<? super @Nullable Object, R> returned,
                Function<? super Refusal, R> refused,
                Function<? super Failed, R> failed) {
            return failed.apply(this);
        }
    }
}
