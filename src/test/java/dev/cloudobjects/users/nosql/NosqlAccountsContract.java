package dev.cloudobjects.users.nosql;

import dev.cloudobjects.storage.NosqlDatabase;
import dev.cloudobjects.users.AccountStore;
import dev.cloudobjects.users.AccountStoreContract;
import java.util.List;
import org.bson.Document;

/** The accounts in a database, wherever that is. */
abstract class NosqlAccountsContract extends AccountStoreContract {

    abstract NosqlDatabase database();

    @Override
    protected AccountStore empty() {
        for (String collection : List.of("uni-id-users", "uni-id-roles", "uni-id-permissions")) {
            database().documents(collection).deleteMany(new Document());
        }
        return new NosqlAccounts(database());
    }
}
