package dev.cloudobjects.liberty;

import dev.cloudobjects.log.Log;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Is called when Open Liberty begins to stop. Liberty waits up to 30 s for open connections, and only then stops applications; before
 * that, it calls the OSGi services that are registered as quiesce listeners. An application has no OSGi bundle, so it registers by
 * reflection, through the bundle of a class of Liberty.
 */
public final class LibertyStopListener {

    private static final String LISTENER = "com.ibm.wsspi.kernel.service.utils.ServerQuiesceListener";

    /** The bundle with that interface. */
    private static final String KERNEL = "com.ibm.ws.kernel.service";

    private @Nullable Object registration;

    /**
     * Registers an action. Does nothing on another server, which stops its applications before the connections.
     *
     * @param ofServer an object whose class is one of the server
     * @param action Liberty waits for its end, up to its quiesce timeout
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
                        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, listener(action));
                Object kernel = context(bundle);
                return Objects.requireNonNull(kernel.getClass()
                        .getMethod("registerService", String.class, Object.class, Dictionary.class)
                        .invoke(kernel, LISTENER, listener, null));
            }
        }
        throw new ClassNotFoundException("no bundle " + KERNEL);
    }

    private static InvocationHandler listener(Runnable action) {
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

    /** Removes the registration. */
    public void unlisten() {
        Object registered = registration;
        registration = null;
        if (registered == null) {
            return;
        }
        try {
            callOrNull(registered, "unregister");
        } catch (ReflectiveOperationException e) {
            // The server has removed it already.
        }
    }

    private static Object context(Object bundle) throws ReflectiveOperationException {
        return call(bundle, "getBundleContext");
    }

    private static Object call(Object target, String name) throws ReflectiveOperationException {
        return Objects.requireNonNull(callOrNull(target, name), name);
    }

    private static @Nullable Object callOrNull(Object target, String name) throws ReflectiveOperationException {
        return target.getClass().getMethod(name).invoke(target);
    }
}
