package dev.cloudobjects.users.nosql;

import dev.cloudobjects.storage.Database;
import dev.cloudobjects.storage.Schema;
import dev.cloudobjects.users.AccountStore;

/** The accounts in a database, for tests of what is put together over them. */
public final class TestAccounts {

    private TestAccounts() {}

    /** Their tables. */
    public static Schema schema() {
        return new UsersSchema();
    }

    /** The accounts in this database. */
    public static AccountStore in(Database database) {
        return new NosqlAccounts(database);
    }
}
