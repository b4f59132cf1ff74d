package dev.cloudobjects.json;

import dev.cloudobjects.api.CloudObjectException;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the application's data: strict about what comes from clients, and with bytes inside JSON in their
 * tagged form, {@code {"type":"Buffer","data":"<base64>"}}.
 *
 * <p>Safe for use by many threads. One per application, because JSON-B learns each class once; close it at the end.
 */
public final class JsonMapper implements AutoCloseable {

    /** For what the application wrote itself. */
    private static final JsonLimits UNLIMITED =
            new JsonLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final Payload.Json EMPTY_OBJECT = new Payload.Json("{}");

    private final JsonLimits limits;
    private final Turns turns = new Turns(Runtime.getRuntime().availableProcessors() / 2);
    // Kept, because every call of jakarta.json.Json looks for the provider again.
    private final JsonProvider json = JsonProvider.provider();
    private final Jsonb jsonb;

    /** A mapper that refuses JSON beyond the limits. */
    public JsonMapper(JsonLimits limits) {
        this.limits = limits;
        TaggedBytes.OfArray arrays = new TaggedBytes.OfArray();
        TaggedBytes.OfBuffer buffers = new TaggedBytes.OfBuffer();
        this.jsonb = JsonbBuilder.create(new JsonbConfig()
                .withSerializers(arrays, buffers)
                .withDeserializers(arrays, buffers, new AnyValue()));
    }

    /**
     * Takes a text from a client for JSON.
     *
     * @throws MalformedMessage when it is not exactly one JSON value, has a name twice in one object, half of a
     *     surrogate pair or an exponent of more than four digits, or exceeds a limit
     */
    public Payload.Json parse(String text) {
        JsonScanner.scan(text, limits);
        return new Payload.Json(text);
    }

    /**
     * Takes bytes from a client for JSON in UTF-8.
     *
     * @throws MalformedMessage as {@link #parse(String)} does, and when the bytes are not UTF-8
     */
    public Payload.Json parse(byte[] utf8) {
        return parse(Utf8.decode(utf8, 0, utf8.length));
    }

    /**
     * What the application sends: {@code byte[]} and {@link ByteBuffer} as binary data, anything else as JSON.
     *
     * @throws JsonbException when the data can't be written as JSON
     */
    public Payload payload(@Nullable Object data) {
        if (data instanceof byte[] bytes) {
            return new Payload.Binary(bytes.clone());
        }
        return data instanceof ByteBuffer buffer ? new Payload.Binary(TaggedBytes.copy(buffer)) : write(data);
    }

    /**
     * Writes data as JSON: any JSON-B type, map or {@code jakarta.json} value, {@code null} too. Nulls in maps are
     * kept, those in records and beans left out. Half a surrogate pair, which UTF-8 can't carry, becomes U+FFFD.
     *
     * @throws JsonbException when the data can't be written as JSON
     */
    public Payload.Json write(@Nullable Object data) {
        if (data == null) {
            return Payload.NULL;
        }
        try {
            String text = data instanceof JsonValue value ? value.toString() : PlainJson.write(data);
            return new Payload.Json(Utf8.wellFormed(text == null ? jsonb.toJson(data) : text));
        } catch (StackOverflowError e) {
            // Its trace, a thousand frames of this writer, would bury the log line that names the call.
            JsonbException problem = new JsonbException("the data contains itself or is nested too deeply");
            problem.setStackTrace(new StackTraceElement[0]);
            throw problem;
        }
    }

    /**
     * Reads data as a Java type: a record, a bean, a map, a collection, a text, a number, a {@code jakarta.json} type,
     * {@code byte[]}, {@code ByteBuffer} or {@code Object}. Unknown members are ignored, missing ones take their
     * default: so JSON's null is a record or a bean without any. Binary data is read as {@code byte[]},
     * {@code ByteBuffer} or {@code Object} only.
     *
     * @return the value; {@code null} for JSON's null, unless the type has a value for it
     * @throws MismatchedData when the data does not fit the type
     * @throws CloudObjectException when a constructor of the type throws it
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // whoever asks for T knows whether it may be null
    public <T extends @Nullable Object> T read(Payload payload, Type type) {
        int size = payload instanceof Payload.Json text ? text.text().length() : 0;
        return (T) turns.take(size, () -> bound(payload, type));
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private <T extends @Nullable Object> T bound(Payload payload, Type type) {
        Shape shape = Shape.of(type);
        if (payload instanceof Payload.Binary binary) {
            return (T) bytes(binary.bytes(), shape.raw())
                    .orElseThrow(() -> new MismatchedData("data: expected JSON, found binary data", null));
        }
        if (shape.raw() == Object.class) {
            return (T) AnyText.read(((Payload.Json) payload).text());
        }
        JsonValue value = tree(payload);
        if (value == JsonValue.NULL && shape.hasMembers()) {
            return bound(EMPTY_OBJECT, type);
        }
        ShapeCheck check = new ShapeCheck(this::binds);
        check.check(value, shape);
        Class<?> raw = shape.raw();
        // JSON's null is a JsonValue, but no JsonObject; and a JsonObject is a Map too, but not one for an application.
        if (JsonValue.class.isAssignableFrom(raw) && raw.isInstance(value)) {
            return (T) value;
        }
        Optional<byte[]> bytes = TaggedBytes.read(value);
        if (bytes.isPresent() && (raw == byte[].class || raw == ByteBuffer.class)) {
            return (T) bytes(bytes.get(), raw).orElseThrow();
        }
        return (T) bind(((Payload.Json) payload).text(), shape, check);
    }

    private @Nullable Object bind(String text, Shape shape, ShapeCheck check) {
        try {
            return jsonb.fromJson(text, shape.type());
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof CloudObjectException refusal) {
                    throw refusal;
                }
            }
            throw check.explain(e);
        }
    }

    private boolean binds(JsonValue value, Shape shape) {
        try {
            jsonb.fromJson(value.toString(), shape.type());
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Optional<Object> bytes(byte[] bytes, Class<?> raw) {
        if (raw == byte[].class || raw == Object.class) {
            return Optional.of(bytes);
        }
        return raw == ByteBuffer.class ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
    }

    /** Data as a JSON tree; binary data as bytes in their tagged form. */
    public JsonValue tree(Payload payload) {
        String text = payload instanceof Payload.Binary binary
                ? TaggedBytes.write(binary.bytes())
                : ((Payload.Json) payload).text();
        try (JsonReader reader = json.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (JsonException e) {
            // Not malformed, so beyond a limit of the JSON library itself: it reads nothing deeper than 1000.
            throw new MismatchedData("data: nested too deeply", e);
        }
    }

    /**
     * Whether the data is an object with a member of that name.
     *
     * @throws JsonbException when the application has written what no client may send, such as a name twice
     */
    public boolean hasTopLevel(Payload.Json data, String name) {
        return mayName(data.text(), name) && outline(data).find(name) != null;
    }

    /**
     * The data without its member of that name; the same data when it has none.
     *
     * @throws JsonbException as {@link #hasTopLevel} does
     */
    public Payload.Json withoutTopLevel(Payload.Json data, String name) {
        if (!mayName(data.text(), name)) {
            return data;
        }
        JsonOutline outline = outline(data);
        if (outline.find(name) == null) {
            return data;
        }
        List<JsonOutline.Member> members = outline.members();
        return new Payload.Json(members.stream()
                .filter(member -> !member.name().equals(name))
                .map(member -> quote(member.name()) + ':' + member.value())
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** The same for data that may be binary, which has no members. */
    public Payload withoutTopLevel(Payload data, String name) {
        return data instanceof Payload.Json text ? withoutTopLevel(text, name) : data;
    }

    private static JsonOutline outline(Payload.Json data) {
        try {
            return JsonScanner.scan(data.text(), UNLIMITED);
        } catch (MalformedMessage e) {
            throw new JsonbException(e.getMessage(), e);
        }
    }

    /** Spares nearly all data the scan: a name is there as it is, or with an escape. */
    private static boolean mayName(String text, String name) {
        return text.contains(name) || text.indexOf('\\') >= 0;
    }

    /**
     * Why JSON-B can't bind a type, for a check at deployment; empty when nothing is known against it. Classes and
     * records have to be public, a record with several constructors needs {@code @JsonbCreator} on one, and no
     * component of a record may be of a type variable.
     */
    public static Optional<String> findBindingProblem(Type type) {
        return new BindingProblem().find(Shape.of(type));
    }

    /** A text as a JSON value. */
    public String quote(String text) {
        return json.createValue(text).toString();
    }

    /** Where large messages take turns at being read. */
    public Turns turns() {
        return turns;
    }

    /** What JSON from a client may be, at most. */
    public JsonLimits limits() {
        return limits;
    }

    /** Releases what JSON-B holds. */
    @Override
    public void close() {
        try {
            jsonb.close();
        } catch (Exception e) {
            throw new JsonbException("JSON-B could not be closed", e);
        }
    }
}
