package dev.cloudobjects.protocol;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way to many connections: encoded when the first connection of a dialect asks, and once per dialect.
 * Safe for use by many threads.
 */
public final class OutgoingMessage {

    private final ServerFrame frame;
    private final AtomicReferenceArray<@Nullable Optional<Encoded>> byDialect =
            new AtomicReferenceArray<>(Dialect.values().length);

    public OutgoingMessage(ServerFrame frame) {
        this.frame = frame;
    }

    /** The frame. */
    public ServerFrame frame() {
        return frame;
    }

    /** The frame as the codec writes it; empty when the dialect has no message for it. */
    public Optional<Encoded> encoded(Codec codec) {
        int slot = codec.dialect().ordinal();
        Optional<Encoded> known = byDialect.get(slot);
        return known != null ? known : encodeOnce(codec, slot);
    }

    // Under a lock rather than by compare-and-set: of a large message no second copy shall exist, not for a moment.
    private synchronized Optional<Encoded> encodeOnce(Codec codec, int slot) {
        Optional<Encoded> known = byDialect.get(slot);
        if (known == null) {
            known = codec.encode(frame);
            byDialect.set(slot, known);
        }
        return known;
    }
}
