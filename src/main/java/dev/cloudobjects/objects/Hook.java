package dev.cloudobjects.objects;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The method {@code _before} or {@code _after} of a cloud object. It is called on the instance itself: interceptors that the
 * application binds to the class run around the called method and not around its hooks, and a hook may be private.
 */
public final class Hook {

    private static final MethodType WITHOUT_ARGUMENT = MethodType.methodType(Object.class, Object.class);
    private static final MethodType WITH_ARGUMENT =
            MethodType.methodType(Object.class, Object.class, Object.class);

    private final MethodHandle handle;
    private final boolean takesArgument;

    private Hook(MethodHandle handle, boolean takesArgument) {
        this.handle = handle;
        this.takesArgument = takesArgument;
    }

    /**
     * The hook that a method with no or one parameter is.
     *
     * @throws IllegalArgumentException when the method can't be accessed
     */
    static Hook of(Method method) {
        Class<?> type = method.getDeclaringClass();
        boolean takesArgument = method.getParameterCount() == 1;
        try {
            // A virtual call would run the override of the class that the container generates, with the interceptors.
            MethodHandle handle =
                    MethodHandles.privateLookupIn(type, MethodHandles.lookup()).unreflectSpecial(method, type);
            return new Hook(handle.asType(takesArgument ? WITH_ARGUMENT : WITHOUT_ARGUMENT), takesArgument);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(method + " can't be accessed", e);
        }
    }

    /**
     * Calls the hook.
     *
     * @param argument the argument; ignored by a hook that takes none
     * @return what it returned; {@code null} for void
     * @throws Throwable what it threw
     */
    public @Nullable Object invoke(Object instance, @Nullable Object argument) throws Throwable {
        return takesArgument ? (Object) handle.invokeExact(instance, argument) : (Object) handle.invokeExact(instance);
    }
}
