package dev.cloudobjects.users.nosql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.storage.ExternalDatabase;
import dev.cloudobjects.storage.NosqlDatabase;
import dev.cloudobjects.storage.Schema;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The accounts in a database that is reached by its address. */
class NosqlAccountsByAddressTest extends NosqlAccountsContract {

    private static ExternalDatabase outside;
    private static NosqlDatabase database;

    @BeforeAll
    static void open() {
        outside = new ExternalDatabase();
        database = outside.open(new UsersSchema());
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
        Map<String, Set<Schema.Index>> expected = new UsersSchema()
                .indexes().stream().collect(Collectors.groupingBy(Schema.Index::collection, Collectors.toSet()));
        expected.forEach((collection, indexes) -> assertEquals(indexes, outside.indexes(collection)));
    }
}
