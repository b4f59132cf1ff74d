package dev.cloudobjects.dispatch;

/** Handles a call that runs too long. Called by the thread that checks all calls, which must not be blocked. */
@FunctionalInterface
interface Overrun {

    /** The time limit has passed and the call was interrupted. It may end at the same time. */
    default void late() {}

    /** The call ignores its interrupt and is given up. */
    void stuck();
}
