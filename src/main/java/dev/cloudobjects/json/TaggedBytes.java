package dev.cloudobjects.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes inside JSON: written as {@code {"type":"Buffer","data":"<base64>"}}, read with a base64 text and with VK's list
 * of numbers from 0 to 255. An object that is not exactly one of these is an ordinary object.
 */
public final class TaggedBytes {

    private static final String TYPE = "type";
    private static final String BUFFER = "Buffer";
    private static final String DATA = "data";
    private static final BigDecimal MOST = BigDecimal.valueOf(255);

    private TaggedBytes() {}

    /** The text of the tagged form. */
    static String write(byte[] bytes) {
        return "{\"type\":\"Buffer\",\"data\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
    }

    /** The bytes that a value stands for; empty when it is not the tagged form. */
    public static Optional<byte[]> read(JsonValue value) {
        if (!(value instanceof JsonObject object)
                || object.size() != 2
                || !(object.get(TYPE) instanceof JsonString type)
                || !type.getString().equals(BUFFER)) {
            return Optional.empty();
        }
        JsonValue data = object.get(DATA);
        if (data instanceof JsonString text) {
            return decode(text.getString());
        }
        return data instanceof JsonArray numbers ? collect(numbers) : Optional.empty();
    }

    /** The same, of an object that {@link AnyText} has read. */
    static Optional<byte[]> read(Map<String, ? extends @Nullable Object> object) {
        if (object.size() != 2 || !BUFFER.equals(object.get(TYPE))) {
            return Optional.empty();
        }
        Object data = object.get(DATA);
        if (data instanceof String text) {
            return decode(text);
        }
        return data instanceof List<?> numbers ? collect(numbers) : Optional.empty();
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> collect(List<?> numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            BigDecimal number = decimal(numbers.get(i));
            if (number == null || number.scale() != 0 || number.signum() < 0 || number.compareTo(MOST) > 0) {
                return Optional.empty();
            }
            bytes[i] = number.byteValue();
        }
        return Optional.of(bytes);
    }

    /** A number of a JSON tree, or one that {@link AnyText} has read; {@code null} for anything else. */
    private static @Nullable BigDecimal decimal(@Nullable Object element) {
        if (element instanceof JsonNumber number) {
            return number.bigDecimalValue();
        }
        return element instanceof BigDecimal number ? number : null;
    }

    /** The bytes between a buffer's position and its limit; the buffer itself is left alone. */
    static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] require(JsonParser parser) {
        return read(parser.getValue()).orElseThrow(() -> new JsonbException("not bytes in their tagged form"));
    }

    private static void write(byte[] bytes, JsonGenerator generator) {
        generator.writeStartObject()
                .write(TYPE, BUFFER)
                .write(DATA, Base64.getEncoder().encodeToString(bytes))
                .writeEnd();
    }

    /** {@code byte[]}. */
    static final class OfArray implements JsonbSerializer<byte[]>, JsonbDeserializer<byte[]> {
        @Override
        public void serialize(byte[] bytes, JsonGenerator generator, SerializationContext context) {
            write(bytes, generator);
        }

        @Override
        public byte[] deserialize(JsonParser parser, DeserializationContext context, Type type) {
            return require(parser);
        }
    }

    /** {@link ByteBuffer}. */
    static final class OfBuffer implements JsonbSerializer<ByteBuffer>, JsonbDeserializer<ByteBuffer> {
        @Override
        public void serialize(ByteBuffer buffer, JsonGenerator generator, SerializationContext context) {
            write(copy(buffer), generator);
        }

        @Override
        public ByteBuffer deserialize(JsonParser parser, DeserializationContext context, Type type) {
            return ByteBuffer.wrap(require(parser));
        }
    }
}
