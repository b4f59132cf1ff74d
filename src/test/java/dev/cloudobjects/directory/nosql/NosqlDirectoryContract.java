package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.directory.ConnectionDirectoryContract;
import dev.cloudobjects.storage.NosqlDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;

/** The table of connections in a database, wherever that is. */
abstract class NosqlDirectoryContract extends ConnectionDirectoryContract {

    NosqlDirectory directory;

    abstract NosqlDatabase database();

    @Override
    protected ConnectionDirectory empty() {
        database().documents(WsConnection.COLLECTION).deleteMany(new Document());
        directory = new NosqlDirectory(database(), Thread::new);
        return directory;
    }

    @AfterEach
    void closeDirectory() {
        directory.close();
    }
}
