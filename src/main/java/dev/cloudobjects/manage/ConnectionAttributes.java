package dev.cloudobjects.manage;

import dev.cloudobjects.api.Attributes;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.CallConnection;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.MismatchedData;
import dev.cloudobjects.json.Payload;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attributes of one connection, within limits. */
final class ConnectionAttributes implements Attributes {

    private final CallConnection connection;
    private final JsonMapper json;
    private final AttributeLimits limits;

    ConnectionAttributes(CallConnection connection, JsonMapper json, AttributeLimits limits) {
        this.connection = connection;
        this.json = json;
        this.limits = limits;
    }

    @Override
    public <T> Optional<T> get(String name, Class<T> type) {
        JsonValue value = connection.attributes().get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(json.read(new Payload.Json(value.toString()), type));
        } catch (MismatchedData e) {
            throw new IllegalArgumentException("attributes." + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void put(String name, @Nullable Object value) {
        if (value == null) {
            remove(name);
            return;
        }
        if (name.isEmpty()) {
            throw refused("attributes: the name is empty");
        }
        // The application's own code may run here, so before the change and not in it.
        JsonValue written = json.tree(json.write(value));
        connection.changeAttributes(before -> {
            JsonObject after = Json.createObjectBuilder(before).add(name, written).build();
            if (after.size() > limits.names()) {
                throw refused("attributes: " + name + " is one name too many, the limit is " + limits.names());
            }
            int bytes = after.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > limits.bytes()) {
                throw refused("attributes." + name + ": with it there are " + bytes + " bytes, the limit is "
                        + limits.bytes());
            }
            return after;
        });
    }

    @Override
    public void remove(String name) {
        connection.changeAttributes(before -> before.containsKey(name)
                ? Json.createObjectBuilder(before).remove(name).build()
                : before);
    }

    @Override
    public JsonObject toJson() {
        return connection.attributes();
    }

    private static CloudObjectException refused(String why) {
        return new CloudObjectException(Code.BAD_REQUEST, why);
    }
}
