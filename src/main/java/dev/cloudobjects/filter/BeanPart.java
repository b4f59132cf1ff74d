package dev.cloudobjects.filter;

import dev.cloudobjects.api.Completion;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.objects.Hook;
import dev.cloudobjects.objects.ObjectInstance;
import dev.cloudobjects.objects.ObjectMethod;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A bean that handles a call.
 *
 * @param handler the method, as reflection knows it
 */
record BeanPart(Call call, Method handler, ObjectInstance instance, JsonMapper json) implements ObjectPart {

    @Override
    public @Nullable Object before() throws Throwable {
        return run(call.object().before(), null);
    }

    @Override
    public @Nullable Object invoke() throws Throwable {
        ObjectMethod method = call.method();
        Object argument = method.parameter() == null ? null : call.argument(json);
        call.announce(handler);
        return method.invoke(instance.object(), argument);
    }

    @Override
    public @Nullable Object after(Completion completion) throws Throwable {
        return run(call.object().after(), completion);
    }

    private @Nullable Object run(@Nullable Hook hook, @Nullable Object argument) throws Throwable {
        if (hook == null) {
            return null;
        }
        call.beginHook(instance.object());
        try {
            return hook.invoke(instance.object(), argument);
        } finally {
            call.endHook();
        }
    }

    @Override
    public void close() {
        instance.close();
    }
}
