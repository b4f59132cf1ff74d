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
 * Accounts of users whom an outside issuer knows. They have no username of their own, and what the issuer calls them may
 * change and be others' name as well, so their ids put them in order. Whoever has an account there may come at any time.
 */
@ApplicationScoped
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@EnabledBy("cloudobjects.oidc")
class OutsideAccounts extends NosqlAccounts {

    /** For the container. */
    OutsideAccounts() {}

    OutsideAccounts(Database database) {
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
        // Those of the user centre, from before, can't log in.
        all.add(Filters.exists("username", false));
        if (!start.isEmpty()) {
            all.add(Filters.or(begins(Account.OUTSIDE_NAME, start), begins("_id", start)));
        }
        if (after != null) {
            all.add(Filters.gt("_id", after));
        }
        return users().page(Filters.and(all), "_id", 0, limit).stream()
                .map(NosqlAccounts::account)
                .toList();
    }
}
