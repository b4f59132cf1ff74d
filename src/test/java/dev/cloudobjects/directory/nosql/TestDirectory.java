package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.storage.Database;
import dev.cloudobjects.storage.Schema;

/** The table of connections in a database, for tests of what is put together over it. */
public final class TestDirectory {

    private TestDirectory() {}

    /** Its table. */
    public static Schema schema() {
        return new DirectorySchema();
    }

    /** The table in this database, written by a daemon thread. */
    public static ConnectionDirectory in(Database database) {
        return new NosqlDirectory(database, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
    }
}
