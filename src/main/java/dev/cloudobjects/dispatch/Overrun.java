package dev.cloudobjects.dispatch;

/** Follows a call. All but {@link #begun} is called by the thread that checks all calls, which must not be blocked. */
@FunctionalInterface
interface Overrun {

    /** The call begins, on this thread. */
    default void begun(RunningCall call) {}

    /** The time limit has passed and the call was interrupted. It may end at the same time. */
    default void late() {}

    /** The call ignores its interrupt and is given up. */
    void stuck();
}
