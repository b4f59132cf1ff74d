package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import dev.cloudobjects.it.client.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own: updated while people talk, then with logins that end soon. */
class ServerEndPageIT {

    private static final Path SERVER_XML = Path.of("src/main/liberty/config/server.xml");
    private static final double PATIENCE_MS = 90_000;
    private static final String NEXT = "77.0.0";

    @TempDir
    private Path folder;

    @RegisterExtension
    final Visitors visitors = new Visitors(Integer.getInteger("it.bare.http.port"));

    @Test
    void shouldOutliveAnUpdateAndTheEndOfALogin() throws IOException {
        visitors.expectFailingRequests();
        try (ServerProcess server = new ServerProcess(folder, Files.readString(SERVER_XML))) {
            server.deploy(Path.of(System.getProperty("it.war")));
            server.start().ready();
            Visitor ann = visitors.arrives().signsUp("Ann").connects();
            Visitor ben = visitors.arrives().signsUp("Ben").connects();
            String cid = ann.cid();
            ann.says("before the restart");
            assertThat(ben.heard("before the restart")).hasCount(1);

            server.close();
            ann.sees("waiting");
            ben.sees("waiting");
            ann.says("while it was away");
            assertThat(ann.at("#messages .pending")).hasCount(1);
            server.deploy(updated());
            server.with("CLOUDOBJECTS_TOKEN_LIFE", "PT16S")
                    .with("CLOUDOBJECTS_TOKEN_RENEWAL", "PT15S")
                    .start()
                    .ready();

            returned(ann);
            returned(ben);
            assertNotEquals(cid, ann.cid());
            // Whoever is back first is not heard by the other; what comes after both are back is.
            assertThat(ann.said("while it was away")).hasCount(1);
            ben.says("all here again");
            assertThat(ann.heard("all here again")).hasCount(1);
            showsTheNewVersionWithTheNextLoad(ann, server);
            ann.leaves();
            ben.leaves();
            loginsThatEndSoon();
        }
    }

    /** The same application, with a client of another version. */
    private Path updated() throws IOException {
        Path archive = Files.copy(Path.of(System.getProperty("it.war")), folder.resolve("updated.war"));
        try (FileSystem files = FileSystems.newFileSystem(archive)) {
            for (String name : List.of("sdk/index.js", "sdk/package.json")) {
                Path file = files.getPath(name);
                String text = Files.readString(file);
                Files.writeString(file, text.replace('"' + version() + '"', '"' + NEXT + '"'));
            }
        }
        return archive;
    }

    private static String version() throws IOException {
        try (JsonReader reader = Json.createReader(Files.newBufferedReader(Path.of("src/main/webapp/sdk/package.json")))) {
            return reader.readObject().getString("version");
        }
    }

    /** The open page has kept what it had loaded; its browser asks again with the next load, though it has all files. */
    private static void showsTheNewVersionWithTheNextLoad(Visitor visitor, ServerProcess server) throws IOException {
        assertThat(visitor.at(".brand .tag")).hasText(version());
        visitor.page().reload();
        assertThat(visitor.at(".brand .tag")).hasText(NEXT);
        assertEquals(404, server.client().get("/sdk/" + version() + "/index.js").status());
        assertEquals(200, server.client().get("/sdk/" + NEXT + "/index.js").status());
    }

    /** One page renews its login and stays connected beyond it; the other can't, and is led to the login and back. */
    private void loginsThatEndSoon() {
        Visitor renews = visitors.arrives().signsUp("Renée").connects();
        Visitor cannot = visitors.arrives();
        cannot.context().route("**/user/kh/renew", route -> route.abort());
        cannot.signsUp("Carl").connects();
        String cid = renews.cid();

        assertThat(cannot.at("#login-notice"))
                .containsText("Your login has ended", new ContainsTextOptions().setTimeout(PATIENCE_MS));
        cannot.sees("closed");
        cannot.logsIn(cannot.username()).isConnected();

        assertThat(renews.at(".frame[data-direction=in]").filter(new FilterOptions().setHasText("authenticated")).nth(1))
                .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        renews.isConnected();
        assertEquals(cid, renews.cid());
        renews.says("still the same connection");
        assertThat(renews.said("still the same connection")).hasCount(1, new HasCountOptions().setTimeout(PATIENCE_MS));
    }

    private static void returned(Visitor visitor) {
        assertThat(visitor.at("#state")).hasAttribute("data-state", "open", new HasAttributeOptions().setTimeout(PATIENCE_MS));
    }
}
