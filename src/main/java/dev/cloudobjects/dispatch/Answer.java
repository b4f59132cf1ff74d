package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.filter.Refusal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface Answer {

    /** What to make of each way that a call can end. */
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

    /** A filter refused; the method was not reached. */
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
     * The method, its hook or the reading of its data failed.
     *
     * @param code what the client is told
     * @param msg what the client is told
     * @param cause what was thrown, for the server only
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
