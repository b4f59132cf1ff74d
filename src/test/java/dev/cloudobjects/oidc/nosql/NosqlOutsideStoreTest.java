package dev.cloudobjects.oidc.nosql;

import dev.cloudobjects.oidc.OutsideStore;
import dev.cloudobjects.oidc.OutsideStoreContract;
import dev.cloudobjects.storage.NosqlDatabase;
import dev.cloudobjects.storage.TestDatabases;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class NosqlOutsideStoreTest extends OutsideStoreContract {

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
    protected OutsideStore empty() {
        database.documents(NosqlOutsideStore.COLLECTION).deleteMany(new Document());
        return new NosqlOutsideStore(database);
    }
}
