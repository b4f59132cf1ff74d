package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.filter.FilterChain;
import dev.cloudobjects.filter.Outcome;
import dev.cloudobjects.json.MismatchedData;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.function.Function;

/** Runs calls through the {@link FilterChain}, on the thread that asks for it, within the time limit. Never throws. */
@ApplicationScoped
public class Invoker {

    @Inject
    CurrentCall current;

    @Inject
    FilterChain chain;

    @Inject
    RunningCalls running;

    @Inject
    Meters meters;

    /**
     * Runs a call to its end.
     *
     * @param overrun is told when the call runs too long
     */
    @ActivateRequestContext
    public Answer invoke(Call call, Overrun overrun) {
        meters.count(isEvent(call) ? Meter.EVENTS : Meter.CALLS);
        return run(call, overrun, chain::run);
    }

    /**
     * Asks the filters whether they admit a call. The object is not called.
     *
     * @param overrun is told when that takes too long
     */
    @ActivateRequestContext
    public Answer check(Call call, Overrun overrun) {
        return run(call, overrun, chain::check);
    }

    private Answer run(Call call, Overrun overrun, Function<Call, Outcome> how) {
        RunningCall limit = running.begin(call, overrun);
        overrun.begun(limit);
        current.enter(new CurrentCall.InCall(call));
        try {
            return answer(call, how.apply(call), limit, isEvent(call));
        } finally {
            current.leave();
            running.end(limit);
        }
    }

    private static boolean isEvent(Call call) {
        return Event.isMethod(call.method().name());
    }

    private Answer answer(Call call, Outcome outcome, RunningCall limit, boolean event) {
        if (outcome instanceof Outcome.Returned returned) {
            return limit.ended(new Answer.Returned(returned.value()));
        }
        if (outcome instanceof Outcome.Refused refused) {
            meters.count(event ? Meter.EVENTS_REFUSED : Meter.CALLS_REFUSED);
            return limit.ended(new Answer.Refused(refused.refusal()));
        }
        Throwable cause = ((Outcome.Failed) outcome).cause();
        if (cause instanceof CloudObjectException failure) {
            return limit.ended(told(call, failure.code(), failure));
        }
        if (cause instanceof MismatchedData failure) {
            return limit.ended(told(call, Code.BAD_REQUEST.value(), failure));
        }
        if (!limit.wasCancelled()) {
            meters.count(event ? Meter.EVENTS_FAILED : Meter.CALLS_FAILED);
        }
        return concealed(call, limit, cause);
    }

    /** A failure of which the client is told code and message. */
    private static Answer told(Call call, int code, RuntimeException failure) {
        String msg = String.valueOf(failure.getMessage());
        Log.CALL_ANSWERED.logFrom(
                call.caller().client().address(),
                call.source().wireName(), call.url(), code, msg, call.caller().uid(), call.requestId());
        return new Answer.Failed(code, msg, failure);
    }

    /** A failure of which the client is told nothing but that there was one. */
    private static Answer concealed(Call call, RunningCall limit, Throwable failure) {
        Answer answer = limit.ended(Answer.Failed.of(Code.INTERNAL, failure));
        if (!limit.wasInterrupted()) {
            logFailure(call, failure);
        }
        return answer;
    }

    /** Logs a failure of which the client is told nothing, with its stack trace. */
    static void logFailure(Call call, Throwable failure) {
        Log.CALL_FAILED.logFrom(
                call.caller().client().address(),
                failure,
                call.source().wireName(),
                call.url(),
                call.caller().uid(),
                call.requestId());
    }
}
