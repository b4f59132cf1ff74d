package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Reply;
import dev.cloudobjects.it.client.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accounts of the demo, on a server whose demo is switched off later: they are no back door. */
class DemoAccountsIT {

    @TempDir
    private Path folder;

    private static Reply login(Client client) {
        return client.call("user/pub/login", "username", "test1", "password", "123456");
    }

    @Test
    void shouldBeThereWithTheDemoAndOfNoUseWithoutIt() throws IOException {
        String xml = Files.readString(Path.of("src/main/liberty/config/server.xml"));
        ServerProcess server = new ServerProcess(folder, xml);
        server.deploy(Path.of(System.getProperty("it.war")));
        String token;
        try (ServerProcess on = server.start().ready()) {
            token = login(on.client()).ok().text("token");
            on.client().withToken(token).call("template/web-socket/web-socket.test").ok();
            on.client().call("user/pub/login", "username", "test2", "password", "123456").ok();
            assertTrue(on.log().contains("COBJ5010W: account test1"), on.log());
        }
        try (ServerProcess off = server.with("CLOUDOBJECTS_DEMO", "false").start().ready()) {
            assertEquals(10001, login(off.client()).code());
            assertEquals(10001, off.client().withToken(token).call("user/kh/renew").code());
            assertEquals(10101, off.client().call("user/pub/register", "username", "test1", "password", "123456").code());
            assertTrue(off.log().contains("COBJ5012I: account test1"), off.log());
            assertTrue(off.client().register().token().length() > 20);
        }
    }
}
