package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.ClientInfo;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Binds interceptors that note each invocation in the journal of the calling device. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Noted {

    /** An interceptor of the place that {@code @Transactional} has. */
    @Noted
    @jakarta.interceptor.Interceptor
    @Priority(jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE + 200)
    class Early extends Base {
        @AroundInvoke
        @Nullable Object note(InvocationContext invocation) throws Exception {
            return note("early", invocation);
        }
    }

    /** An interceptor of the place that those of applications have. */
    @Noted
    @jakarta.interceptor.Interceptor
    @Priority(jakarta.interceptor.Interceptor.Priority.APPLICATION)
    class Late extends Base {
        @AroundInvoke
        @Nullable Object note(InvocationContext invocation) throws Exception {
            return note("late", invocation);
        }
    }

    /** What both do. */
    abstract class Base {

        @Inject
        ClientInfo client;

        @Nullable Object note(String which, InvocationContext invocation) throws Exception {
            String call = which + " " + invocation.getMethod().getName() + Arrays.toString(invocation.getParameters());
            Journal.note(String.valueOf(client.deviceId()), call);
            Object returned = invocation.proceed();
            Journal.note(String.valueOf(client.deviceId()), call + " returned " + returned);
            return returned;
        }
    }
}
