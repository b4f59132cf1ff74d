package dev.cloudobjects.oidc.nosql;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.oidc.ExternalLogin;
import dev.cloudobjects.oidc.ExternalUser;
import dev.cloudobjects.oidc.ExternalUserStore;
import dev.cloudobjects.storage.Database;
import dev.cloudobjects.storage.DocumentJson;
import dev.cloudobjects.storage.Documents;
import dev.cloudobjects.storage.DuplicateException;
import dev.cloudobjects.users.Account;
import dev.cloudobjects.users.AccountStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Stores users of the external issuer in {@code uni-id-users}. Their rows have no password and no {@code username}, which
 * would have to be unique. Data about tokens is in fields that begin with {@code token}, which applications do not see.
 */
@ApplicationScoped
@EnabledBy("cloudobjects.oidc")
class NosqlExternalUserStore implements ExternalUserStore {

    static final String COLLECTION = "uni-id-users";

    private static final String NICKNAME = "nickname";
    private static final String ROLE = "role";
    private static final String STATUS = "status";
    private static final String ISSUED = "token_issued";
    private static final String REVOKED_BEFORE = "token_revoked_before";
    private static final String REVOKED = "token_revoked";

    @Inject
    Database database;

    /** Required by CDI for the client proxy. */
    NosqlExternalUserStore() {}

    NosqlExternalUserStore(Database database) {
        this.database = database;
    }

    @Override
    public List<ExternalUser> find(Collection<String> uids) {
        if (uids.isEmpty()) {
            return List.of();
        }
        return users().page(Filters.in("_id", uids), "_id", 0, uids.size()).stream()
                .map(NosqlExternalUserStore::user)
                .toList();
    }

    @Override
    public void seen(ExternalLogin login, Instant firstSeen) {
        ExternalLogin.Profile profile = login.profile();
        List<Bson> said = new ArrayList<>();
        said.add(Updates.set(ISSUED, login.issuedAt().getEpochSecond()));
        said.add(setOrUnset(Account.EXTERNAL_NAME, profile.username()));
        said.add(setOrUnset(NICKNAME, profile.nickname()));
        if (profile.roles() != null) {
            said.add(Updates.set(ROLE, List.copyOf(profile.roles())));
        }
        Bson notNewer = Filters.or(
                Filters.exists(ISSUED, false), Filters.lte(ISSUED, login.issuedAt().getEpochSecond()));
        Bson unlessNewer = Filters.and(Filters.eq("_id", login.uid()), notNewer);
        said.add(Updates.setOnInsert(STATUS, AccountStatus.NORMAL.value()));
        said.add(Updates.setOnInsert("register_date", firstSeen.toEpochMilli()));
        try {
            users().upsertOne(unlessNewer, Updates.combine(said));
        } catch (DuplicateException e) {
            // A newer token was seen, or a parallel first call has created the row, perhaps from an older token.
            users().updateOne(unlessNewer, Updates.combine(said));
        }
    }

    private static Bson setOrUnset(String field, @Nullable String value) {
        return value == null ? Updates.unset(field) : Updates.set(field, value);
    }

    @Override
    public void revokeUntil(String uid, Instant moment) {
        users().upsertOne(
                Filters.eq("_id", uid),
                Updates.combine(
                        Updates.set(REVOKED_BEFORE, moment.getEpochSecond()), Updates.set(REVOKED, List.of())));
    }

    @Override
    public boolean revokeSession(String uid, String sessionId, int most) {
        Optional<Document> row = users().first(Filters.eq("_id", uid));
        if (row.isPresent() && revoked(row.get()).size() >= most) {
            return false;
        }
        users().upsertOne(Filters.eq("_id", uid), Updates.addToSet(REVOKED, sessionId));
        return true;
    }

    private Documents users() {
        return database.documents(COLLECTION);
    }

    private static ExternalUser user(Document row) {
        return new ExternalUser(
                String.valueOf(row.get("_id")),
                new ExternalLogin.Profile(text(row, Account.EXTERNAL_NAME), text(row, NICKNAME), texts(row.get(ROLE))),
                second(row, ISSUED),
                AccountStatus.of(row.get(STATUS) instanceof Number status ? status.intValue() : 0),
                second(row, REVOKED_BEFORE),
                revoked(row),
                DocumentJson.of(row, name -> !name.startsWith("password") && !name.startsWith("token")));
    }

    private static Set<String> revoked(Document row) {
        return texts(row.get(REVOKED));
    }

    private static @Nullable String text(Document row, String name) {
        return row.get(name) instanceof String text ? text : null;
    }

    private static Instant second(Document row, String name) {
        return row.get(name) instanceof Number second ? Instant.ofEpochSecond(second.longValue()) : Instant.MIN;
    }

    private static Set<String> texts(@Nullable Object stored) {
        Set<String> texts = new HashSet<>();
        if (stored instanceof Collection<?> list) {
            list.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }
}
