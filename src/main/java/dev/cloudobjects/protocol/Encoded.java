package dev.cloudobjects.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One WebSocket message, ready to be sent. Immutable; one instance serves many connections. */
public sealed interface Encoded {

    /** The length of the message in bytes, a text's in UTF-8. */
    int size();

    /** The message as bytes, a text in UTF-8; not to be modified. */
    byte[] toBytes();

    /**
     * A text message.
     *
     * @param text the text
     * @param size its length in UTF-8, kept because a broadcast asks for it once per connection
     */
    record Text(String text, int size) implements Encoded {

        /** A text message, measured here. */
        public Text(String text) {
            this(text, utf8Length(text));
        }

        public Text {
            if (size < text.length() || size > 3L * text.length()) {
                throw new IllegalArgumentException(
                        "size " + size + " can't be that of " + text.length() + " characters");
            }
        }

        @Override
        public byte[] toBytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * A binary message. Equal to another with the same bytes.
     *
     * @param bytes the bytes themselves, not a copy: whoever has them leaves them as they are
     */
    record Bytes(byte[] bytes) implements Encoded {

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public byte[] toBytes() {
            return bytes;
        }

        @Override
        public boolean equals(Object other) {
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
    static int utf8Length(String text) {
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
