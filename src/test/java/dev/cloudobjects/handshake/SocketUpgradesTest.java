package dev.cloudobjects.handshake;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.Settings;
import dev.cloudobjects.http.FakeRequest;
import dev.cloudobjects.link.SocketExecutors;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where no endpoint is known, as in this process. */
class SocketUpgradesTest {

    private final SocketExecutors executors = SocketExecutors.ofThreads(10);

    private SocketUpgrades sockets(String transport) throws IOException {
        return new SocketUpgrades(
                new Settings(name -> Optional.of(transport).filter(any -> name.equals("cloudobjects.transport"))), null, executors);
    }

    @AfterEach
    void close() {
        executors.close();
    }

    @Test
    void shouldServeTheFirstClientByTheContainerAndTestWhereItCameTo() throws IOException {
        SocketUpgrades sockets = sockets("servlet");
        sockets.servedAt("");
        sockets.look();
        assertTrue(sockets.decided(), "nothing is to be waited for");
        try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            HttpServletRequest first = new FakeRequest()
                    .to((InetSocketAddress) listening.getLocalSocketAddress())
                    .request();
            // The container is asked for its own WebSocket, which there is none of.
            assertThrows(UnsupportedOperationException.class, () -> sockets.upgrade(first, null, null));
            try (Socket tested = listening.accept();
                    BufferedReader head = new BufferedReader(
                            new InputStreamReader(tested.getInputStream(), StandardCharsets.US_ASCII))) {
                String path = head.readLine().split(" ")[1];
                assertTrue(path.matches("/ws/[0-9a-f]{32}"), path);
            }
        } finally {
            sockets.close();
        }
    }

    @Test
    void shouldTestNothingForTheOtherTransport() throws IOException {
        SocketUpgrades sockets = sockets("websocket");
        sockets.servedAt("");
        sockets.look();
        assertTrue(sockets.decided());
        assertFalse(sockets.answerSelfTest(new FakeRequest().path("/ws", "/any").request(), null));
        sockets.close();
    }
}
