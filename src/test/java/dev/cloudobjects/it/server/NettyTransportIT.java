package dev.cloudobjects.it.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.protocol.CloseCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the transport that Open Liberty is going to have by default, and that gives no socket away. */
class NettyTransportIT {

    @TempDir
    private Path folder;

    private ServerProcess server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerProcess(folder, Files.readString(Path.of("src/main/liberty/config/server.xml")))
                .with("CLOUDOBJECTS_TRANSPORT", "servlet")
                .option("-Dcom.ibm.ws.beta.edition=true");
        server.deploy(Path.of(System.getProperty("it.war")));
        server.start().ready();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldServeTheFirstClientByTheServersOwnWebSocketAndSaySo() throws IOException {
        assertTrue(server.log().contains("io.openliberty.netty"), "the other transport");
        assertEquals(2, server.log().split("COBJ3024W", -1).length, server.log());
        Socket socket = server.client().connect("template/web-socket/pub.echo");
        assertTrue(socket.object().containsKey("hello"));
        socket.send(Client.json("still", "here"));
        assertEquals("here", socket.object().getString("still"));
        server.close();
        // With this transport the server ends its sockets itself as it begins to stop; on a busy machine it is first.
        assertTrue(Set.of(CloseCode.RESTARTING.value(), CloseCode.ABNORMAL).contains(socket.closed().code()));
        assertTrue(server.quiesced().compareTo(Duration.ofSeconds(5)) < 0, server.log());
    }
}
