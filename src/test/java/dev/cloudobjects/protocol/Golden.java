package dev.cloudobjects.protocol;

import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A case of the golden frames; their README says what the members mean. */
record Golden(String file, JsonObject json) {


    static Stream<Golden> cases(String... files) {
        return Stream.of(files).flatMap(file -> read(file).stream().map(json -> new Golden(file, json)));
    }

    private static List<JsonObject> read(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/protocol/" + file);
                JsonReader reader = Json.createReader(Objects.requireNonNull(in, file))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Codec codec(JsonMapper mapper) {
        String name = json.getString("dialect");
        return Stream.of(Dialect.values())
                .filter(dialect -> dialect.label().equals(name))
                .findFirst()
                .orElseThrow()
                .codec(mapper);
    }

    /** The message's text, or {@code null} when it is binary. */
    @Nullable String text() {
        return json.getJsonObject("message").getString("text", null);
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(json.getJsonObject("message").getString("base64"));
    }

    ClientFrame decode(Codec codec) {
        String text = text();
        return text == null ? codec.decode(bytes()) : codec.decode(text);
    }

    JsonObject frame() {
        return json.getJsonObject("frame");
    }

    /** Each frame of a batch, as a case of its own. */
    List<Golden> frames() {
        return json.getJsonArray("frames").getValuesAs(JsonObject.class).stream()
                .map(frame -> new Golden(
                        file, Json.createObjectBuilder(json).add("frame", frame).build()))
                .toList();
    }

    /** The frame's data. */
    Payload data(JsonMapper mapper) {
        return frame().containsKey("binary")
                ? new Payload.Binary(Base64.getDecoder().decode(frame().getString("binary")))
                : mapper.write(frame().getOrDefault("data", JsonValue.NULL));
    }

    @Override
    public String toString() {
        return file + ": " + json.getString("name");
    }
}
