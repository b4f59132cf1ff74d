package dev.cloudobjects.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.log.LogLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault 6: the disk is full under the embedded database for a while. By a file system of H2 that says so, since a small
 * one of the system needs rights that a test has not.
 */
class FullDiskTest {

    @TempDir
    Path folder;

    private final Set<String> acknowledged = new TreeSet<>();

    @BeforeEach
    void start() {
        FaultyFiles.start();
    }

    /** The room that is left, so that the write which fails breaks off at several places. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 5000, 20_000})
    void shouldReadOnRefuseChangesAndLoseNothing(int room) {
        try (LogLines log = new LogLines();
                NosqlDatabase database = open(FaultyFiles.LAYER)) {
            for (int i = 0; i < 20; i++) {
                assertTrue(write(database, "before" + i, false));
            }
            assertTrue(database.ping());

            FaultyFiles.room(room);
            for (int i = 0; i < 2000 && write(database, "quick" + i, true) && write(database, "full" + i, false); i++) {
                // Until the first that is refused.
            }
            Awaitility.await().until(() -> !database.ping());
            Awaitility.await().until(() -> readable(database));
            assertAllThere(database);
            assertFalse(write(database, "refused", false));
            assertFalse(write(database, "refused too", true));
            assertFalse(database.ping());

            FaultyFiles.start();
            Awaitility.await().until(database::ping);
            assertAllThere(database);
            assertTrue(write(database, "after", false));
            assertEquals(1, log.lines().stream().filter(line -> line.startsWith("COBJ4008E")).count(), log.lines().toString());
            assertEquals(1, log.lines().stream().filter(line -> line.startsWith("COBJ4009I")).count(), log.lines().toString());
        }
        try (NosqlDatabase again = open("")) {
            assertAllThere(again);
            assertTrue(again.documents("notes").first(Filters.eq("_id", "refused")).isEmpty());
            assertTrue(again.ping());
        }
    }

    private NosqlDatabase open(String layer) {
        return NosqlDatabase.open(
                TestDatabases.settings(Map.of(Keys.DATA_DIR.name(), folder.toString())),
                List.of(Note.SCHEMA),
                layer,
                System::nanoTime);
    }

    private boolean write(NosqlDatabase database, String id, boolean unjournaled) {
        Document row = new Document("_id", id).append("title", id).append("author", "x".repeat(500));
        try {
            Documents notes = database.documents("notes");
            (unjournaled ? notes.unjournaled() : notes).write(List.of(row), List.of(), List.of());
            acknowledged.add(id);
            return true;
        } catch (CloudObjectException e) {
            assertEquals(Code.UNAVAILABLE.value(), e.code());
            return false;
        }
    }

    private static boolean readable(NosqlDatabase database) {
        try {
            return database.documents("notes").first(Filters.eq("_id", "before0")).isPresent();
        } catch (CloudObjectException e) {
            return false;
        }
    }

    private void assertAllThere(NosqlDatabase database) {
        Set<String> found = new TreeSet<>();
        database.documents("notes")
                .page(Filters.in("_id", acknowledged), "_id", 0, 10_000)
                .forEach(row -> found.add(row.getString("_id")));
        assertEquals(acknowledged, found);
    }
}
