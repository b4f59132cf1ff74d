package dev.cloudobjects.liberty;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With classes that have the methods of OSGi's; that Liberty has them, the test that stops a server shows. */
class LibertyStopListenerTest {

    /** What the framework may do otherwise. */
    enum Change {
        NONE,
        NO_CONTEXT,
        NO_KERNEL,
        NO_INTERFACE,
        NO_REGISTRATION
    }

    /** The listener of Liberty's. */
    public interface Listener {
        void serverStopping();
    }

    private final List<String> log = new ArrayList<>();
    private final LibertyStopListener stop = new LibertyStopListener();
    private final List<Listener> registered = new ArrayList<>();

    /** A class loader of the framework's. */
    public final class Loader extends ClassLoader {
        private final Change change;

        Loader(Change change) {
            super(LibertyStopListenerTest.class.getClassLoader());
            this.change = change;
        }

        public Bundle getBundle() {
            return new Bundle("some.bundle", change);
        }

        /** An object of one of its classes. */
        Object object() {
            return Proxy.newProxyInstance(this, new Class<?>[] {Runnable.class}, (proxy, called, arguments) -> null);
        }
    }

    public final class Bundle {
        private final String name;
        private final Change change;

        Bundle(String name, Change change) {
            this.name = name;
            this.change = change;
        }

        public String getSymbolicName() {
            return name;
        }

        public Context getBundleContext() {
            return change == Change.NO_CONTEXT ? null : new Context(change);
        }

        public Class<?> loadClass(String type) throws ClassNotFoundException {
            if (change == Change.NO_INTERFACE) {
                throw new ClassNotFoundException(type);
            }
            log.add("load " + type.substring(type.lastIndexOf('.') + 1));
            return Listener.class;
        }
    }

    public final class Context {
        private final Change change;

        Context(Change change) {
            this.change = change;
        }

        public Bundle[] getBundles() {
            String kernel = change == Change.NO_KERNEL ? "another" : "com.ibm.ws.kernel.service";
            return new Bundle[] {new Bundle("some.bundle", change), new Bundle(kernel, change)};
        }

        public Registration registerService(String type, Object listener, Dictionary<String, ?> properties) {
            if (change == Change.NO_REGISTRATION) {
                throw new IllegalStateException("stopped");
            }
            registered.add((Listener) listener);
            return new Registration();
        }
    }

    public final class Registration {
        public void unregister() {
            log.add("unregister");
            throw new IllegalStateException("the framework stops");
        }
    }

    @Test
    void shouldHearOfTheStopUntilItListensNoMore() {
        stop.listen(new Loader(Change.NONE).object(), () -> log.add("told"));
        Listener listener = registered.get(0);
        listener.serverStopping();
        assertEquals(List.of("load ServerQuiesceListener", "told"), log);
        assertEquals(listener, listener);
        assertEquals(listener.hashCode(), listener.hashCode());
        stop.unlisten();
        stop.unlisten();
        assertEquals("unregister", log.get(2));
        assertEquals(3, log.size());
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void shouldStartWithoutWhenTheFrameworkIsAnotherOne(Change change) {
        assertDoesNotThrow(() -> stop.listen(new Loader(change).object(), () -> log.add("told")));
        assertTrue(registered.isEmpty());
        assertDoesNotThrow(stop::unlisten);
    }

    @Test
    void shouldLeaveOtherServersAlone() {
        stop.listen(this, () -> log.add("told"));
        stop.listen("of the JDK", () -> log.add("told"));
        stop.unlisten();
        assertTrue(log.isEmpty());
    }
}
