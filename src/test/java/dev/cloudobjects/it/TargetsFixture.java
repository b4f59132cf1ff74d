package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What tests of targets share: the test objects that do with connections what they are asked for. */
abstract class TargetsFixture extends FromOutside {

    static final String MANAGED = "it/pub.managed";
    static final String EVERYONE = "it/pub.everyone";

    final String app = "app-" + UUID.randomUUID();

    static JsonArray list(String... values) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        List.of(values).forEach(list::add);
        return list.build();
    }

    static Reply order(String path, JsonObject to, String name, Object value) {
        return Client.anonymous().call(path, "to", to, name, value);
    }

    static JsonObject send(JsonObject to, String text) {
        return order(MANAGED + ".send", to, "data", text).ok().json();
    }

    Client of(String device) {
        return Client.anonymous().with("vk-appid", app).with("vk-device-id", device);
    }

    static Socket welcomed(Client client, String path) {
        Socket socket = client.connect(path);
        socket.object();
        return socket;
    }

    static JsonValue text(String text) {
        return Json.createValue(text);
    }

    /** What was heard up to now is this, and nothing else. */
    static void assertHeard(Socket socket, String... texts) {
        send(Client.json("cid", list(socket.cid())), "end");
        List<String> heard = new ArrayList<>();
        for (JsonValue value = socket.value(); !value.equals(text("end")); value = socket.value()) {
            heard.add(((JsonString) value).getString());
        }
        assertEquals(List.of(texts), heard);
    }

    static void assertCounts(int matched, JsonObject counts) {
        assertEquals(matched, counts.getInt("matched"), counts.toString());
        assertEquals(matched, counts.getInt("queued"), counts.toString());
        assertFalse(counts.getBoolean("deferred"));
    }
}
