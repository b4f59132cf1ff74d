package dev.cloudobjects.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cloudobjects.api.CloudObjectException;
import jakarta.resource.cci.Connection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.persistence.internal.nosql.adapters.mongo.MongoDatabaseConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

    @TempDir
    static Path folder;

    private static NosqlDatabase database;
    private Documents notes;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(folder, Note.SCHEMA);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void clear() {
        notes = database.documents("notes");
        notes.deleteMany(new Document());
    }

    @Test
    void shouldKeepWhatJakartaPersistenceWrote() {
        database.inUnitOfWork(entities -> {
            entities.persist(new Note("1", "one", "ann"));
            return true;
        });

        Note found = database.inUnitOfWork(entities -> entities.find(Note.class, "1"));
        assertEquals("one", found.title);
        assertEquals(Optional.of("ann"), notes.first(Filters.eq("_id", "1")).map(row -> row.getString("author")));
    }

    @Test
    void shouldShowWhatChangedBehindJakartaPersistence() {
        database.inUnitOfWork(entities -> {
            entities.persist(new Note("1", "one", "ann"));
            return true;
        });
        database.inUnitOfWork(entities -> entities.find(Note.class, "1"));

        assertTrue(notes.updateOne(Filters.eq("_id", "1"), Updates.set("author", "bob")));

        assertEquals("bob", database.inUnitOfWork(entities -> entities.find(Note.class, "1")).author);
    }

    @Test
    void shouldShareOneClientWithEclipseLink() {
        String name = database.inUnitOfWork(entities ->
                ((MongoDatabaseConnection) entities.unwrap(Connection.class)).getDB().getName());
        assertEquals("cloudobjects", name);
    }

    @Test
    void shouldSendNothingOfAFailedUnitOfWork() {
        assertThrows(IllegalArgumentException.class, () -> database.inUnitOfWork(entities -> {
            entities.persist(new Note("1", "one", "ann"));
            throw new IllegalArgumentException("no");
        }));
        assertEquals(0, count(new Document()));
    }

    @Test
    void shouldTellADuplicateWrittenThroughJakartaPersistence() {
        database.inUnitOfWork(entities -> {
            entities.persist(new Note("1", "one", "ann"));
            return true;
        });
        assertThrows(DuplicateException.class, () -> database.inUnitOfWork(entities -> {
            entities.persist(new Note("2", "one", "bob"));
            return true;
        }));
        assertEquals(1, count(new Document()));
    }

    @Test
    void shouldNeverShowAHalfChangedDocument() throws Exception {
        // What takes time to read stands between the two.
        List<Integer> middle = IntStream.range(0, 5000).boxed().toList();
        insert(List.of(new Document("_id", "1").append("first", 0).append("middle", middle).append("last", 0)));
        Documents quick = notes.unjournaled();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 1; i <= 1000; i++) {
                    quick.updateOne(
                            Filters.eq("_id", "1"), Updates.combine(Updates.set("first", i), Updates.set("last", i)));
                }
            });
            while (!writing.isDone()) {
                Document row = notes.first(Filters.eq("_id", "1")).orElseThrow();
                assertEquals(row.get("first"), row.get("last"));
            }
            writing.get(1, TimeUnit.MINUTES);
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void shouldPageInOrder() {
        insert(1, 30);
        assertEquals(
                List.of("n11", "n12", "n13"),
                notes.page(new Document(), "_id", 10, 3).stream().map(row -> row.getString("_id")).toList());
    }

    @Test
    void shouldRefusePagesWithoutASize() {
        assertThrows(IllegalArgumentException.class, () -> notes.page(new Document(), "_id", 0, 0));
        assertThrows(IllegalArgumentException.class, () -> notes.page(new Document(), "_id", -1, 1));
    }

    @Test
    void shouldDeleteMany() {
        insert(1, 30);
        assertEquals(30, count(Filters.eq("author", "ann")));
        assertEquals(20, notes.deleteMany(Filters.gt("_id", "n10")));
        assertEquals(10, count(new Document()));
        assertEquals(0, notes.deleteMany(Filters.eq("author", "nobody")));
    }

    @Test
    void shouldFindMissingFields() {
        insert(1, 2);
        insert(List.of(new Document("_id", "bare")));
        assertEquals(1, count(Filters.eq("title", null)));
        assertEquals(Optional.empty(), notes.first(Filters.eq("_id", "other")));
    }

    @Test
    void shouldUpdateOne() {
        insert(1, 2);
        assertTrue(notes.updateOne(Filters.eq("_id", "n01"), Updates.set("author", "bob")));
        assertEquals(1, count(Filters.eq("author", "bob")));
        assertFalse(notes.updateOne(Filters.eq("_id", "none"), Updates.set("author", "eve")));
    }

    @Test
    void shouldInsertReplaceAndDeleteAtOnce() {
        insert(1, 3);
        notes.write(
                List.of(note(4), note(5)),
                List.of(new Document("_id", "n02").append("title", "another"), note(6)),
                List.of("n03", "n07"));
        assertEquals(
                List.of("n01", "n02", "n04", "n05", "n06"),
                notes.page(new Document(), "_id", 0, 9).stream().map(row -> row.getString("_id")).toList());
        assertEquals(
                Optional.of(new Document("_id", "n02").append("title", "another")), notes.first(Filters.eq("_id", "n02")));
        notes.write(List.of(), List.of(), List.of());
    }

    @Test
    void shouldTellThatPartOfWhatIsWrittenAtOnceFailed() {
        insert(3, 3);
        List<Document> five = IntStream.rangeClosed(1, 5).mapToObj(DocumentsTest::note).toList();
        assertThrows(CloudObjectException.class, () -> notes.write(five, List.of(), List.of()));
        notes.write(List.of(), five, List.of());
        assertEquals(5, count(new Document()));
    }

    @Test
    void shouldCountParallelUpdatesOnceEach() throws Exception {
        insert(1, 1);
        int threads = 8;
        int each = 50;
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            pool.submit(() -> {
                go.await();
                for (int n = 0; n < each; n++) {
                    notes.updateOne(Filters.eq("_id", "n01"), Updates.inc("reads", 1));
                }
                return true;
            });
        }
        go.countDown();
        pool.shutdown();
        assertTrue(pool.awaitTermination(20, TimeUnit.SECONDS));
        assertEquals(
                threads * each, notes.first(Filters.eq("_id", "n01")).orElseThrow().getInteger("reads"));
    }

    private int count(Bson filter) {
        return notes.page(filter, "_id", 0, 100).size();
    }

    private void insert(int from, int to) {
        insert(IntStream.rangeClosed(from, to).mapToObj(DocumentsTest::note).toList());
    }

    private void insert(List<Document> documents) {
        notes.write(documents, List.of(), List.of());
    }

    private static Document note(int number) {
        String id = "n%02d".formatted(number);
        return new Document("_id", id).append("title", "title of " + id).append("author", "ann");
    }
}
