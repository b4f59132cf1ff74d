package dev.cloudobjects.oidc.nosql;

import dev.cloudobjects.oidc.ExternalUserStore;
import dev.cloudobjects.oidc.ExternalUserStoreContract;
import dev.cloudobjects.storage.NosqlDatabase;
import dev.cloudobjects.storage.TestDatabases;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class NosqlExternalUserStoreTest extends ExternalUserStoreContract {

    @TempDir
    static Path folder;

    private static NosqlDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(folder);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected ExternalUserStore empty() {
        database.documents(NosqlExternalUserStore.COLLECTION).deleteMany(new Document());
        return new NosqlExternalUserStore(database);
    }
}
