package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import java.util.concurrent.TimeoutException;

/**
 * A call in progress and its time limit. Its monitor orders the end of the call and the interrupt: the thread is not
 * interrupted after the call has ended.
 */
final class RunningCall {

    private final Call call;
    private final Thread thread;
    private final long started;
    private final Overrun overrun;
    private State state = State.RUNNING;
    private boolean timedOut;

    private enum State {
        RUNNING,
        INTERRUPTED,
        STUCK,
        ENDED
    }

    RunningCall(Call call, Thread thread, long started, Overrun overrun) {
        this.call = call;
        this.thread = thread;
        this.started = started;
        this.overrun = overrun;
    }

    Call call() {
        return call;
    }

    /** Ends the call; returns its answer, or the timeout if the time limit has passed. */
    synchronized Answer ended(Answer answer) {
        state = State.ENDED;
        if (timedOut) {
            // The interrupt was for this call, and must not interrupt the next task of the thread.
            Thread.interrupted();
            return Answer.Failed.of(Code.TIMEOUT, new TimeoutException("the time limit passed"));
        }
        return answer;
    }

    /** Whether the time limit passed before the call ended. */
    synchronized boolean timedOut() {
        return timedOut;
    }

    /** Interrupts the call once it has run for longer than the limit, in nanoseconds; returns whether it did so now. */
    synchronized boolean interruptAfter(long limit, long now) {
        if (state != State.RUNNING || now - started <= limit) {
            return false;
        }
        state = State.INTERRUPTED;
        timedOut = true;
        thread.interrupt();
        return true;
    }

    /** Gives up a call that was interrupted and runs for longer than the limit; returns whether it did so now. */
    synchronized boolean giveUpAfter(long limit, long now) {
        if (state != State.INTERRUPTED || now - started <= limit) {
            return false;
        }
        state = State.STUCK;
        return true;
    }

    void reportLate() {
        overrun.late();
    }

    void reportStuck() {
        overrun.stuck();
    }
}
