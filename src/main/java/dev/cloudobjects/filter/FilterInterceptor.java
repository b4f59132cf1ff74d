package dev.cloudobjects.filter;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Filtered;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.call.CurrentCall.Frame;
import dev.cloudobjects.call.CurrentCall.InCall;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.objects.DeclaredAccess;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guards cloud objects, and all beans that say {@code @Pub}, {@code @Kh} or {@code @Sys}, against invocations that did not
 * pass the {@link FilterChain}.
 *
 * <p>The one invocation that the chain announces passes. Any other invocation within a call is checked against what the
 * invoked method or its class declares. Without a call every invocation is denied, unless server code said that it acts for
 * itself.
 */
@Filtered
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class FilterInterceptor implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentCall current;

    @Inject
    transient AccessCheck access;

    @Inject
    transient JsonMapper json;

    @AroundInvoke
    @Nullable Object filter(InvocationContext invocation) throws Exception {
        Frame frame = current.frame().orElseThrow(() -> noCall(invocation.getMethod()));
        if (frame instanceof InCall in && !isOfCall(in.call(), invocation)) {
            check(in.call(), invocation);
        }
        return invocation.proceed();
    }

    private static boolean isOfCall(Call call, InvocationContext invocation) {
        return call.enter(invocation.getMethod()) || call.isInHookOf(invocation.getTarget());
    }

    /** @throws RefusedException when what the invoked bean declares refuses the caller */
    private void check(Call call, InvocationContext invocation) {
        Optional<Refusal> refusal = DeclaredAccess.of(
                        invocation.getMethod(), invocation.getTarget().getClass())
                .flatMap(rule -> access.check(rule, call.url(), call.caller().authentication()));
        if (refusal.isPresent()) {
            throw RefusedException.of(refusal.get(), call, json);
        }
    }

    private static CloudObjectException noCall(Method method) {
        return new CloudObjectException(
                Code.DENIED,
                method.getDeclaringClass().getName() + "." + method.getName()
                        + " is invoked without a call: use CloudObjects.call or CloudObjects.runAs");
    }
}
