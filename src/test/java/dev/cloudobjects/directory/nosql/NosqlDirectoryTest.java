package dev.cloudobjects.directory.nosql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.directory.ConnectionRow;
import dev.cloudobjects.storage.NosqlDatabase;
import dev.cloudobjects.storage.TestDatabases;
import java.nio.file.Path;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NosqlDirectoryTest extends NosqlDirectoryContract {

    @TempDir
    static Path folder;

    private static NosqlDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(folder, new DirectorySchema());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    NosqlDatabase database() {
        return database;
    }

    @Test
    void shouldStoreTheFieldsOfVk() {
        directory.added(new ConnectionRow("c1", 5, "a/b", "main", "u1", "d1", "app", 9L, "n1", 7));
        assertTrue(directory.flush());
        Document row = database.documents(WsConnection.COLLECTION).first(new Document()).orElseThrow();
        assertEquals(
                Set.of("_id", "_add_time", "url", "channel", "user_id", "device_id", "appid", "away_since", "node_id", "node_epoch"),
                row.keySet());
        assertEquals("c1", row.get("_id"));
        assertEquals(5L, ((Number) row.get("_add_time")).longValue());
        assertEquals(9L, ((Number) row.get("away_since")).longValue());
    }

    @Test
    void shouldWriteWhatWaitsWhenItIsClosed() {
        for (int i = 0; i < 2_000; i++) {
            directory.added(new ConnectionRow("c" + i, 1, "a", "default", null, null, null, null, "n1", 1));
        }
        directory.close();
        assertEquals(2_000, directory.list(3_000).size());
    }
}
