package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.observe.Gauge;
import dev.cloudobjects.observe.Meters.Meter;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators see: health, metrics and the description of the API. */
class ObservationIT extends FromOutside {

    private static final String LIFE = "it/pub.life";
    private static final String ECHO = "template/web-socket/pub.echo";

    private final Client client = Client.anonymous();

    @Test
    void shouldBeAlive() {
        assertEquals("UP", client.get("/health/live").text("status"));
    }

    @Test
    void shouldBeReadyWithTheDatabase() {
        Reply ready = client.get("/health/ready");
        assertEquals(200, ready.status());
        JsonObject data = ready.json().getJsonArray("checks").getJsonObject(0).getJsonObject("data");
        assertTrue(data.getBoolean("database"));
        assertTrue(data.getBoolean("accepting"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowEveryMeter(Meter meter) {
        assertTrue(metric(meter.metric() + ".total").isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowEveryGauge(Gauge gauge) {
        assertTrue(metric(gauge.metric()).isPresent());
    }

    @Test
    void shouldCountAConnectionWhileItIsOpen() {
        double opened = metric("connections.opened.total").orElseThrow();
        try (Socket socket = client.connect(ECHO)) {
            assertTrue(metric("connections.open").orElseThrow() >= 1);
            assertTrue(metric("connections.opened.total").orElseThrow() >= opened + 1);
            double ended = metric("connections.ended.total").orElseThrow();
            socket.leave();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> metric("connections.ended.total").orElseThrow() >= ended + 1);
        }
    }

    @Test
    void shouldTellEventsFromCalls() {
        double calls = metric("calls.total").orElseThrow();
        double events = metric("events.total").orElseThrow();
        double callsFailed = metric("calls.failed.total").orElseThrow();
        double eventsFailed = metric("events.failed.total").orElseThrow();
        try (Socket socket = client.connect(LIFE)) {
            socket.send(Client.json("do", "crash"));
            assertEquals(500, socket.event("error").getJsonObject("err").getInt("code"));
            assertEquals(calls, metric("calls.total").orElseThrow());
            assertTrue(metric("events.total").orElseThrow() >= events + 3, "connection, message and error");
            assertEquals(eventsFailed + 1, metric("events.failed.total").orElseThrow());
            assertEquals(callsFailed, metric("calls.failed.total").orElseThrow());
            assertEquals(500, client.call("it/pub.data.crash").code());
            assertEquals(calls + 1, metric("calls.total").orElseThrow());
            assertEquals(callsFailed + 1, metric("calls.failed.total").orElseThrow());
            assertEquals(eventsFailed + 1, metric("events.failed.total").orElseThrow());
        }
    }

    @Test
    void shouldDescribeACallableMethodAndItsParameter() {
        JsonObject operation = operation("/http/router/user/pub/login.main");
        JsonObject schema = operation
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
        assertEquals("object", schema.getString("type"));
        assertEquals(
                "string",
                schema.getJsonObject("properties").getJsonObject("username").getString("type"));
        assertFalse(operation.containsKey("security"));
    }

    @Test
    void shouldSayWhatRequiresALogin() {
        assertTrue(operation("/http/router/template/web-socket/web-socket.test").containsKey("security"));
    }

    @Test
    void shouldDescribeConnect() {
        assertEquals("connect", operation("/connect").getString("operationId"));
    }

    @Test
    void shouldNotOfferEvents() {
        assertFalse(paths().containsKey("/http/router/" + ECHO + ".onWebsocketMessage"));
    }

    private JsonObject operation(String path) {
        JsonObject item = paths().getJsonObject(path);
        assertTrue(item != null, path);
        return item.getJsonObject("post");
    }

    private JsonObject paths() {
        return client.get("/openapi?format=JSON").json().getJsonObject("paths");
    }

    private OptionalDouble metric(String name) {
        Pattern line = Pattern.compile(
                "^cloudobjects_" + name.replace('.', '_') + "\\{[^}]*} (\\S+)$", Pattern.MULTILINE);
        return line.matcher(client.get("/metrics").text())
                .results()
                .map(MatchResult::group)
                .map(text -> text.substring(text.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .findFirst();
    }
}
