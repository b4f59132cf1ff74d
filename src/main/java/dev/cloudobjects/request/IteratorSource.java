package dev.cloudobjects.request;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Items that the thread takes which is asked for them. It holds no thread while the client takes no items. */
final class IteratorSource implements StreamSource {

    private final Supplier<? extends Iterator<?>> items;
    private final @Nullable AutoCloseable closeable;
    private @Nullable Iterator<?> iterator;
    private @Nullable ResultStream to;

    /** @param closeable what is closed at the end, besides the iterator; {@code null} for nothing */
    IteratorSource(Supplier<? extends Iterator<?>> items, @Nullable AutoCloseable closeable) {
        this.items = items;
        this.closeable = closeable;
    }

    @Override
    public void start(ResultStream stream) {
        to = stream;
        iterator = items.get();
        stream.ready();
    }

    @Override
    public void more(long count) {
        ResultStream stream = to;
        Iterator<?> from = iterator;
        if (stream == null || from == null) {
            return;
        }
        for (long i = 0; i < count && !stream.isOver(); i++) {
            // Not earlier: whether there is one more may take as long as the item itself.
            if (!from.hasNext()) {
                stream.complete();
                return;
            }
            stream.item(from.next());
        }
    }

    @Override
    public void close() throws Exception {
        try {
            if (iterator instanceof AutoCloseable own && own != closeable) {
                own.close();
            }
        } finally {
            if (closeable != null) {
                closeable.close();
            }
        }
    }
}
