package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/coming-from-vk.md} that install the SDK, as users type them, but without the network. */
class SdkInstallTest {

    private static final Pattern COMMAND = Pattern.compile("^npm (pack|install) [^#\\n]*", Pattern.MULTILINE);
    /** The packages that the build has unpacked for the tests. */
    private static final Path NOBLE = Path.of("target/js/node_modules").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void shouldInstallTheTarballBesideWhatEncryptsAsTheGuideSays() throws IOException {
        Npm.require("the installation of the SDK");
        Path app = Files.createDirectory(folder.resolve("my-app"));
        Files.writeString(app.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
        List<String> commands = COMMAND.matcher(Files.readString(Path.of("docs/coming-from-vk.md")))
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(2, commands.size(), commands::toString);

        run(Path.of(""), commands.get(0).strip().replace("../my-app", app.toString()));
        String install = commands.get(1).strip().replace("@noble/", NOBLE.resolve("@noble") + "/");
        assertFalse(install.contains("--"), "a user needs no flags");
        String said = run(app, install + " --offline --no-audit --no-fund --loglevel=warn");
        assertFalse(said.contains("EBADENGINE"), said);

        Path script = app.resolve("main.js");
        Files.writeString(
                script,
                """
                import { createVk } from "@cloud-objects/sdk";
                import { nobleEncryption } from "@cloud-objects/sdk/encryption-noble";
                const vk = createVk({ baseUrl: "https://chat.example/", encryption: nobleEncryption() });
                console.log(typeof vk.connectWebSocket);
                """);
        Node.Outcome outcome = Node.run(Map.of(), List.of(script.toString()));
        assertEquals("function\n", outcome.out(), outcome.err());
    }

    private static String run(Path folder, String command) {
        Node.Outcome outcome = Npm.run(folder.toAbsolutePath(), Map.of(), List.of(command.split(" +")));
        String said = outcome.out() + outcome.err();
        assertTrue(outcome.exit() == 0, () -> command + ": " + said);
        return said;
    }
}
