package dev.cloudobjects.objects;

import dev.cloudobjects.routing.AccessRule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A method of a cloud object: a callable one or an event.
 *
 * @param name its name
 * @param method the method, made accessible; {@code null} for an event that the object does not handle
 * @param parameter the type of its only parameter; {@code null} when it takes none
 * @param rule who may call it, and why
 */
public record ObjectMethod(String name, @Nullable Method method, @Nullable Type parameter, AccessRule rule) {

    /** Whether there is a method to call; an event that is not handled passes the filters too. */
    public boolean isHandled() {
        return method != null;
    }

    /**
     * Calls the method.
     *
     * @param argument the argument; ignored by a method that takes none
     * @return what it returned; {@code null} for void, and for an event that is not handled
     * @throws Throwable what it threw
     */
    public @Nullable Object invoke(Object target, @Nullable Object argument) throws Throwable {
        if (method == null) {
            return null;
        }
        try {
            return parameter == null ? method.invoke(target) : method.invoke(target, argument);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
