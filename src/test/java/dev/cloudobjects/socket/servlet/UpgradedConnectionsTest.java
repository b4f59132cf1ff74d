package dev.cloudobjects.socket.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.framing.Frames;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.socket.AcceptedHandshake;
import dev.cloudobjects.socket.SocketListener;
import dev.cloudobjects.socket.SocketListeners;
import dev.cloudobjects.socket.framed.FakeByteSocket;
import dev.cloudobjects.socket.framed.FramedSockets;
import dev.cloudobjects.time.FakeTimeouts;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link UpgradedConnections}, {@link FramedSockets} and {@link SocketListener}: what comes as bytes and what the gateway hears. */
class UpgradedConnectionsTest {

    private static final Map<String, String> SETTINGS =
            Map.of("cloudobjects.message.max-bytes", "100", "cloudobjects.message.max-fragments", "3", "cloudobjects.message.bytes-per-second", "1000");
    private static final int FIN = 0x80;

    private final Bench bench = new Bench();
    private final List<String> heard = new ArrayList<>();
    private final FakeByteSocket socket = new FakeByteSocket();
    private final FakeTimeouts timeouts = new FakeTimeouts();
    private UpgradedConnections connections;
    private Function<Wire, SocketListener> opens;
    private int frameBytes;
    private boolean outOfReach;
    private boolean connectFails;

    private final Gateway gateway = new Gateway() {
        @Override
        public void connect(Session connection, Payload data) {
            if (connectFails) {
                throw new RejectedExecutionException("no thread is left");
            }
            bench.sessions.accept(connection);
        }

        @Override
        public void received(Session connection, Link link, Unread message) {
            heard.add(String.valueOf(((ClientFrame.Message) message.read()).data()));
        }
    };

    @BeforeEach
    void handshake() {
        AcceptedHandshake handshake = new AcceptedHandshake(
                new Session.Route(Bench.PATH, "default", false, "http://here"),
                new Caller(
                        Authentication.ANONYMOUS, null, new Caller.Client(null, null, null, null, null, null, "192.0.2.1")),
                Dialect.PLAIN.codec(Bench.JSON),
                Payload.NULL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Settings settings = new Settings(name -> Optional.ofNullable(SETTINGS.get(name)));
        SocketListeners conversations = new SocketListeners(bench.links, bench.attachments, gateway, settings, bench.clock);
        SocketExecutors executors = new SocketExecutors(bench.sending, bench.disposable, 10);
        connections = new UpgradedConnections(
                connection -> {
                    if (outOfReach) {
                        throw new IOException("out of reach");
                    }
                    return socket;
                },
                new FramedSockets(executors, timeouts));
        opens = wire -> conversations.open(handshake, wire);
        frameBytes = conversations.frameBytes(handshake);
    }

    private void connect() {
        assertTrue(connections.serve(new FakeWebConnection(), frameBytes, opens));
        bench.run();
    }

    private static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(FIN | payload.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private String written() {
        return socket.written.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldConnectWhenItIsOpened() {
        connect();
        assertTrue(written().contains("\"type\":\"connect\""), written());
        assertEquals(1, bench.registry.size());
    }

    @Test
    void shouldReadNoFurtherForAWhileWhenABurstIsUsedUp() {
        connect();
        byte[] frame = frame(FIN | 1, "1".repeat(94));
        for (int i = 0; i < 40; i++) {
            assertEquals(0, socket.paused);
            socket.say(frame);
        }
        socket.say(frame);
        assertTrue(socket.paused > 0, "paused for " + socket.paused);
        bench.run();
        assertEquals(41, heard.size());
    }

    @Test
    void shouldHearTextsAndBytesWholeOrInFragments() {
        connect();
        byte[] half = "漢".getBytes(StandardCharsets.UTF_8);
        socket.say(
                frame(FIN | 1, "1"),
                frame(1, new byte[] {'"', half[0]}),
                frame(0, new byte[] {half[1], half[2]}),
                frame(FIN, "\""),
                frame(FIN | 2, new byte[] {7}));
        assertEquals(List.of("Json[text=1]", "Json[text=\"漢\"]", "Binary[1 bytes]"), heard);
    }

    @Test
    void shouldCloseOnTextThatIsNoUtf8() {
        connect();
        socket.say(frame(FIN | 1, new byte[] {'"', (byte) 0xff, '"'}));
        bench.run();
        assertEnded(1007);
        assertEquals(List.of(), heard);
    }

    @Test
    void shouldCloseOnTooManyFragments() {
        connect();
        socket.say(frame(1, " "), frame(0, " "), frame(0, " "), frame(0, " "));
        bench.run();
        assertEnded(1009);
    }

    @Test
    void shouldCloseOnTooManyBytes() {
        connect();
        socket.say(frame(1, " ".repeat(60)), frame(0, " ".repeat(60)));
        bench.run();
        assertEnded(1009);
    }

    @Test
    void shouldCloseOnABrokenFrameAndHearNoMore() {
        connect();
        socket.say(frame(FIN | 3, "x"), frame(FIN | 1, "1"));
        bench.run();
        assertEnded(1002);
        socket.say(frame(FIN | 1, "2"));
        assertEquals(List.of(), heard);
    }

    @Test
    void shouldCloseOnAFrameThatIsNeverComplete() {
        connect();
        byte[] whole = frame(FIN | 1, "1234567890");
        socket.say(Arrays.copyOf(whole, 8));
        bench.clock.advance(Duration.ofSeconds(9));
        bench.timeouts.run();
        assertEquals(List.of(), bench.ended);
        bench.clock.advance(Duration.ofSeconds(2));
        bench.timeouts.run();
        bench.run();
        assertEnded(1008);
    }

    @Test
    void shouldNotMindAControlFrameThatComesInTwoPieces() {
        connect();
        byte[] pong = frame(FIN | 10, "");
        socket.say(Arrays.copyOf(pong, 1));
        socket.say(Arrays.copyOfRange(pong, 1, pong.length));
        bench.clock.advance(Duration.ofSeconds(11));
        bench.timeouts.run();
        assertEquals(List.of(), bench.ended);
    }

    @Test
    void shouldNotMindAFrameThatTakesItsTime() {
        connect();
        byte[] whole = frame(FIN | 1, "1234567890");
        socket.say(Arrays.copyOf(whole, 8));
        socket.say(Arrays.copyOfRange(whole, 8, whole.length));
        bench.clock.advance(Duration.ofSeconds(11));
        bench.timeouts.run();
        assertEquals(List.of("Json[text=1234567890]"), heard);
        assertEquals(List.of(), bench.ended);
    }

    @Test
    void shouldAnswerPings() {
        connect();
        socket.say(frame(FIN | 9, "hi"));
        bench.run();
        assertTrue(written().endsWith("\u008a\u0002hi"), written());
    }

    @Test
    void shouldCloseAClientThatFloodsItWithPings() {
        connect();
        for (int i = 0; i < 60; i++) {
            socket.say(frame(FIN | 9, ""));
        }
        bench.run();
        assertEnded(1008);
    }

    @Test
    void shouldAnswerTheClientsClose() {
        connect();
        socket.say(frame(FIN | 8, new byte[] {3, (byte) 0xe8, 'o', 'k'}));
        bench.run();
        assertEnded(1000);
        assertTrue(written().endsWith("\u0088\u0002\u0003\u00e8"), written());
        assertEquals(1, socket.closed);
    }

    @Test
    void shouldEndWhenTheClientIsGone() {
        connect();
        Objects.requireNonNull(socket.reader).ended(null);
        bench.run();
        assertEnded(1006);
    }

    @Test
    void shouldEndWhenTheSocketFails() {
        connect();
        Objects.requireNonNull(socket.reader).ended(new IOException("reset"));
        bench.run();
        assertEnded(1006);
        assertTrue(socket.closed > 0);
    }

    @Test
    void shouldSendAwayAtOnceTheClientWhoseSocketIsOutOfReach() {
        outOfReach = true;
        FakeWebConnection connection = new FakeWebConnection();
        assertFalse(connections.serve(connection, frameBytes, wire -> {
            throw new IllegalStateException("there is nothing to talk over");
        }));
        assertArrayEquals(Frames.close(1012, "the server restarts"), connection.written.toByteArray());
        assertEquals(1, connection.closed);
    }

    @Test
    void shouldEndAConnectionWhoseEventFindsNoThread() {
        connectFails = true;
        connect();
        assertEquals(0, bench.registry.size());
        assertEquals(0, bench.sessions.count());
        assertEquals(1, socket.closed);
    }

    @Test
    void shouldCloseAConnectionThatCanNotBeOpened() {
        assertThrows(
                IllegalStateException.class,
                () -> connections.serve(new FakeWebConnection(), frameBytes, wire -> {
                    throw new IllegalStateException("a test has it fail");
                }));
        assertTrue(written().startsWith("\u0088"), written());
        timeouts.timeOut();
        bench.run();
        assertEquals(1, socket.closed);
    }

    @Test
    void shouldHandOverWhatTheContainerUpgraded() {
        List<WebConnection> taken = new ArrayList<>();
        UpgradeHandler upgraded = new UpgradeHandler();
        upgraded.then(taken::add);
        FakeWebConnection connection = new FakeWebConnection();
        upgraded.init(connection);
        upgraded.destroy();
        assertEquals(List.of(connection), taken);
    }

    @Test
    void shouldRefuseToRunWithoutAHandshake() {
        assertThrows(IllegalStateException.class, () -> new UpgradeHandler().init(new FakeWebConnection()));
    }

    private void assertEnded(int code) {
        assertEquals(1, bench.ended.size(), bench.ended.toString());
        assertTrue(bench.ended.get(0).endsWith(" " + code), bench.ended.toString());
        assertEquals(0, bench.registry.size());
        assertEquals(List.of(), bench.directory.list(10));
    }
}
