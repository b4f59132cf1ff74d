package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.FaultProxy;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A client that stops to read for a moment, at a real server: what it gets then depends on how it was sent. That receipts complete
 * is shown with the SDK, in {@code src/test/js/it/server.test.js}.
 */
class OutboundIT extends FromOutside {

    private static final String LIFE = "it/pub.life";
    private static final int LARGE = 100_000;
    /** More than all buffers between server and client hold. */
    private static final int FLOOD = 300;

    private final Device device = Device.ofNobody();
    private final FaultProxy proxy = new FaultProxy(Integer.getInteger("it.http.port"));

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    private Socket open() {
        Socket socket = device.client()
                .open(proxy.through(device.client().ticket("url", LIFE, "protocol", Client.V1)), Client.V1)
                .send(Client.json("type", "connect"));
        return socket.accepted();
    }

    private static JsonObject flood(Socket to, String option, int first, int count, int size) {
        return Client.anonymous()
                .call(
                        "it/pub.outbound.flood",
                        "cid", to.cid(),
                        "option", option,
                        "first", first,
                        "count", count,
                        "size", size)
                .ok()
                .json();
    }

    private static int next(Socket socket) {
        String data = ((JsonString) socket.data()).getString();
        return Integer.parseInt(data.substring(0, data.indexOf(':')));
    }

    private static List<Integer> upTo(Socket socket, int last) {
        List<Integer> got = new ArrayList<>();
        do {
            got.add(next(socket));
        } while (got.get(got.size() - 1) != last);
        assertEquals(got.stream().sorted().distinct().toList(), got);
        return got;
    }

    @Test
    void shouldGiveAStalledClientTheNewestOfAKeyOnly() {
        try (Socket socket = open()) {
            proxy.hold();
            flood(socket, "newestOf", 1, FLOOD, LARGE);
            // By now one is in progress and one waits.
            JsonObject small = flood(socket, "newestOf", FLOOD + 1, 10, 1);
            assertEquals(10, small.getInt("queued"));
            assertEquals(10, small.getInt("replaced"));
            proxy.release();
            List<Integer> got = upTo(socket, FLOOD + 10);
            assertTrue(got.get(got.size() - 2) < FLOOD, got.toString());
            flood(socket, "none", 1000, 1, 1);
            assertEquals(1000, next(socket));
        }
    }

    @Test
    void shouldKeepAStalledClientWhoseOldestMessagesAreDropped() {
        try (Socket socket = open()) {
            proxy.hold();
            JsonObject flooded = flood(socket, "dropOldest", 1, FLOOD, LARGE);
            assertEquals(FLOOD, flooded.getInt("queued"));
            assertTrue(flooded.getInt("replaced") > 0, flooded.toString());
            proxy.release();
            assertEquals(FLOOD - flooded.getInt("replaced"), upTo(socket, FLOOD).size());
            assertEquals(0, device.count("disconnection"));
        }
    }

    @Test
    void shouldCloseAStalledClientOtherwise() {
        try (Socket socket = open()) {
            proxy.hold();
            assertTrue(flood(socket, "none", 1, FLOOD, LARGE).getInt("queued") < FLOOD);
            device.await("disconnection 1013");
            proxy.release();
        }
    }

    @Test
    void shouldSendTheLastOneOfARateInTheEnd() {
        try (Socket socket = open()) {
            assertEquals(20, flood(socket, "atMost", 1, 20, 1).getInt("queued"));
            assertTrue(upTo(socket, 20).size() <= 3);
        }
    }
}
