package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import java.util.concurrent.CancellationException;
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
    private boolean cancelled;

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

    /** Ends the call; returns its answer, or that it was cancelled or the time limit has passed. */
    synchronized Answer ended(Answer answer) {
        state = State.ENDED;
        if (timedOut) {
            // The interrupt was for this call, and must not interrupt the next task of the thread.
            Thread.interrupted();
            return Answer.Failed.of(Code.TIMEOUT, new TimeoutException("the time limit passed"));
        }
        if (cancelled) {
            Thread.interrupted();
            return Answer.Failed.of(Code.CANCELLED, new CancellationException("the client cancelled its request"));
        }
        return answer;
    }

    /** Whether the call was interrupted before it ended, at the time limit or because the client does not want it any more. */
    synchronized boolean wasInterrupted() {
        return timedOut || cancelled;
    }

    /** Whether it was interrupted because the client does not want it any more. */
    synchronized boolean wasCancelled() {
        return cancelled;
    }

    /** Interrupts the call, because the client does not want it any more; nothing happens when it was interrupted, or has ended. */
    synchronized void cancel() {
        if (state == State.RUNNING) {
            state = State.INTERRUPTED;
            cancelled = true;
            thread.interrupt();
        }
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
