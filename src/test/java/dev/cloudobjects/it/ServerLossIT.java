package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.it.client.Socket;
import dev.cloudobjects.it.client.Socket.Incoming;
import dev.cloudobjects.it.objects.ServerState;
import dev.cloudobjects.protocol.CloseCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlives the server's process, and what outlives the application in it. */
class ServerLossIT {

    private static final String OBJECT = "it/pub.life";
    private static final int CONNECTIONS = 3;

    @TempDir
    private Path folder;

    private ServerProcess server;
    private List<Socket> sockets;
    private Client ann;

    @BeforeEach
    void startWithConnections() throws IOException {
        server = new ServerProcess(folder, Files.readString(Path.of("src/main/liberty/config/server.xml")));
        server.deploy(application("first"));
        Client client = server.start().ready().client();
        sockets = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            sockets.add(client.connect(OBJECT));
        }
        assertEquals(CONNECTIONS, rows());
        // The account is written to the disk before it is answered, and so are the rows that were there before it.
        ann = client.register();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void shouldKeepAccountsAndNoRowsWhenItIsKilled() throws IOException {
        server.kill();
        for (Socket socket : sockets) {
            assertTrue(mayReturn(socket.closed()));
        }
        server.start().ready();
        assertEquals(0, rows());
        assertTrue(server.log().contains("COBJ4005I: " + CONNECTIONS + " rows"), server.log());
        assertKnown();
    }

    @Test
    void shouldKeepAccountsAndNoRowsWhenAnotherApplicationTakesItsPlace() throws IOException {
        server.deploy(application("next"));
        for (Socket socket : sockets) {
            assertTrue(mayReturn(socket.closed()));
        }
        Awaitility.await("the next application")
                .atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> server.client().get("/name.txt").text().equals("next"));
        server.ready();
        // The server says that it is ready a moment before its container has bound the last of the next application.
        int answered = Awaitility.await("the next application to answer calls")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(this::rows, any -> true);
        assertEquals(0, answered);
        assertKnown();
    }

    /** By password and by the token of before; and whoever comes back is served. */
    private void assertKnown() {
        server.client().login(ann.username());
        assertEquals(ann.uid(), ann.call("it/pub.caller.who").ok().text("caller"));
        try (Socket socket = ann.connect(OBJECT)) {
            socket.send(Client.json("say", Client.json("still", "here")));
            assertEquals("here", socket.object().getString("still"));
            assertEquals(1, rows());
        }
    }

    private int rows() {
        return server.client().call("it/pub.state.connections").ok().json().getInt("rows");
    }

    private static boolean mayReturn(Incoming.Closed closed) {
        return CloseCode.find(closed.code()).map(CloseCode::mayReconnect).orElse(closed.code() == 1006);
    }

    private Path application(String name) {
        Path file = folder.resolve(name + ".war");
        ShrinkWrap.create(ZipImporter.class)
                .importFrom(new File(System.getProperty("it.war")))
                .as(WebArchive.class)
                .addPackage(ServerState.class.getPackage())
                .addAsWebResource(new StringAsset(name), "name.txt")
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        return file;
    }
}
