package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Raw;
import dev.cloudobjects.it.client.Raw.Answer;
import dev.cloudobjects.it.client.Raw.Frame;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.protocol.CloseCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What settings do that the server of the other tests has no use for. */
class ConfiguredServerIT {

    private static final String ECHO = "template/web-socket/pub.echo";
    private static final String CALL = "/http/router/" + ECHO + ".main";
    private static final String LISTED = "https://app.example";
    private static final String OTHER = "https://app.example:8443";

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerProcess(folder, Files.readString(Path.of("src/main/liberty/config/server.xml")))
                .with("CLOUDOBJECTS_ORIGINS", LISTED)
                .with("CLOUDOBJECTS_PING_INTERVAL", "PT1S")
                .with("CLOUDOBJECTS_PING_TIMEOUT", "PT1S");
        server.deploy(Path.of(System.getProperty("it.war")));
        server.start().ready();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldPingWhoIsSilentAndCloseWhoDoesNotAnswer() {
        try (Raw answering = connect();
                Raw silent = connect()) {
            for (int pings = 0; pings < 4; pings++) {
                Frame ping = answering.next();
                assertEquals(Raw.PING, ping.opcode());
                answering.pong(ping);
            }
            assertEquals(Raw.PING, silent.next().opcode());
            assertEquals(CloseCode.HEARTBEAT_MISSED.value(), silent.closed());
            answering.text("{\"still\":\"here\"}");
            Frame next = answering.next();
            while (next.opcode() == Raw.PING) {
                next = answering.pong(next).next();
            }
            assertEquals("{\"still\":\"here\"}", next.text());
        }
    }

    private static Raw connect() {
        Raw raw = Raw.ask(server.port(), ECHO, Map.of());
        assertTrue(raw.answer().isOpen(), raw.answer().toString());
        raw.object();
        raw.object();
        return raw;
    }

    @Test
    void shouldBoundWhatOneAddressWritesIntoTheLog() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Raw call = Raw.post(server.port(), "/http/router/nothing.here", Map.of(), "{}");
                    Raw handshake = Raw.ask(server.port(), "nothing", Map.of())) {
                assertEquals(404, call.answer().status());
                assertEquals(404, handshake.answer().status());
            }
        }
        long lines = server.log()
                .lines()
                .filter(line -> line.contains("COBJ2010I") || line.contains("COBJ3004I"))
                .count();
        // A minute may have passed meanwhile.
        assertTrue(lines >= 20 && lines <= 120, lines + " lines");
    }

    @Test
    void shouldLetAListedPageCallAndConnect() {
        Answer preflight = preflight(LISTED, CALL);
        assertEquals(204, preflight.status());
        assertEquals("POST", preflight.headers().get("access-control-allow-methods"));
        assertTrue(preflight.headers().get("access-control-allow-headers").contains("Authorization"));
        for (Answer answer : answers(LISTED)) {
            assertTrue(answer.status() == 200 || answer.isOpen(), answer.toString());
        }
        for (Answer answer : new Answer[] {preflight, answers(LISTED)[0], answers(LISTED)[1], answers(LISTED)[2]}) {
            assertEquals(LISTED, answer.headers().get("access-control-allow-origin"), answer.toString());
            assertEquals("Origin", answer.headers().get("vary"));
            assertNull(answer.headers().get("access-control-allow-credentials"));
        }
    }

    @Test
    void shouldRefuseAnotherPortOfAListedHost() {
        assertEquals(403, preflight(OTHER, CALL).status());
        for (Answer answer : answers(OTHER)) {
            assertEquals(403, answer.status(), answer.toString());
            assertNull(answer.headers().get("access-control-allow-origin"));
        }
    }

    private static Answer preflight(String origin, String path) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Origin", origin));
        headers.put("Access-Control-Request-Method", "POST");
        try (Raw raw = Raw.exchange(server.port(), "OPTIONS " + path, headers)) {
            return raw.answer();
        }
    }

    /** What a page gets on every way: a call, a ticket, a handshake. */
    private static Answer[] answers(String origin) {
        Map<String, String> headers = Map.of("Origin", origin);
        try (Raw call = Raw.post(server.port(), CALL, headers, "{}");
                Raw ticket = Raw.post(server.port(), "/connect", headers, "{\"url\":\"" + ECHO + "\"}");
                Raw handshake = Raw.ask(server.port(), ECHO, headers)) {
            return new Answer[] {call.answer(), ticket.answer(), handshake.answer()};
        }
    }
}
