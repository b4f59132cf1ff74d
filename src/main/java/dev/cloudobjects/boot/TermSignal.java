package dev.cloudobjects.boot;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Handles SIGTERM before the container does. Uses an unsupported class of the JDK, because there is no supported way.
 *
 * <p>Several applications of a server may install a handler. Each handler calls the one that was installed before it, and the
 * applications may stop in any order. The handler of a stopped application stays in this chain if another one was installed
 * later. So handlers consist only of JDK objects, which do not keep the application in memory.
 */
final class TermSignal {

    private final Signal signal;
    private @Nullable Listening listening;

    TermSignal() {
        this(new Signal("TERM"));
    }

    /** For tests: another signal. */
    TermSignal(Signal signal) {
        this.signal = signal;
    }

    // Synchronizes on a JDK class, which all applications share.

    /** The objects that the process references. */
    private record Listening(
            SignalHandler handler, AtomicReference<Runnable> action, AtomicReference<@Nullable SignalHandler> next) {}

    /** Runs an action on the signal, then calls the previous handler, also if the action fails. */
    synchronized void whenReceived(Runnable heard) {
        AtomicReference<Runnable> action = new AtomicReference<>(() -> {
            // The signal may arrive before the previous handler is known.
            if (isListening()) {
                heard.run();
            }
        });
        AtomicReference<@Nullable SignalHandler> next = new AtomicReference<>();
        SignalHandler handler = handler(action, next);
        synchronized (Signal.class) {
            next.set(Signal.handle(signal, handler));
        }
        listening = new Listening(handler, action, next);
    }

    /** Removes the handler. */
    synchronized void restore() {
        Listening ended = listening;
        if (ended == null) {
            return;
        }
        listening = null;
        synchronized (Signal.class) {
            SignalHandler last = Signal.handle(signal, ended.next.get());
            if (last != ended.handler) {
                Signal.handle(signal, last);
            }
        }
        ended.action.set(nothing());
    }

    private synchronized boolean isListening() {
        return listening != null;
    }

    /** A task that does nothing, made of JDK classes only. */
    private static Runnable nothing() {
        FutureTask<Void> nothing = new FutureTask<>(() -> null);
        nothing.cancel(false);
        return nothing;
    }

    private static SignalHandler handler(
            AtomicReference<Runnable> action, AtomicReference<@Nullable SignalHandler> next) {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        // The JDK defines the handler's class with the context class loader.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return MethodHandleProxies.asInterfaceInstance(SignalHandler.class, oneThenTheOther(action, next));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private static MethodHandle oneThenTheOther(
            AtomicReference<Runnable> action, AtomicReference<@Nullable SignalHandler> next)
            throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodHandle get = lookup.findVirtual(AtomicReference.class, "get", MethodType.methodType(Object.class));
        MethodHandle run = MethodHandles.filterReturnValue(
                get.bindTo(action).asType(MethodType.methodType(Runnable.class)),
                lookup.findVirtual(Runnable.class, "run", MethodType.methodType(void.class)));
        MethodHandle handOn = MethodHandles.foldArguments(
                lookup.findVirtual(SignalHandler.class, "handle", MethodType.methodType(void.class, Signal.class)),
                get.bindTo(next).asType(MethodType.methodType(SignalHandler.class)));
        return MethodHandles.tryFinally(
                MethodHandles.dropArguments(run, 0, Signal.class),
                MethodHandles.dropArguments(handOn, 0, Throwable.class));
    }
}
