package dev.cloudobjects.liberty;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A public method of classes that an application is not compiled against. It is looked up once for each class. */
final class ReflectedMethod {

    private final String name;
    private final String[] parameters;
    private volatile @Nullable Found last;

    private record Found(Class<?> type, Method method) {}

    /** A method. @param parameters the names of their classes, which the class loader of the object knows */
    ReflectedMethod(String name, String... parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    /** Finds it, so that it is known to be there. @throws ReflectiveOperationException when it is not */
    Method of(Object target) throws ReflectiveOperationException {
        Class<?> type = target.getClass();
        Found found = last;
        if (found == null || found.type != type) {
            found = new Found(type, type.getMethod(name, types(type.getClassLoader())));
            last = found;
        }
        return found.method;
    }

    private Class<?>[] types(ClassLoader loader) throws ClassNotFoundException {
        Class<?>[] types = new Class<?>[parameters.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = Class.forName(parameters[i], false, loader);
        }
        return types;
    }

    /** Calls it. @throws InvocationTargetException with what it threw */
    @Nullable Object call(Object target, @Nullable Object... arguments) throws ReflectiveOperationException {
        return of(target).invoke(target, arguments);
    }

    @Override
    public String toString() {
        return name;
    }
}
