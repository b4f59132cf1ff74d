package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Limits as they are by default, on a server of this test's own: the one of the other tests is not to stand in their way.
 * This machine is named as a proxy, so that a header says which address a client has.
 */
class LimitsIT {

    private static final boolean FULL = "full".equals(System.getProperty("it.crowd"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DELAYED = "http.refusals.delayed.total";
    private static final String ECHO = "template/web-socket/pub.echo";

    private static ServerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new ServerProcess(folder, Files.readString(Path.of("src/main/liberty/config/server.xml")))
                .with("CLOUDOBJECTS_PROXIES", "127.0.0.1")
                .with("CLOUDOBJECTS_CONNECTIONS_MAX_PER_ADDRESS", "30")
                .with("CLOUDOBJECTS_MESSAGE_TIMEOUT", "PT2S");
        server.deploy(Path.of(System.getProperty("it.war")));
        server.start().ready();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Client from(int address) {
        return server.client().with("X-Forwarded-For", "203.0.113." + address);
    }

    private static Raw ask(Client client) {
        return Raw.ask(server.port(), ECHO, client.headers());
    }

    private static Raw connected(Client client) {
        Raw raw = ask(client);
        assertTrue(raw.answer().isOpen(), raw.answer().toString());
        assertTrue(raw.object().containsKey("vkWebSocket"));
        raw.object();
        return raw;
    }

    private static void assertRefused(Raw.Answer answer) {
        assertEquals(429, answer.status(), answer.toString());
        assertEquals(429, answer.code());
        assertTrue(Integer.parseInt(answer.headers().get("retry-after")) > 0);
    }

    private static void assertRefused(Reply reply) {
        assertEquals(429, reply.status(), reply.text());
        assertEquals(429, reply.code());
        assertTrue(Integer.parseInt(reply.response().headers().firstValue("Retry-After").orElse("0")) > 0);
    }

    /** A client may hear of it a moment before it is counted. */
    private static void awaitMetric(String name, DoublePredicate enough) {
        Awaitility.await(name).atMost(PATIENCE).until(() -> enough.test(server.client().metric(name)));
    }

    private static Reply ticket(Client client) {
        return client.post("/connect", Client.json("url", ECHO).toString());
    }

    // Messages

    @Test
    void shouldDropMessagesThatComeTooFastAndSayWhich() {
        Client client = from(1);
        double before = client.metric("messages.over.rate.total");
        try (Socket socket = client.connectV1(ECHO)) {
            for (int id = 1; id <= 150; id++) {
                socket.sendText("{\"type\":\"message\",\"id\":" + id + ",\"data\":" + id + "}");
            }
            Set<Integer> heard = new HashSet<>();
            Set<Integer> dropped = new HashSet<>();
            while (heard.size() + dropped.size() < 150) {
                JsonObject frame = socket.object();
                if (frame.getString("type").equals("event")) {
                    assertEquals(429, frame.getJsonObject("err").getInt("code"));
                    assertFalse(frame.containsKey("close"));
                    dropped.add(frame.getInt("re"));
                } else if (frame.get("data") instanceof JsonNumber number) {
                    heard.add(number.intValue());
                }
            }
            assertTrue(heard.size() >= 40, heard.size() + " were taken");
            assertTrue(dropped.size() > 0);
            awaitMetric("messages.over.rate.total", count -> count >= before + dropped.size());
        }
    }

    @Test
    void shouldCloseAClientThatGoesOn() {
        Client client = from(2);
        try (Raw raw = connected(client)) {
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            for (int i = 0; i < 5_000; i++) {
                flood.writeBytes(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, '7'});
            }
            raw.bytes(flood.toByteArray());
            assertEquals(1008, raw.closed());
        }
        awaitMetric("messages.abuse.total", count -> count >= 1);
        try (Raw another = connected(client)) {
            assertEquals("1", another.text("1").next().text());
        }
    }

    @Test
    void shouldCloseAClientWhoseMessageIsNeverComplete() {
        try (Raw raw = connected(from(3))) {
            raw.frame(Raw.TEXT, "\"".getBytes(StandardCharsets.US_ASCII));
            assertEquals(1008, raw.closed());
        }
        awaitMetric("messages.unfinished.total", count -> count >= 1);
    }

    @Test
    void shouldCountThoseWhoseMessageIsTooLarge() {
        double before = server.client().metric("messages.too.large.total");
        try (Raw raw = connected(from(4))) {
            raw.frame(Raw.BINARY, new byte[40_000]).frame(0x80, new byte[40_000]);
            assertEquals(1009, raw.closed());
        }
        awaitMetric("messages.too.large.total", count -> count > before);
    }

    // Connections

    @Test
    void shouldRefuseAUserWithTooManyConnections() {
        Client ann = from(5).register();
        List<Raw> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                open.add(connected(ann));
            }
            try (Raw more = ask(ann)) {
                assertRefused(more.answer());
            }
            assertRefused(ticket(ann));
            connected(from(5).register()).close();
            open.remove(0).close();
            Awaitility.await().atMost(PATIENCE).until(() -> ticket(ann).status() == 200);
            connected(ann).close();
            awaitMetric("connections.crowded.out.total", count -> count >= 2);
        } finally {
            open.forEach(Raw::close);
        }
    }

    @Test
    void shouldRefuseAnAddressWithTooManyConnections() {
        List<Raw> open = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                open.add(connected(from(6)));
            }
            try (Raw more = ask(from(6))) {
                assertRefused(more.answer());
            }
            assertRefused(ticket(from(6)));
            connected(from(7)).close();
        } finally {
            open.forEach(Raw::close);
        }
    }

    @Test
    void shouldNotUseUpATicketThatItRefuses() {
        Client ann = from(8).register();
        String address = ticket(ann).ok().text("url").replaceFirst("^.*?/ws/", "");
        List<Raw> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                open.add(connected(ann));
            }
            try (Raw refused = Raw.ask(server.port(), address, Map.of())) {
                assertRefused(refused.answer());
            }
            open.remove(0).close();
            Awaitility.await().atMost(PATIENCE).until(() -> ticket(ann).status() == 200);
            try (Raw taken = Raw.ask(server.port(), address, Map.of())) {
                assertEquals(101, taken.answer().status(), taken.answer().toString());
            }
        } finally {
            open.forEach(Raw::close);
        }
    }

    @Test
    void shouldRefuseAUserWhoConnectsTooOften() {
        Client ann = from(9).register();
        int refused = 0;
        for (int i = 0; i < 2_000 && refused == 0; i++) {
            try (Raw raw = ask(ann)) {
                if (!raw.answer().isOpen()) {
                    assertRefused(raw.answer());
                    // Not for the number of those that are open, which the server hears of with a delay.
                    refused += raw.answer().body().contains("too often") ? 1 : 0;
                }
            }
        }
        assertEquals(1, refused);
        awaitMetric("handshakes.over.rate.total", count -> count >= 1);
        connected(from(9).register()).close();
    }

    // Who does not wait

    @Test
    void shouldRefuseLateWhoComesAgainAtOnce() {
        List<Raw> open = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                open.add(connected(from(10)));
            }
            assertLate(() -> assertRefused(ticket(from(10))));
            assertLate(() -> {
                try (Raw more = ask(from(10))) {
                    assertRefused(more.answer());
                }
            });
            connected(from(11)).close();
        } finally {
            open.forEach(Raw::close);
        }
    }

    /** Has itself refused until that is delayed. */
    private static void assertLate(Runnable refused) {
        double before = server.client().metric(DELAYED);
        long took;
        int times = 0;
        do {
            long start = System.nanoTime();
            refused.run();
            took = System.nanoTime() - start;
            times++;
        } while (server.client().metric(DELAYED) == before && times < 50);
        assertTrue(took >= Duration.ofSeconds(1).toNanos(), times + " refusals, the last in " + took + " ns");
    }

    // What never ends

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /ws/temp",
                "GET /ws/" + ECHO + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
                "POST /connect HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
            })
    void shouldHangUpOnWhoDoesNotFinish(String beginning) {
        try (Raw raw = Raw.begin(server.port(), beginning)) {
            assertTrue(raw.hungUp(PATIENCE).startsWith("HTTP/1.1 408"));
        }
    }

    @Test
    void shouldServeOthersBesideManyWhoDoNotFinish() {
        int many = FULL ? 5_000 : 500;
        List<Raw> unfinished = new ArrayList<>();
        try (Raw other = connected(from(10))) {
            for (int i = 0; i < many; i++) {
                unfinished.add(Raw.begin(server.port(), "GET /ws/" + ECHO + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: web"));
            }
            assertEquals("1", other.text("1").next().text());
            from(10).call(ECHO + ".main").ok();
            unfinished.forEach(raw -> raw.hungUp(PATIENCE));
            assertEquals("2", other.text("2").next().text());
        } finally {
            unfinished.forEach(Raw::close);
        }
    }

    @Test
    void shouldCloseThoseWhoNeverSayWhatTheyWant() {
        Map<String, String> v1 = Map.of("Sec-WebSocket-Protocol", Client.V1, "X-Forwarded-For", "203.0.113.11");
        List<Raw> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(Raw.ask(server.port(), ECHO, v1));
            }
            silent.forEach(raw -> assertEquals(4501, raw.patient(PATIENCE).closed()));
        } finally {
            silent.forEach(Raw::close);
        }
    }
}
