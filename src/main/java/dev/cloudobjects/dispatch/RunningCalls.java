package dev.cloudobjects.dispatch;

import dev.cloudobjects.call.Call;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.session.SessionLimits;
import dev.cloudobjects.time.NanoClock;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls in progress. A call that exceeds the time limit is interrupted; one that goes on after that is given up. */
@UnproxiedSingleton
public class RunningCalls {

    private final Set<RunningCall> calls = ConcurrentHashMap.newKeySet();
    private final NanoClock clock;
    private final Meters meters;
    private final Duration limit;

    /** Calls limited by {@code cloudobjects.handler.timeout}. */
    @Inject
    public RunningCalls(Settings settings, NanoClock clock, Meters meters) {
        this.limit = settings.get(Keys.HANDLER_TIMEOUT);
        this.clock = clock;
        this.meters = meters;
    }

    RunningCall begin(Call call, Overrun overrun) {
        RunningCall running = new RunningCall(call, Thread.currentThread(), clock.nanos(), overrun);
        calls.add(running);
        return running;
    }

    void end(RunningCall running) {
        calls.remove(running);
    }

    /** The number of calls in progress. */
    public int size() {
        return calls.size();
    }

    /** Interrupts and gives up calls that have run too long; called a few times a second. */
    public void sweep() {
        long now = clock.nanos();
        for (RunningCall running : calls) {
            try {
                sweep(running, now);
            } catch (RuntimeException | Error e) {
                // An exception would end the periodic task.
                Log.TIMEOUT_CHECK_FAILED.log(e, running.call().url());
            }
        }
    }

    private void sweep(RunningCall running, long now) {
        Call call = running.call();
        if (running.interruptAfter(limit.toNanos(), now)) {
            meters.count(Meter.CALLS_TIMED_OUT);
            Log.CALL_TIMED_OUT.logFrom(
                    call.caller().client().address(),
                    call.source().wireName(), call.url(), limit, call.caller().uid(), call.requestId());
            running.reportLate();
        } else if (running.giveUpAfter(limit.plus(SessionLimits.HANDLER_GRACE).toNanos(), now)) {
            Log.CALL_ABANDONED.logFrom(
                    call.caller().client().address(),
                    call.source().wireName(),
                    call.url(),
                    call.cid(),
                    call.requestId());
            running.reportStuck();
        }
    }
}
