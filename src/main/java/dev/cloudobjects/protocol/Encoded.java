package dev.cloudobjects.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One WebSocket message, ready to be sent. Its content is immutable; one instance serves many connections. */
public abstract sealed class Encoded implements Queued {

    private static final AtomicIntegerFieldUpdater<Encoded> KEEPERS =
            AtomicIntegerFieldUpdater.newUpdater(Encoded.class, "keepers");

    private volatile int keepers;

    @Override
    public final Encoded message() {
        return this;
    }

    /** The length of the message in bytes, a text's in UTF-8. */
    public abstract int size();

    /** The message as bytes, a text in UTF-8; not to be modified. */
    public abstract byte[] toBytes();

    /** One more keeps the message, for a client that may come back; true for the first: it accounts for the memory. */
    public final boolean retain() {
        return KEEPERS.getAndIncrement(this) == 0;
    }

    /** One of those who keep the message does so no longer; true for the last: the memory is accounted for no more. */
    public final boolean release() {
        return KEEPERS.decrementAndGet(this) == 0;
    }

    /**
     * A text message. Equal to another with the same text. Its other form, the text or its bytes, is made when it is first
     * asked for and kept, because a broadcast asks for it once per connection.
     */
    public static final class Text extends Encoded {

        private final int size;
        // A race costs the work twice and nothing else. A text is whole for whoever sees it; an array only when volatile.
        private @Nullable String text;
        private volatile byte @Nullable [] utf8;

        private Text(@Nullable String text, byte @Nullable [] utf8, int size) {
            this.text = text;
            this.utf8 = utf8;
            this.size = size;
        }

        /** A text message of this text, in which no half of a surrogate pair is alone. */
        public Text(String text) {
            this(text, null, utf8Length(text));
        }

        /** A text message of these bytes, valid UTF-8 and not a copy: whoever has them leaves them as they are. */
        public static Text ofUtf8(byte[] utf8) {
            return new Text(null, utf8, utf8.length);
        }

        /** The text. */
        public String text() {
            String known = text;
            if (known == null) {
                known = new String(toBytes(), StandardCharsets.UTF_8);
                text = known;
            }
            return known;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public byte[] toBytes() {
            byte[] known = utf8;
            if (known == null) {
                known = text().getBytes(StandardCharsets.UTF_8);
                utf8 = known;
            }
            return known;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text that && text().equals(that.text());
        }

        @Override
        public int hashCode() {
            return text().hashCode();
        }

        @Override
        public String toString() {
            return "Text[" + text() + "]";
        }
    }

    /** A binary message. Equal to another with the same bytes. */
    public static final class Bytes extends Encoded {

        private final byte[] bytes;

        /** A message of these bytes. @param bytes the bytes themselves, not a copy: whoever has them leaves them as they are */
        public Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The bytes themselves, not a copy. */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public byte[] toBytes() {
            return bytes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Bytes[" + bytes.length + " bytes]";
        }
    }

    /** How many bytes a text takes in UTF-8, without encoding it. */
    public static int utf8Length(String text) {
        int length = text.length();
        int size = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate pair takes four bytes: two for each half.
                size += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return size;
    }
}
