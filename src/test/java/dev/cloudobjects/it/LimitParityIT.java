package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is too much is too much on every way, and is refused with the same code. */
class LimitParityIT extends FromOutside {

    private static final String LIFE = "it/pub.life";

    static Map<String, String> excesses() {
        StringBuilder keys = new StringBuilder("{\"k\":0");
        for (int i = 0; i < 1000; i++) {
            keys.append(",\"k").append(i).append("\":0");
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.put("depth", "[".repeat(33) + "]".repeat(33));
        all.put("endless depth", "[".repeat(60_000));
        all.put("keys", keys.append('}').toString());
        all.put("number", "1".repeat(101));
        all.put("long number", "1".repeat(60_000));
        all.put("exponent", "1e12345");
        all.put("same name", "{\"a\":1,\"a\":2}");
        all.put("same name, escaped", "{\"a\":1,\"\\u0061\":2}");
        all.put("half of a pair", "\"\\ud800\"");
        all.put("more behind it", "{}{}");
        return all;
    }

    static List<String> names() {
        return List.copyOf(excesses().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldRefuseJsonBeyondItsLimits(String what) {
        String json = excesses().get(what);
        Reply http = Client.anonymous().post("/http/router/" + LIFE + ".tell", json);
        assertEquals(400, http.status());
        assertEquals(400, http.code());
        assertEquals(400, Client.anonymous().post("/connect", "{\"url\":" + json + "}").code());
        try (Raw plain = Raw.connect(LIFE)) {
            JsonObject err = plain.text(json).object().getJsonObject("vkWebSocket").getJsonObject("err");
            assertEquals(400, err.getInt("code"));
            assertEquals(http.msg(), err.getString("msg"));
        }
        try (Socket v1 = Client.anonymous().connectV1(LIFE)) {
            v1.sendText("{\"type\":\"message\",\"data\":" + json + "}");
            assertEquals(400, v1.event("error").getJsonObject("err").getInt("code"));
        }
    }

    @Test
    void shouldRefuseWhatIsTooLarge() {
        String large = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        assertEquals(413, Client.anonymous().post("/http/router/" + LIFE + ".tell", large).code());
        assertEquals(413, Client.anonymous().post("/connect", large).code());
        try (Raw plain = Raw.connect(LIFE)) {
            assertEquals(1009, plain.text("\"" + "x".repeat(70_000) + "\"").closed());
        }
    }

    @Test
    void shouldRefuseAUserWithTooManyConnections() {
        Client ann = Client.anonymous().register();
        List<Raw> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Raw raw = Raw.ask(LIFE, ann.headers());
                raw.object();
                open.add(raw);
            }
            Reply ticket = ann.post("/connect", Client.json("url", LIFE).toString());
            assertEquals(429, ticket.status());
            try (Raw more = Raw.ask(LIFE, ann.headers())) {
                assertEquals(429, more.answer().status());
                assertEquals(ticket.code(), more.answer().code());
                assertTrue(more.answer().body().contains(ticket.msg()), more.answer().body());
            }
        } finally {
            open.forEach(Raw::close);
        }
        Awaitility.await()
                .atMost(Client.PATIENCE.multipliedBy(3))
                .until(() -> ann.post("/connect", Client.json("url", LIFE).toString()).status() == 200);
    }
}
