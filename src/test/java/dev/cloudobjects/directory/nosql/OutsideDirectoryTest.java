package dev.cloudobjects.directory.nosql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.directory.ConnectionDirectoryContract;
import dev.cloudobjects.storage.OpenDatabase;
import dev.cloudobjects.storage.OutsideDatabase;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of connections in a database that is reached by its address. */
class OutsideDirectoryTest extends ConnectionDirectoryContract {

    private static OutsideDatabase outside;
    private static OpenDatabase database;
    private NosqlDirectory directory;

    @BeforeAll
    static void open() {
        outside = new OutsideDatabase();
        database = outside.open(new DirectorySchema());
    }

    @AfterAll
    static void close() {
        database.close();
        outside.close();
    }

    @Override
    protected ConnectionDirectory empty() {
        database.documents(WsConnection.COLLECTION).deleteMany(new Document());
        directory = new NosqlDirectory(database, Thread::new);
        return directory;
    }

    @AfterEach
    void closeDirectory() {
        directory.close();
    }

    @Test
    void shouldHaveItsIndexes() {
        assertEquals(Set.copyOf(new DirectorySchema().indexes()), outside.indexes(WsConnection.COLLECTION));
    }
}
