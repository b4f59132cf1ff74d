package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import java.util.concurrent.TimeoutException;

/**
 * A call that runs, and its time limit. Its monitor orders the end of the call and the interrupt, so that no interrupt
 * reaches what the thread does next.
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

    /** The call ended so; what it is answered, which is the timeout when that came first. */
    synchronized Answer ended(Answer answer) {
        state = State.ENDED;
        if (timedOut) {
            // The interrupt was for the call, and must not be met by what the thread does next.
            Thread.interrupted();
            return Answer.Failed.of(Code.TIMEOUT, new TimeoutException("the time limit passed"));
        }
        return answer;
    }

    /** Whether the time limit passed before the call ended. */
    synchronized boolean timedOut() {
        return timedOut;
    }

    /** Interrupts the call if it has run for so long; tells whether it did so now. */
    synchronized boolean interruptAfter(long limit, long now) {
        if (state != State.RUNNING || now - started <= limit) {
            return false;
        }
        state = State.INTERRUPTED;
        timedOut = true;
        thread.interrupt();
        return true;
    }

    /** Gives the call up if it goes on for so long, its interrupt included; tells whether it did so now. */
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
