package dev.cloudobjects.liberty;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A public method that is called by reflection. It is looked up once for each class. Safe for use by many threads. */
final class ReflectedMethod {

    private final String name;
    private final String[] parameters;
    private volatile @Nullable Found last;

    private record Found(Class<?> type, Method method) {}

    /** A method. @param parameters the class names of its parameters, which the class loader of the object finds */
    ReflectedMethod(String name, String... parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    /** Finds the method in the class of an object. @throws ReflectiveOperationException when there is none */
    Method find(Object target) throws ReflectiveOperationException {
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

    /** Calls the method. @throws java.lang.reflect.InvocationTargetException with the exception of the method */
    @Nullable Object call(Object target, @Nullable Object... arguments) throws ReflectiveOperationException {
        return find(target).invoke(target, arguments);
    }

    @Override
    public String toString() {
        return name;
    }
}
