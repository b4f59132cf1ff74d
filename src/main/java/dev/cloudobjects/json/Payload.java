package dev.cloudobjects.json;

import java.util.Arrays;

/** The data of a message: JSON, or bytes as they are. */
public sealed interface Payload {

    /** JSON's {@code null}: the data of a message that brings none. */
    Json NULL = new Json("null");

    /** About how much memory it keeps: its bytes, or its characters. */
    int size();

    /**
     * Data in JSON.
     *
     * @param text one valid JSON value; {@link JsonMapper} makes it, within the limits where it comes from a client
     */
    record Json(String text) implements Payload {

        @Override
        public int size() {
            return text.length();
        }
    }

    /**
     * Binary data. Equal to another with the same bytes.
     *
     * @param bytes the bytes themselves, not a copy: whoever has them leaves them as they are
     */
    record Binary(byte[] bytes) implements Payload {

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Binary[" + bytes.length + " bytes]";
        }
    }
}
