package dev.cloudobjects.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Database and keys belong together: the one without the other is a loss, and no first start. */
class DataFolderTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "database {0}, keys {1}, first start {2}, outside database {3}: refused {4}")
    @CsvSource({
        "false, false, false, false, false",
        "true, true, false, false, false",
        "false, true, false, false, true",
        "true, false, false, false, true",
        "false, true, true, false, false",
        "true, false, true, false, false",
        "false, true, false, true, false",
    })
    void shouldRefuseOneHalfOfAnEarlierStart(
            boolean database, boolean keys, boolean first, boolean outside, boolean refused) throws Exception {
        if (database) {
            make(DataFolder.database(folder).resolve(DataFolder.DATABASE_FILE));
        }
        if (keys) {
            make(folder.resolve("keys/token.key"));
        }
        Path mark = folder.resolve(DataFolder.FIRST_START);
        if (first) {
            make(mark);
        }
        Settings settings = settings(outside ? "mongodb://127.0.0.1" : "");
        if (refused) {
            IllegalStateException told = assertThrows(IllegalStateException.class, () -> DataFolder.of(settings));
            assertTrue(told.getMessage().contains(folder.resolve("keys").toString()), told.getMessage());
            assertTrue(told.getMessage().contains(DataFolder.DATABASE_FILE), told.getMessage());
            assertTrue(told.getMessage().contains("create the file " + mark), told.getMessage());
            assertFalse(Files.exists(mark), "the next start would be taken for the first");
        } else {
            DataFolder.of(settings).started();
            assertFalse(Files.exists(mark), "the next start would be taken for the first");
        }
    }

    @Test
    void shouldTakeAStartThatWasBrokenOffForTheFirstOne() throws Exception {
        Settings settings = settings("");
        DataFolder.of(settings);
        make(folder.resolve("keys/token.key"));
        DataFolder again = DataFolder.of(settings);
        make(DataFolder.database(folder).resolve(DataFolder.DATABASE_FILE));
        again.started();
        assertEquals(folder.resolve("keys"), DataFolder.of(settings).keys());
        Files.delete(folder.resolve("keys/token.key"));
        assertThrows(IllegalStateException.class, () -> DataFolder.of(settings));
    }

    private Settings settings(String uri) {
        Map<String, String> values =
                Map.of(Keys.DATA_DIR.name(), folder.toString(), Keys.MONGODB_URI.name(), uri);
        return new Settings(name -> Optional.ofNullable(values.get(name)));
    }

    private static void make(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }
}
