package dev.cloudobjects.directory.nosql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.storage.ExternalDatabase;
import dev.cloudobjects.storage.NosqlDatabase;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of connections in a database that is reached by its address. */
class NosqlDirectoryByAddressTest extends NosqlDirectoryContract {

    private static ExternalDatabase outside;
    private static NosqlDatabase database;

    @BeforeAll
    static void open() {
        outside = new ExternalDatabase();
        database = outside.open(new DirectorySchema());
    }

    @AfterAll
    static void close() {
        database.close();
        outside.close();
    }

    @Override
    NosqlDatabase database() {
        return database;
    }

    @Test
    void shouldHaveItsIndexes() {
        assertEquals(Set.copyOf(new DirectorySchema().indexes()), outside.indexes(WsConnection.COLLECTION));
    }
}
