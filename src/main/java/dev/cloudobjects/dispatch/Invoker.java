package dev.cloudobjects.dispatch;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.filter.AnsweredException;
import dev.cloudobjects.filter.FilterChainHolder;
import dev.cloudobjects.filter.RefusedException;
import dev.cloudobjects.json.MismatchedData;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Calls cloud objects through the filters, on the thread that asks for it, within the time limit. Never throws. */
@ApplicationScoped
public class Invoker {

    @Inject
    CurrentCall current;

    @Inject
    FilterChainHolder filters;

    @Inject
    RunningCalls running;

    @Inject
    Meters meters;

    @Inject
    @Any
    Instance<Object> beans;

    /** The proxies of the objects: each stands for the instance of whatever call uses it. */
    private final Map<String, Object> proxies = new ConcurrentHashMap<>();

    /**
     * Runs a call to its end.
     *
     * @param overrun hears when the call runs too long
     */
    @ActivateRequestContext
    public Answer invoke(Call call, Overrun overrun) {
        boolean event = Event.isMethod(call.method().name());
        meters.count(event ? Meter.EVENTS : Meter.CALLS);
        RunningCall limit = running.begin(call, overrun);
        current.enter(new CurrentCall.InCall(call));
        try {
            return limit.ended(new Answer.Returned(reach(call)));
        } catch (AnsweredException e) {
            return limit.ended(new Answer.Returned(e.answer()));
        } catch (RefusedException e) {
            meters.count(event ? Meter.EVENTS_REFUSED : Meter.CALLS_REFUSED);
            return limit.ended(new Answer.Refused(e.refusal()));
        } catch (CloudObjectException e) {
            return limit.ended(said(call, e.code(), e));
        } catch (MismatchedData e) {
            return limit.ended(said(call, Code.BAD_REQUEST.value(), e));
        } catch (Throwable e) {
            meters.count(event ? Meter.EVENTS_FAILED : Meter.CALLS_FAILED);
            return failed(call, limit, e);
        } finally {
            current.leave();
            running.end(limit);
        }
    }

    /** The object that a path stands for, to be called in a request context. */
    private Object proxy(ObjectModel object) {
        return proxies.computeIfAbsent(
                object.path(), path -> beans.select(object.type(), CloudObject.Literal.of(path)).get());
    }

    private @Nullable Object reach(Call call) throws Throwable {
        ObjectMethod method = call.method();
        Method target = method.method();
        if (target == null) {
            filters.runUnhandled(call);
            return null;
        }
        return method.invoke(proxy(call.object()), unbound(target));
    }

    /** What stands for the argument until the filters let the call pass and the data is bound. */
    private static @Nullable Object unbound(Method method) {
        if (method.getParameterCount() == 0) {
            return null;
        }
        Class<?> type = method.getParameterTypes()[0];
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    /** A failure that the client is told in full. */
    private static Answer said(Call call, int code, RuntimeException failure) {
        String msg = String.valueOf(failure.getMessage());
        Log.CALL_ANSWERED.logFrom(
                call.caller().client().address(),
                call.source().wireName(), call.url(), code, msg, call.caller().uid(), call.requestId());
        return new Answer.Failed(code, msg, failure);
    }

    private Answer failed(Call call, RunningCall limit, Throwable failure) {
        Answer answer = limit.ended(Answer.Failed.of(Code.INTERNAL, failure));
        if (!limit.timedOut()) {
            Log.CALL_FAILED.logFrom(
                    call.caller().client().address(),
                    failure,
                    call.source().wireName(),
                    call.url(),
                    call.caller().uid(),
                    call.requestId());
        }
        return answer;
    }
}
