package dev.cloudobjects.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The types of the SDK: consistent in strict mode, usable from outside, and shipped as they are. */
class SdkTypesTest {

    private static final Path SDK = Path.of("src/main/webapp/sdk").toAbsolutePath();
    private static final Path GENERATED = Path.of("target/js/declarations");
    /** Written by hand; the others are generated. */
    private static final Set<String> BY_HAND = Set.of("types.d.ts", "internal.d.ts");

    @Test
    void shouldHaveNoErrorInTheSdk() throws IOException {
        assertClean(Node.tsc("tsconfig.sdk.json"));
        String seen = Node.tsc("tsconfig.sdk.json", "--listFilesOnly").out();
        for (Path module : find(".js")) {
            assertTrue(seen.contains("/sdk/" + name(module)), () -> module + " is not checked");
        }
    }

    @Test
    void shouldHaveNoErrorInItsTestsAndInTheSampleOfItsUse() {
        assertClean(Node.tsc("tsconfig.json"));
    }

    /** With {@code -Dsdk.types.write} it writes them instead. */
    @Test
    void shouldShipWhatTheModulesDeclare() throws IOException {
        assertClean(Node.tsc("tsconfig.declarations.json"));
        List<Path> shipped = find(".d.ts");
        assertTrue(shipped.size() > 1);
        for (Path file : shipped) {
            if (!BY_HAND.contains(name(file))) {
                String generated = Files.readString(GENERATED.resolve(name(file)));
                if (Boolean.getBoolean("sdk.types.write")) {
                    Files.writeString(file, generated);
                }
                assertEquals(generated, Files.readString(file), () -> name(file) + ": see CONTRIBUTING.md");
            }
        }
    }

    private static void assertClean(Node.Outcome outcome) {
        assertEquals("", outcome.out() + outcome.err());
        assertEquals(0, outcome.exit());
    }

    private static List<Path> find(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(SDK)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
            assertFalse(found.isEmpty());
            return found;
        }
    }

    private static String name(Path file) {
        return SDK.relativize(file).toString().replace('\\', '/');
    }
}
