package dev.cloudobjects.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.loop.EventLoops;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With classes that have the methods of Liberty's; that Liberty has them, the tests against the running server show. */
class LibertySocketsTest {

    private LibertySockets sockets;
    private SocketChannel client;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        sockets = new LibertySockets(new EventLoops("test-loop", 1), Runnable::run);
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

    public record Circuit(Map<Object, Object> state) {
        public Map<Object, Object> getStateMap() {
            return state;
        }
    }

    public record IoChannel(@Nullable Socket socket) {
        public @Nullable Socket getSocket() {
            return socket;
        }
    }

    public record Link(IoChannel channel) {
        public IoChannel getSocketIOChannel() {
            return channel;
        }
    }

    /** One of Liberty. */
    public static final class Upgraded extends FakeWebConnection {
        private final Circuit circuit = new Circuit(new HashMap<>());
        private final Link link;

        Upgraded(@Nullable Socket socket) {
            link = new Link(new IoChannel(socket));
        }

        public Circuit getVirtualConnection() {
            return circuit;
        }

        public Link getDeviceConnLink() {
            return link;
        }
    }

    @Test
    void shouldTakeTheSocketAndSaySo() throws IOException {
        Upgraded connection = new Upgraded(accepted);
        ByteSocket socket = sockets.take(connection);
        assertEquals(Map.of("UpgradedListener", "true"), connection.circuit.state());
        List<@Nullable IOException> ends = new ArrayList<>();
        socket.write(ends::add, ByteBuffer.wrap(new byte[] {7}));
        assertNull(ends.get(0));
        ByteBuffer read = ByteBuffer.allocate(2);
        assertEquals(1, client.read(read));
        assertEquals(7, read.get(0));
    }

    @Test
    void shouldCloseTheSocketEvenWhereTheServerCanNotBeTold() throws IOException {
        Upgraded connection = new Upgraded(accepted);
        sockets.take(connection).close();
        assertEquals(-1, client.read(ByteBuffer.allocate(1)));
    }

    @Test
    void shouldReachForNoMoreSocketsWhereTheyCanNotBeHad() {
        HttpServletRequest request = new FakeRequest().request();
        assertTrue(sockets.reaches(request));
        assertThrows(IOException.class, () -> sockets.take(new FakeWebConnection()));
        assertFalse(sockets.reaches(request));
    }

    @Test
    void shouldNotTakeAClientThatIsGoneForAServerThatGivesNothingAway() throws IOException {
        Upgraded withoutSocket = new Upgraded(null);
        assertThrows(IOException.class, () -> sockets.take(withoutSocket));
        accepted.close();
        Upgraded closed = new Upgraded(accepted);
        assertThrows(IOException.class, () -> sockets.take(closed));
        assertTrue(sockets.reaches(new FakeRequest().request()));
        assertEquals(Map.of(), withoutSocket.circuit.state());
        assertEquals(Map.of(), closed.circuit.state(), "the server ends it, as nobody else does");
    }

    @Test
    void shouldLeaveWhatIsEncryptedToTheServer() {
        assertFalse(sockets.reaches(new FakeRequest().scheme("https").request()));
    }
}
