package dev.cloudobjects.noise;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The published vectors in {@code src/test/resources/vectors}. */
final class Vectors {

    private Vectors() {}

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static JsonStructure read(String file) {
        InputStream stream = Objects.requireNonNull(Vectors.class.getResourceAsStream(file), file);
        try (JsonReader reader = Json.createReader(stream)) {
            return reader.read();
        }
    }

    static Stream<Case> cases(String file) {
        return read("/vectors/" + file).asJsonArray().stream().map(JsonValue::asJsonObject).map(Case::new);
    }

    /** One case of Wycheproof's. */
    record Case(JsonObject json) {

        byte[] bytes(String name) {
            return hex(json.getString(name));
        }

        boolean valid() {
            return json.getString("result").equals("valid");
        }

        List<String> flags() {
            return json.getJsonArray("flags").getValuesAs(flag -> flag.toString().replace("\"", ""));
        }

        @Override
        public String toString() {
            return json.getInt("tcId") + " " + json.getString("comment") + " " + flags();
        }
    }
}
