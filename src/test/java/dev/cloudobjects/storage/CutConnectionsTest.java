package dev.cloudobjects.storage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections to an outside database that a firewall has cut while they were idle: nobody who calls notices. */
class CutConnectionsTest {

    private static final Bson ONE = Filters.eq("_id", "1");

    private final ExternalDatabase outside = new ExternalDatabase();
    private final AtomicLong passed = new AtomicLong();
    private Relay relay;

    @BeforeEach
    void start() throws Exception {
        relay = new Relay(outside.address());
    }

    @AfterEach
    void close() throws Exception {
        relay.close();
        outside.close();
    }

    /** All that is done with a database, and whether it can be repeated when a connection breaks in the middle of it. */
    static Stream<Arguments> uses() {
        return Stream.of(
                use("page", true, database -> database.documents("notes").page(new Document(), "_id", 0, 9)),
                use("first", true, database -> database.documents("notes").first(ONE)),
                use("find", true, database -> database.inUnitOfWork(entities -> entities.find(Note.class, "1"))),
                use("upsertOne", true, database -> database.documents("notes").upsertOne(ONE, Updates.set("author", "bob"))),
                use("replace", true, database -> database.documents("notes").write(List.of(), List.of(note("2")), List.of("1"))),
                use("insert", false, database -> database.documents("notes").write(List.of(note("2")), List.of(), List.of())),
                use("updateOne", false, database -> database.documents("notes").updateOne(ONE, Updates.inc("reads", 1))),
                use("deleteMany", false, database -> database.documents("notes").deleteMany(ONE)),
                use("persist", false, database -> database.inUnitOfWork(entities -> {
                    entities.persist(new Note("2", "two", "ann"));
                    return true;
                })));
    }

    private static Arguments use(String name, boolean repeated, Consumer<NosqlDatabase> use) {
        return Arguments.of(name, repeated, use);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void shouldServeTheFirstCallAfterIdleConnectionsWereReset(String name, boolean repeated, Consumer<NosqlDatabase> use) {
        try (NosqlDatabase database = open("")) {
            insertOne(database);
            relay.cut();
            passed.addAndGet(TimeUnit.MINUTES.toNanos(5));
            assertDoesNotThrow(() -> use.accept(database));
            assertEquals(
                    1,
                    database.documents("notes").first(ONE).map(row -> row.getInteger("reads", 1)).orElse(1),
                    "done twice");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void shouldRepeatWhatCanBeRepeatedWhenBusyConnectionsAreReset(
            String name, boolean repeated, Consumer<NosqlDatabase> use) {
        try (NosqlDatabase database = open("")) {
            insertOne(database);
            relay.cut();
            if (repeated) {
                assertDoesNotThrow(() -> use.accept(database));
            } else {
                assertThrows(CloudObjectException.class, () -> use.accept(database));
            }
        }
    }

    @Test
    void shouldNotRepeatWhereTheUriSaysSo() {
        try (NosqlDatabase database = open("retryReads=false&retryWrites=false")) {
            insertOne(database);
            relay.cut();
            assertThrows(CloudObjectException.class, () -> database.documents("notes").first(ONE));
        }
    }

    @Test
    void shouldNotUseAConnectionThatWasIdleForTooLong() {
        String options = "heartbeatFrequencyMS=500&maxIdleTimeMS=600";
        try (NosqlDatabase database = open(options)) {
            insertOne(database);
            Awaitility.await().until(() -> relay.silence(Duration.ofMillis(1200)));
            long start = System.nanoTime();
            assertTrue(database.documents("notes").first(ONE).isPresent());
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 1500, "waited for a dead connection");
        }
    }

    @Test
    void shouldLimitIdleTimeBelowThatOfFirewallsUnlessTheUriSaysOtherwise() {
        assertEquals(30_000, idleLimit(""));
        assertEquals(5_000, idleLimit("maxIdleTimeMS=5000"));
    }

    @Test
    void shouldNameOptionsInLowerCaseForADriverThatMakesThemSoInAnyLocale() {
        assertEquals(
                "mongodb://Ann:I%3F@HOST/DB?maxidletimems=5&readpreference=primaryPreferred&ssl=true",
                MongoClients.withLowerCaseOptions(
                        "mongodb://Ann:I%3F@HOST/DB?maxIdleTimeMS=5&readPreference=primaryPreferred&SSL=true"));
        assertEquals("mongodb://HOST", MongoClients.withLowerCaseOptions("mongodb://HOST"));
    }

    private int idleLimit(String options) {
        try (MongoClient client = MongoClients.external(settings(options))) {
            return client.getMongoClientOptions().getMaxConnectionIdleTime();
        }
    }

    private NosqlDatabase open(String options) {
        return NosqlDatabase.open(settings(options), List.of(Note.SCHEMA), "", () -> System.nanoTime() + passed.get());
    }

    private Settings settings(String options) {
        return TestDatabases.settings(
                Map.of(Keys.MONGODB_URI.name(), "mongodb://127.0.0.1:" + relay.port() + "/?" + options));
    }

    private static void insertOne(NosqlDatabase database) {
        database.documents("notes").write(List.of(note("1")), List.of(), List.of());
        assertFalse(database.documents("notes").first(ONE).isEmpty());
    }

    private static Document note(String id) {
        return new Document("_id", id).append("title", id);
    }
}
