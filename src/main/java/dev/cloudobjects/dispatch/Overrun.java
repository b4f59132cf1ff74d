package dev.cloudobjects.dispatch;

/** What is done about a call that runs too long. Called by the thread that watches all calls, which must not wait. */
@FunctionalInterface
interface Overrun {

    /** The time limit has passed and the call was interrupted; it may end at the same moment. */
    default void late() {}

    /** The call goes on regardless, and is given up. */
    void stuck();
}
