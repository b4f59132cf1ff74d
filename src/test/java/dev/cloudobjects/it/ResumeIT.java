package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.FaultProxy;
import dev.cloudobjects.it.client.FaultProxy.Direction;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.it.client.Socket.Incoming;
import dev.cloudobjects.protocol.CloseCode;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients whose network breaks, at a real server: nothing is missed, nothing comes twice, and nobody else gets it. */
class ResumeIT extends FromOutside {

    private static final String LIFE = "it/pub.life";
    private static final int AT_ONCE = 50;
    private static final int ROUNDS = Integer.getInteger("it.resume.rounds", 100);

    private final Device device = Device.ofNobody();
    private final FaultProxy proxy = new FaultProxy(Integer.getInteger("it.http.port"));

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    /** A session, as its client knows it. */
    private record Known(String cid, String secret) {

        static Known of(JsonObject connected) {
            return new Known(
                    connected.getString("cid"), connected.getJsonObject("resume").getString("secret"));
        }

        JsonObject wish(int received) {
            return connect(Client.json("cid", cid, "secret", secret, "received", received));
        }
    }

    private static JsonObject connect(JsonValue resume) {
        return Client.json("type", "connect", "resume", resume);
    }

    private URI ticket() {
        return device.client().ticket("url", LIFE, "protocol", Client.V1);
    }

    /** A socket that has sent this connect frame. */
    private Socket open(JsonObject connect) {
        return device.client().open(ticket(), Client.V1).send(connect);
    }

    private Socket throughProxy(JsonObject connect) {
        return device.client().open(proxy.through(ticket()), Client.V1).send(connect);
    }

    private static JsonObject say(int id) {
        return Client.json("type", "message", "id", id, "data", Client.json("say", id));
    }

    private void send(Known session, int number) {
        Client.anonymous()
                .call("it/pub.managed.send", "to", Client.json("cid", List.of(session.cid())), "data", number)
                .ok();
    }

    private static JsonObject recovered(JsonObject connected) {
        assertTrue(connected.getBoolean("recovered", false), connected.toString());
        return connected;
    }

    private static void assertReceives(Socket socket, int first, int last) {
        for (int i = first; i <= last; i++) {
            assertEquals(Json.createValue(i), socket.data());
        }
    }

    private void awaitAway(Known session) {
        // A session whose socket is gone is still there; the disconnection event has not run.
        assertTrue(Client.anonymous()
                .call("it/pub.managed.alive", "cid", List.of(session.cid()))
                .ok()
                .json()
                .getBoolean("alive"));
        assertEquals(0, device.count("disconnection"));
    }

    @Test
    void shouldDeliverOnceAndInOrderWhatWasSentWhileTheClientWasAway() {
        Known session;
        try (Socket first = open(connect(JsonValue.TRUE))) {
            session = Known.of(first.object());
            send(session, 1);
            send(session, 2);
            assertReceives(first, 1, 2);
            first.kill();
        }
        awaitAway(session);
        IntStream.rangeClosed(3, 102).forEach(number -> send(session, number));
        try (Socket second = open(session.wish(2))) {
            assertEquals(session.cid(), recovered(second.object()).getString("cid"));
            send(session, 103);
            assertReceives(second, 3, 103);
            assertEquals(1, device.count("connection"));
            assertEquals(1, device.rows(LIFE));
            second.leave();
        }
        device.await("disconnection 1000");
        assertEquals(1, device.count("disconnection"));
        assertEquals(0, device.rows(LIFE));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void shouldTakeTheSessionOverWhereOneWayIsLost(Direction way) {
        try (Socket first = throughProxy(connect(JsonValue.TRUE))) {
            Known session = Known.of(first.object());
            first.send(say(1));
            assertReceives(first, 1, 1);
            assertEquals("ack", first.object().getString("type"));
            proxy.lose(way);
            first.send(say(2));
            send(session, 3);
            proxy.heal();
            // 2 was handled if it could arrive; its answers were lost, or it was.
            if (way == Direction.TO_CLIENT) {
                Awaitility.await().until(() -> device.count("message") == 2);
            }
            try (Socket second = open(session.wish(2))) {
                JsonObject connected = recovered(second.object());
                int has = connected.getInt("received");
                assertEquals(way == Direction.TO_CLIENT ? 2 : 1, has);
                if (has == 1) {
                    second.send(say(2));
                }
                List<Integer> got = new ArrayList<>();
                int acks = 0;
                while (got.size() < 2 || acks < 1) {
                    JsonObject frame = second.object();
                    if (frame.getString("type").equals("ack")) {
                        assertEquals(2, frame.getInt("id"));
                        acks++;
                    } else {
                        got.add(((JsonNumber) frame.get("data")).intValue());
                    }
                }
                assertEquals(List.of(2, 3), got.stream().sorted().toList());
                assertEquals(2, device.count("message"));
                assertEquals(0, device.count("disconnection"));
            }
        }
    }

    @Test
    void shouldResumeThroughANetworkThatDelaysAndDrips() {
        proxy.delay(Duration.ofMillis(20));
        proxy.drip(true);
        Known session;
        try (Socket first = throughProxy(connect(JsonValue.TRUE))) {
            session = Known.of(first.object());
            proxy.hold();
            IntStream.rangeClosed(1, 20).forEach(number -> send(session, number));
            proxy.reset();
            proxy.release();
        }
        try (Socket second = throughProxy(session.wish(0))) {
            recovered(second.object());
            assertReceives(second, 1, 20);
        }
    }

    @Test
    void shouldGiveASessionToOneOfManyWhoResumeItAtOnce() throws Exception {
        try (Socket first = open(connect(JsonValue.TRUE))) {
            Known session = Known.of(first.object());
            List<Socket> sockets = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> device.client().open(ticket(), Client.V1))
                    .toList();
            ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
            List<Future<Incoming.Closed>> ends = sockets.stream()
                    .map(socket -> clients.submit(() -> socket.send(session.wish(0)).closed()))
                    .toList();
            Awaitility.await().until(() -> ends.stream().filter(Future::isDone).count() == AT_ONCE - 1);
            for (Future<Incoming.Closed> end : ends) {
                assertTrue(!end.isDone() || end.get().code() == CloseCode.REPLACED.value(), "replaced");
            }
            assertEquals(1, device.rows(LIFE));
            assertEquals(1, device.connections(LIFE));
            assertEquals(0, device.count("disconnection"));
            sockets.forEach(Socket::close);
            device.await("disconnection 1000");
            clients.shutdown();
        }
    }

    @Test
    void shouldLoseNothingWhereAReturnRacesTheEndOfTheOldSocket() {
        Socket socket = open(connect(JsonValue.TRUE));
        Known session = Known.of(socket.object());
        for (int round = 1; round <= ROUNDS; round++) {
            Socket before = socket;
            socket = device.client().open(ticket(), Client.V1);
            CompletableFuture<Void> end = CompletableFuture.runAsync(before::kill);
            send(session, round);
            socket.send(session.wish(round - 1));
            recovered(socket.object());
            assertReceives(socket, round, round);
            end.join();
        }
        assertEquals(1, device.rows(LIFE));
        assertEquals(0, device.count("disconnection"));
        socket.leave();
        device.await("disconnection 1000");
    }

    @Test
    void shouldConnectAnewWhoeverHasNotTheSecret() {
        try (Socket first = open(connect(JsonValue.TRUE));
                Socket other = open(connect(JsonValue.TRUE))) {
            Known session = Known.of(first.object());
            Known another = Known.of(other.object());
            try (Socket thief = open(new Known(session.cid(), another.secret()).wish(0))) {
                JsonObject connected = thief.object();
                assertFalse(connected.getBoolean("recovered", true), connected.toString());
                assertEquals("expired", connected.getString("reason"));
                assertNotEquals(session.cid(), connected.getString("cid"));
            }
            send(session, 1);
            assertReceives(first, 1, 1);
        }
    }

    @Test
    void shouldTellAClientThatWasLoggedOutWhileItWasAway() {
        Known session;
        try (Socket first = open(connect(JsonValue.TRUE))) {
            session = Known.of(first.object());
            first.kill();
        }
        Client.anonymous()
                .call(
                        "it/pub.managed.forceLogout",
                        "to", Client.json("cid", List.of(session.cid())),
                        "data", Client.json("msg", "away"))
                .ok();
        device.await("disconnection 4002");
        try (Socket second = open(session.wish(0))) {
            assertEquals("away", second.event("forceLogout").getJsonObject("data").getString("msg"));
            assertEquals(CloseCode.FORCE_LOGOUT.value(), second.closed().code());
        }
        assertEquals(1, device.count("disconnection"));
    }

    @Test
    void shouldSayThatTooMuchWasMissed() {
        Known session;
        try (Socket first = open(connect(JsonValue.TRUE))) {
            session = Known.of(first.object());
            first.kill();
        }
        IntStream.rangeClosed(1, 301).forEach(number -> send(session, number));
        try (Socket second = open(session.wish(0))) {
            JsonObject connected = second.object();
            assertFalse(connected.getBoolean("recovered", true), connected.toString());
            assertEquals("incomplete", connected.getString("reason"));
            device.await("disconnection 1006");
            assertEquals(2, device.count("connection"));
        }
    }
}
