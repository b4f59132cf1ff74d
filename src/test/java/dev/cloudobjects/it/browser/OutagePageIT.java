package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.ServerProcess;
import dev.cloudobjects.it.client.Socket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The network of the page is cut while others send: the page misses nothing, or says that it may have. */
class OutagePageIT {

    private static final Path SERVER_XML = Path.of("src/main/liberty/config/server.xml");
    private static final String CHAT = "template/web-socket/web-socket";
    private static final int MESSAGES = 100;
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @RegisterExtension
    final Visitors visitors = new Visitors(Integer.getInteger("it.bare.http.port"));

    private final String word = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void shouldShowOnceAndInOrderWhatWasSentDuringAnOutage() throws Exception {
        visitors.expectFailingRequests();
        try (ServerProcess server = server("PT1M");
                Socket other = server.client().register().connectV1(CHAT)) {
            Visitor ann = visitors.arrives().signsUp("Ann").connects();
            String cid = ann.cid();
            ann.context().setOffline(true);
            ann.sees("waiting");
            sendSlowly(other);
            ann.context().setOffline(false);
            ann.isConnected();
            assertThat(ann.at("#state-return")).hasText("Back, nothing was missed");
            assertEquals(cid, ann.cid());
            assertThat(ann.heard(word)).hasCount(MESSAGES);
            List<String> expected = IntStream.rangeClosed(1, MESSAGES).mapToObj(this::text).toList();
            assertEquals(
                    expected,
                    ann.heard(word).locator(".bubble").allTextContents().stream()
                            .map(shown -> shown.substring(shown.indexOf(word)).strip())
                            .toList());
        }
    }

    @Test
    void shouldSayThatItMayHaveMissedSomethingInALongerOutage() throws IOException {
        visitors.expectFailingRequests();
        try (ServerProcess server = server("PT2S")) {
            Client client = server.client();
            Visitor ann = visitors.arrives().signsUp("Ann").connects();
            String cid = ann.cid();
            ann.context().setOffline(true);
            ann.sees("waiting");
            Awaitility.await("the end of the session")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> client.metric("connections.ended.total") == 1);
            ann.context().setOffline(false);
            ann.isConnected();
            assertThat(ann.at("#state-return"))
                    .hasText("Back, messages may have been missed (the session has ended)");
            assertNotEquals(cid, ann.cid());
        }
    }

    private ServerProcess server(String window) throws IOException {
        ServerProcess server = new ServerProcess(folder, Files.readString(SERVER_XML));
        server.deploy(Path.of(System.getProperty("it.war")));
        return server.with("CLOUDOBJECTS_RESUME_WINDOW", window).start().ready();
    }

    private String text(int number) {
        return word + " number " + number;
    }

    /** Sends the messages, spread over the outage, and waits until all are handled. */
    private void sendSlowly(Socket socket) throws InterruptedException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        for (int i = 1; i <= MESSAGES; i++) {
            int id = i;
            clock.schedule(
                    () -> socket.send(Client.json(
                            "type", "message", "id", id, "data", Client.json("groupId", "001", "content", text(id)))),
                    OUTAGE.toMillis() * i / MESSAGES,
                    TimeUnit.MILLISECONDS);
        }
        clock.shutdown();
        if (!clock.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new AssertionError("not all was sent");
        }
        int acks = 0;
        while (acks < MESSAGES) {
            acks += socket.object().getString("type").equals("ack") ? 1 : 0;
        }
    }
}
