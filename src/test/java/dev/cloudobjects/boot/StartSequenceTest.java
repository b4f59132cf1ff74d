package dev.cloudobjects.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.directory.nosql.TestDirectory;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.session.Node;
import dev.cloudobjects.storage.ExternalDatabase;
import dev.cloudobjects.storage.NosqlDatabase;
import dev.cloudobjects.storage.Schema;
import dev.cloudobjects.storage.TestDatabases;
import dev.cloudobjects.time.ManualClock;
import dev.cloudobjects.users.AccountStore;
import dev.cloudobjects.users.TestCentre;
import dev.cloudobjects.users.nosql.TestAccounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A start while the database is away. */
class StartSequenceTest {

    private static final List<Schema> SCHEMAS = List.of(TestAccounts.schema(), TestDirectory.schema());

    private final ManualClock clock = new ManualClock();

    @Test
    void shouldBeMadeUpForWhenTheDatabaseIsBack() {
        try (ExternalDatabase outside = new ExternalDatabase()) {
            outside.takeAway();
            Settings settings =
                    TestDatabases.settings(Map.of(Keys.MONGODB_URI.name(), outside.uri(), Keys.DEMO.name(), "true"));
            try (NosqlDatabase database = NosqlDatabase.open(settings, SCHEMAS)) {
                AccountStore store = TestAccounts.in(database);
                AccountPreparation accounts = new AccountPreparation(
                        TestCentre.startAccounts(settings, store)::prepare, clock, Runnable::run);
                ConnectionDirectory directory = TestDirectory.in(database);
                new StartSequence(
                                database,
                                directory,
                                new Node("local", 1),
                                accounts,
                                () -> null,
                                ObjectDirectory.of(List.of()))
                        .run();

                outside.bringBack();
                Awaitility.await().until(database::ping);
                clock.advance(Duration.ofSeconds(2));
                accounts.tick();

                assertTrue(store.findByUsername("test1").isPresent());
                Awaitility.await("what earlier starts left behind is removed").until(directory::flush);
                assertIndexed(outside);
            }
        }
    }

    private static void assertIndexed(ExternalDatabase outside) {
        List<Schema.Index> indexes = new ArrayList<>();
        SCHEMAS.forEach(schema -> indexes.addAll(schema.indexes()));
        indexes.stream()
                .collect(Collectors.groupingBy(Schema.Index::collection, Collectors.toSet()))
                .forEach((collection, expected) -> assertEquals(expected, outside.indexes(collection)));
    }
}
