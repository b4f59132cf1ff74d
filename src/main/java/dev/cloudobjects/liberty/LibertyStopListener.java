package dev.cloudobjects.liberty;

import dev.cloudobjects.log.Log;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hears from Open Liberty that it begins to stop, whoever stops it. Liberty then waits up to 30 s for open connections, and
 * stops applications behind that only; it tells those services of OSGi beforehand that ask for it. An application may be
 * none, so all of this goes by reflection. The classes of Liberty know the framework that they came from.
 */
public final class LibertyStopListener {

    private static final String LISTENER = "com.ibm.wsspi.kernel.service.utils.ServerQuiesceListener";

    /** The bundle of that interface. */
    private static final String KERNEL = "com.ibm.ws.kernel.service";

    private @Nullable Object registration;

    /**
     * Listens, on Liberty; another server stops its applications first.
     *
     * @param ofServer an object that the server has made
     * @param action waited for, as long as Liberty waits
     */
    public void listen(Object ofServer, Runnable action) {
        ClassLoader loader = ofServer.getClass().getClassLoader();
        Method ofBundle;
        try {
            ofBundle = loader == null ? null : loader.getClass().getMethod("getBundle");
        } catch (NoSuchMethodException e) {
            return;
        }
        if (ofBundle == null) {
            return;
        }
        try {
            registration = register(context(Objects.requireNonNull(ofBundle.invoke(loader))), action);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Log.STOP_UNHEARD.log(e.toString());
        }
    }

    private static Object register(Object context, Runnable action) throws ReflectiveOperationException {
        for (Object bundle : (Object[]) call(context, "getBundles")) {
            if (KERNEL.equals(call(bundle, "getSymbolicName"))) {
                Class<?> type = (Class<?>)
                        bundle.getClass().getMethod("loadClass", String.class).invoke(bundle, LISTENER);
                Object listener =
                        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, telling(action));
                Object kernel = context(bundle);
                return Objects.requireNonNull(kernel.getClass()
                        .getMethod("registerService", String.class, Object.class, Dictionary.class)
                        .invoke(kernel, LISTENER, listener, null));
            }
        }
        throw new ClassNotFoundException("no bundle " + KERNEL);
    }

    private static InvocationHandler telling(Runnable action) {
        return (proxy, called, arguments) -> switch (called.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Cloud Objects";
            default -> {
                action.run();
                yield null;
            }
        };
    }

    /** Listens no more. */
    public void unlisten() {
        Object registered = registration;
        registration = null;
        if (registered == null) {
            return;
        }
        try {
            call0(registered, "unregister");
        } catch (ReflectiveOperationException e) {
            // The server has dropped it already, which is what was wanted.
        }
    }

    private static Object context(Object bundle) throws ReflectiveOperationException {
        return call(bundle, "getBundleContext");
    }

    private static Object call(Object target, String name) throws ReflectiveOperationException {
        return Objects.requireNonNull(call0(target, name), name);
    }

    private static @Nullable Object call0(Object target, String name) throws ReflectiveOperationException {
        return target.getClass().getMethod(name).invoke(target);
    }
}
