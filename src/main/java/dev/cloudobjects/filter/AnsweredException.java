package dev.cloudobjects.filter;

import org.jspecify.annotations.Nullable;

/**
 * Carries an answer that is not the called method's own past the method's declared return type: a hook's or a filter's.
 */
public final class AnsweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object answer;

    AnsweredException(@Nullable Object answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    /** The answer. */
    public @Nullable Object answer() {
        return answer;
    }
}
