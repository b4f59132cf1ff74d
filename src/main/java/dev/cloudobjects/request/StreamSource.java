package dev.cloudobjects.request;

import dev.cloudobjects.log.Log;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the items of a stream come from: an object of the application. All methods run its code, on threads for handlers and one
 * at a time.
 */
public interface StreamSource {

    /**
     * The source that a result is: a {@link Flow.Publisher}, a {@link BaseStream}, an {@link Iterator}, or an {@link Iterable} that
     * is neither a collection, which is a JSON array, nor a path, which is a text. {@code null} when it is none of these.
     */
    static @Nullable StreamSource of(@Nullable Object result) {
        if (result instanceof Flow.Publisher<?> publisher) {
            return new PublisherSource(publisher);
        }
        if (result instanceof BaseStream<?, ?> stream) {
            return new IteratorSource(stream::iterator, stream);
        }
        if (result instanceof Iterator<?> iterator) {
            return new IteratorSource(() -> iterator, closeable(iterator));
        }
        return result instanceof Iterable<?> items && !(result instanceof Collection) && !(result instanceof Path)
                ? new IteratorSource(items::iterator, closeable(items))
                : null;
    }

    /** Releases what a source holds whose items nobody wants. Never throws. */
    static void release(StreamSource source) {
        try {
            source.close();
        } catch (Throwable e) {
            // Whoever called has the answer already.
            Log.HANDLING_FAILED.log(e);
        }
    }

    private static @Nullable AutoCloseable closeable(Object result) {
        return result instanceof AutoCloseable closeable ? closeable : null;
    }

    /**
     * Begins. As soon as the source can be asked for items it calls {@link ResultStream#ready}.
     *
     * @throws Exception what the application's code throws
     */
    void start(ResultStream to) throws Exception;

    /**
     * Asks for so many items more, which the source passes to {@link ResultStream#item}.
     *
     * @throws Exception what the application's code throws
     */
    void more(long count) throws Exception;

    /**
     * Releases what the source holds. Called once, at the end, also when it was never started.
     *
     * @throws Exception what the application's code throws
     */
    void close() throws Exception;
}
