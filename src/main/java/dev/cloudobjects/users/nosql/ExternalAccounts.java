package dev.cloudobjects.users.nosql;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.storage.Database;
import dev.cloudobjects.users.Account;
import dev.cloudobjects.users.AccountStatus;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Keeps accounts of users of an external issuer. Their names at the issuer may change and need not be unique, so they have
 * no username here and are listed in the order of their uids. A user may have no row before the first login.
 */
@ApplicationScoped
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@EnabledBy("cloudobjects.oidc")
class ExternalAccounts extends NosqlAccounts {

    /** Required by CDI for the client proxy. */
    ExternalAccounts() {}

    ExternalAccounts(Database database) {
        super(database);
    }

    @Override
    public boolean setStatus(String uid, AccountStatus status) {
        users().upsertOne(Filters.eq("_id", uid), Updates.set("status", status.value()));
        return true;
    }

    @Override
    public boolean setStatus(String uid, AccountStatus before, AccountStatus status) {
        if (before == AccountStatus.NORMAL) {
            users().upsertOne(Filters.eq("_id", uid), Updates.setOnInsert("status", before.value()));
        }
        return super.setStatus(uid, before, status);
    }

    @Override
    public List<Account> list(String start, @Nullable String after, int limit) {
        List<Bson> all = new ArrayList<>();
        // Earlier accounts of the user centre have a username; they can't log in with an external issuer.
        all.add(Filters.exists("username", false));
        if (!start.isEmpty()) {
            all.add(Filters.or(begins(Account.EXTERNAL_NAME, start), begins("_id", start)));
        }
        if (after != null) {
            all.add(Filters.gt("_id", after));
        }
        return users().page(Filters.and(all), "_id", 0, limit).stream()
                .map(NosqlAccounts::account)
                .toList();
    }
}
