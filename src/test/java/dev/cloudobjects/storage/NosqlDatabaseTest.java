package dev.cloudobjects.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoClientOptions;
import com.mongodb.MongoException;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that is not as it should be when it is opened. */
class NosqlDatabaseTest {

    private static final Schema.Index UNIQUE = new Schema.Index("notes", "title", true);

    private final ExternalDatabase outside = new ExternalDatabase();

    @AfterEach
    void close() {
        outside.close();
    }

    private static void assertUnavailable(NosqlDatabase database) {
        assertFalse(database.ping());
        CloudObjectException read = assertThrows(CloudObjectException.class, () -> database.documents("notes"));
        assertEquals(Code.UNAVAILABLE.value(), read.code());
        CloudObjectException written = assertThrows(
                CloudObjectException.class, () -> database.inUnitOfWork(entities -> entities.find(Note.class, "1")));
        assertEquals(Code.UNAVAILABLE.value(), written.code());
    }

    @Test
    void shouldBeOpenedWhileItIsAwayAndHaveItsIndexesOnceItIsBack() {
        outside.takeAway();
        try (NosqlDatabase database = outside.open(Note.SCHEMA)) {
            assertUnavailable(database);
            outside.bringBack();
            Awaitility.await().until(database::ping);
            assertEquals(Set.copyOf(Note.SCHEMA.indexes()), outside.indexes("notes"));
        }
    }

    @Test
    void shouldBeOfNoUseWhileAnIndexThatHasToBeUniqueIsNot() {
        outside.createIndex(new Schema.Index("notes", "title", false));
        try (NosqlDatabase database = outside.open(Note.SCHEMA)) {
            assertUnavailable(database);
            outside.dropIndexes("notes");
            assertTrue(database.ping());
            assertEquals(Set.copyOf(Note.SCHEMA.indexes()), outside.indexes("notes"));
        }
    }

    /** Not through a whole database: the server of the test takes an index that it could not build for built. */
    @Test
    void shouldNotDoWithRowsThatAgreeInAFieldThatHasToBeUnique() {
        outside.withCollection("notes", collection -> {
            Documents notes = new Documents(collection, Retries.of(MongoClientOptions.builder().build()));
            notes.write(List.of(note("1"), note("2")), List.of(), List.of());
            MongoException refused = assertThrows(MongoException.class, () -> notes.createIndex(UNIQUE));
            assertEquals(
                    "collection notes must have a unique index over title, but has one that is not, or rows that agree in it",
                    refused.getMessage());
            return true;
        });
    }

    private static Document note(String id) {
        return new Document("_id", id).append("title", "the same");
    }

    @Test
    void shouldDoWithAUniqueIndexThatIsThere() {
        outside.createIndex(UNIQUE);
        try (NosqlDatabase database = outside.open(Note.SCHEMA)) {
            assertTrue(database.ping());
        }
    }
}
