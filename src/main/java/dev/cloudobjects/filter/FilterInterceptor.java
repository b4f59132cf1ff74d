package dev.cloudobjects.filter;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Completion;
import dev.cloudobjects.api.Filtered;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.call.CurrentCall.Frame;
import dev.cloudobjects.call.CurrentCall.InCall;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.objects.DeclaredAccess;
import dev.cloudobjects.objects.ObjectMethod;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Guards cloud objects and whatever bean says {@code @Pub}, {@code @Kh} or {@code @Sys}.
 *
 * <p>The method that a call is for passes the whole chain, the hooks included, on the very instance that is called. A
 * bean that this call reaches then is guarded by what it declares itself. Without a call nothing is reached, unless
 * server code said that it acts for itself.
 */
@Filtered
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class FilterInterceptor implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentCall current;

    @Inject
    transient FilterChainHolder chain;

    @Inject
    transient AccessCheck access;

    @Inject
    transient JsonMapper json;

    @AroundInvoke
    @Nullable Object filter(InvocationContext invocation) throws Exception {
        Frame frame = current.frame().orElseThrow(() -> noCall(invocation.getMethod()));
        if (frame instanceof InCall in) {
            return isFor(in.call(), invocation) && in.call().enter()
                    ? enter(in.call(), invocation)
                    : nested(in.call(), invocation);
        }
        return invocation.proceed();
    }

    /** A bean that the object uses while it is made is not what the call is for. */
    private static boolean isFor(Call call, InvocationContext invocation) {
        return call.object().type().isInstance(invocation.getTarget());
    }

    private @Nullable Object enter(Call call, InvocationContext invocation) throws Exception {
        try {
            return chain.run(call, new InvokedBody(call, invocation, json));
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a method threw neither an exception nor an error", e);
        }
    }

    private @Nullable Object nested(Call call, InvocationContext invocation) throws Exception {
        Method method = invocation.getMethod();
        DeclaredAccess.of(method, invocation.getTarget().getClass())
                .flatMap(rule -> access.check(rule, call.url(), call.caller().authentication()))
                .ifPresent(refusal -> {
                    throw RefusedException.of(refusal, call, json);
                });
        return invocation.proceed();
    }

    private static CloudObjectException noCall(Method method) {
        return new CloudObjectException(
                Code.DENIED,
                method.getDeclaringClass().getName() + "." + method.getName()
                        + " is reached without a call: use CloudObjects.call or CloudObjects.runAs");
    }

    /** The data is bound here, behind the filters: a caller who may not call learns nothing of its type. */
    private record InvokedBody(Call call, InvocationContext invocation, JsonMapper json) implements FilterChain.Body {

        @Override
        public @Nullable Object before() throws Throwable {
            ObjectMethod hook = call.object().before();
            return hook == null ? null : hook.invoke(invocation.getTarget(), null);
        }

        @Override
        public @Nullable Object proceed() throws Exception {
            if (call.method().parameter() != null) {
                invocation.setParameters(new @Nullable Object[] {call.argument(json)});
            }
            return invocation.proceed();
        }

        @Override
        public @Nullable Object after(Completion completion) throws Throwable {
            ObjectMethod hook = call.object().after();
            return hook == null ? null : hook.invoke(invocation.getTarget(), completion);
        }
    }
}
