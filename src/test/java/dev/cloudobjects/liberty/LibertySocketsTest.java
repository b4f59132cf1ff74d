package dev.cloudobjects.liberty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.http.FakeRequest;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.loop.EventLoops;
import dev.cloudobjects.socket.servlet.FakeWebConnection;
import dev.cloudobjects.socket.servlet.SocketAvailability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With classes that have the methods of Liberty's; that Liberty has them, the tests against the running server show. */
class LibertySocketsTest {

    private final SocketAvailability availability = new SocketAvailability();
    private LibertySockets sockets;
    private SocketChannel client;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        sockets = new LibertySockets(new EventLoops("test-loop", 1), availability);
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listening.getLocalAddress());
            SocketChannel channel = listening.accept();
            channel.configureBlocking(false);
            accepted = channel.socket();
        }
    }

    @AfterEach
    void close() throws IOException {
        sockets.close();
        client.close();
        accepted.close();
    }

    @Test
    void shouldTakeTheSocketAndHaveTheServerLetGoOfTheRequest() throws IOException {
        FakeLiberty connection = new FakeLiberty(accepted);
        ByteSocket socket = sockets.take(connection);
        assertEquals(Map.of("UpgradedListener", "true"), connection.state);
        assertEquals(List.of("request cleared", "buffer null"), connection.log);
        List<@Nullable IOException> ends = new ArrayList<>();
        socket.write(ends::add, ByteBuffer.wrap(new byte[] {7}));
        assertNull(ends.get(0));
        ByteBuffer read = ByteBuffer.allocate(2);
        assertEquals(1, client.read(read));
        assertEquals(7, read.get(0));
    }

    @Test
    void shouldHearWhatTheServerHasReadBehindTheRequest() throws IOException {
        FakeLiberty connection = new FakeLiberty(accepted).early((byte) 1, (byte) 2);
        List<String> heard = new ArrayList<>();
        sockets.take(connection).start(new ByteSocket.Reader() {
            @Override
            public long read(byte[] bytes, int length) {
                heard.add(Arrays.toString(Arrays.copyOf(bytes, length)));
                return 0;
            }

            @Override
            public void ended(@Nullable IOException failure) {
                heard.add("ended");
            }
        });
        assertEquals(List.of("[1, 2]"), heard);
        assertTrue(connection.log.contains("early bytes released"));
    }

    @Test
    void shouldEndTheConnectionOnceAndFromTheTop() throws IOException {
        FakeLiberty connection = new FakeLiberty(accepted);
        ByteSocket socket = sockets.take(connection);
        connection.log.clear();
        socket.close();
        socket.close();
        assertEquals(List.of("ended, to be closed true: the WebSocket connection has ended"), connection.log);
        assertEquals(-1, client.read(ByteBuffer.allocate(1)));
    }

    @Test
    void shouldReachForNoMoreSocketsWhereTheyCanNotBeHad() {
        assertThrows(IOException.class, () -> sockets.take(new FakeWebConnection()));
        assertTrue(availability.isUnavailable());
    }

    @Test
    void shouldNotTakeAClientThatIsGoneForAServerThatGivesNothingAway() throws IOException {
        FakeLiberty withoutSocket = new FakeLiberty(null);
        assertThrows(IOException.class, () -> sockets.take(withoutSocket));
        accepted.close();
        FakeLiberty closed = new FakeLiberty(accepted);
        assertThrows(IOException.class, () -> sockets.take(closed));
        assertFalse(availability.isUnavailable());
        assertEquals(Map.of(), withoutSocket.state);
        assertEquals(Map.of(), closed.state, "the server ends it, as nobody else does");
    }

    @Test
    void shouldLeaveWhatIsEncryptedToTheServer() {
        assertTrue(LibertySockets.encrypted(new FakeRequest().scheme("https").request()));
        assertFalse(LibertySockets.encrypted(new FakeRequest().request()));
    }
}
