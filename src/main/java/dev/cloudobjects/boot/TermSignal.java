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
 * SIGTERM, heard before the container hears it. The class of the JDK is unsupported, yet there is no other way.
 *
 * <p>Several applications of a server may listen, each handing on to who listened before it, and end in any order. One that
 * has ended stays in that line if another listens behind it. So what the process keeps is made of objects of the JDK alone,
 * and nothing of this application hangs on it then.
 */
final class TermSignal {

    private final Signal signal;
    private @Nullable Listening listening;

    TermSignal() {
        this(new Signal("TERM"));
    }

    /** Another signal. */
    TermSignal(Signal signal) {
        this.signal = signal;
    }

    // The lock below is the one that all applications have in common.

    /** What the process keeps. */
    private record Listening(
            SignalHandler handler, AtomicReference<Runnable> action, AtomicReference<@Nullable SignalHandler> next) {}

    /** Runs an action when the signal comes, then hands the signal on, whatever became of the action. */
    synchronized void whenReceived(Runnable heard) {
        AtomicReference<Runnable> action = new AtomicReference<>(() -> {
            // It may come before it is known to whom it goes on.
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

    /** Gives the signal back. */
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

    /** A task that does nothing and is not of this application. */
    private static Runnable nothing() {
        FutureTask<Void> nothing = new FutureTask<>(() -> null);
        nothing.cancel(false);
        return nothing;
    }

    private static SignalHandler handler(
            AtomicReference<Runnable> action, AtomicReference<@Nullable SignalHandler> next) {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        // The JDK has the class of the handler defined by this one.
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
