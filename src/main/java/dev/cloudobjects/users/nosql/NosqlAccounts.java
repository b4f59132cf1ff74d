package dev.cloudobjects.users.nosql;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.cloudobjects.storage.Database;
import dev.cloudobjects.storage.DocumentJson;
import dev.cloudobjects.storage.Documents;
import dev.cloudobjects.storage.DuplicateException;
import dev.cloudobjects.users.Account;
import dev.cloudobjects.users.AccountStatus;
import dev.cloudobjects.users.AccountStore;
import dev.cloudobjects.users.LoginSession;
import dev.cloudobjects.users.NewAccount;
import dev.cloudobjects.users.Role;
import dev.cloudobjects.users.StoredPermission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Keeps accounts, roles and permissions in the database. Jakarta Persistence creates accounts, and reads and writes roles
 * and permissions. A user's row is read as a document, because applications add fields of their own, and is changed by
 * atomic updates of single fields: writing a whole entity would undo concurrent changes.
 */
@ApplicationScoped
class NosqlAccounts implements AccountStore {

    @Inject
    Database database;

    /** Required by CDI for the client proxy. */
    NosqlAccounts() {}

    NosqlAccounts(Database database) {
        this.database = database;
    }

    @Override
    public boolean create(NewAccount account) {
        try {
            return database.inUnitOfWork(entities -> {
                entities.persist(new UserEntity(account));
                return true;
            });
        } catch (DuplicateException e) {
            return false;
        }
    }

    @Override
    public Optional<Account> find(String uid) {
        return users().first(Filters.eq("_id", uid)).map(NosqlAccounts::account);
    }

    @Override
    public List<Account> find(Collection<String> uids) {
        if (uids.isEmpty()) {
            return List.of();
        }
        return users().page(Filters.in("_id", uids), "_id", 0, uids.size()).stream()
                .map(NosqlAccounts::account)
                .toList();
    }

    @Override
    public Optional<Account> findByUsername(String username) {
        return users().first(Filters.eq("username", username)).map(NosqlAccounts::account);
    }

    @Override
    public boolean isTaken(String username) {
        return users().first(Filters.regex("username", "^" + Pattern.quote(username) + "$", "i")).isPresent();
    }

    @Override
    public boolean replaceSessions(String uid, long revision, List<LoginSession> sessions, @Nullable Instant login) {
        Bson unchanged = revision == 0
                ? Filters.in(LoginSessionDocuments.REVISION, null, 0L)
                : Filters.eq(LoginSessionDocuments.REVISION, revision);
        Bson update = Updates.combine(
                Updates.set(LoginSessionDocuments.LIST, LoginSessionDocuments.write(sessions)),
                Updates.set(LoginSessionDocuments.REVISION, revision + 1));
        if (login != null) {
            update = Updates.combine(update, Updates.set("last_login_date", login.toEpochMilli()));
        }
        return users().updateOne(Filters.and(Filters.eq("_id", uid), unchanged), update);
    }

    @Override
    public boolean addRole(String uid, String role) {
        return users().updateOne(Filters.eq("_id", uid), Updates.addToSet("role", role));
    }

    @Override
    public boolean setRoles(String uid, Set<String> before, Set<String> roles) {
        Optional<Document> row = users().first(Filters.eq("_id", uid));
        if (row.isEmpty() || !roles(row.get().get("role")).equals(before)) {
            return false;
        }
        // The stored value, because the database compares lists with their order. A null value also matches a missing field.
        Bson unchanged = Filters.eq("role", row.get().get("role"));
        return users().updateOne(
                Filters.and(Filters.eq("_id", uid), unchanged), Updates.set("role", List.copyOf(roles)));
    }

    @Override
    public boolean setStatus(String uid, AccountStatus status) {
        return users().updateOne(Filters.eq("_id", uid), Updates.set("status", status.value()));
    }

    @Override
    public boolean setStatus(String uid, AccountStatus before, AccountStatus status) {
        Optional<Document> row = users().first(Filters.eq("_id", uid));
        if (row.isEmpty() || account(row.get()).status() != before) {
            return false;
        }
        // The stored value, because a missing field or an unknown number also stands for a status.
        Bson unchanged = Filters.eq("status", row.get().get("status"));
        return users().updateOne(Filters.and(Filters.eq("_id", uid), unchanged), Updates.set("status", status.value()));
    }

    @Override
    public List<Account> named(String name) {
        Bson called = Filters.or(
                Filters.eq("username", name), Filters.eq(Account.EXTERNAL_NAME, name), Filters.eq("_id", name));
        return users().page(called, "_id", 0, 2).stream().map(NosqlAccounts::account).toList();
    }

    @Override
    public List<Account> list(String start, @Nullable String after, int limit) {
        List<Bson> all = new ArrayList<>();
        all.add(begins("username", start));
        if (after != null) {
            all.add(Filters.gt("username", after));
        }
        return users().page(Filters.and(all), "username", 0, limit).stream()
                .map(NosqlAccounts::account)
                .toList();
    }

    @Override
    public List<Role> roles(@Nullable String after, int limit) {
        List<String> ids = ids(RoleEntity.COLLECTION, "role_id", after, limit);
        return ids.isEmpty()
                ? List.of()
                : roles(ids).stream().sorted(Comparator.comparing(Role::id)).toList();
    }

    @Override
    public List<StoredPermission> permissions(@Nullable String after, int limit) {
        List<String> ids = ids(PermissionEntity.COLLECTION, "permission_id", after, limit);
        return ids.isEmpty()
                ? List.of()
                : permissions(ids).stream()
                        .sorted(Comparator.comparing(stored -> stored.permission().id()))
                        .toList();
    }

    private List<String> ids(String collection, String field, @Nullable String after, int limit) {
        return database.documents(collection)
                .page(Filters.gt(field, after == null ? "" : after), field, 0, limit)
                .stream()
                .map(row -> row.getString(field))
                .toList();
    }

    @Override
    public boolean removeRole(String id) {
        return database.documents(RoleEntity.COLLECTION).deleteMany(Filters.eq("role_id", id)) > 0;
    }

    @Override
    public boolean removePermission(String id) {
        return database.documents(PermissionEntity.COLLECTION).deleteMany(Filters.eq("permission_id", id)) > 0;
    }

    @Override
    public List<Role> roles(Collection<String> ids) {
        return database.inUnitOfWork(entities -> entities
                .createQuery("select r from RoleEntity r where r.roleId in :ids", RoleEntity.class)
                .setParameter("ids", List.copyOf(ids))
                .getResultStream()
                .map(RoleEntity::toRole)
                .toList());
    }

    @Override
    public List<StoredPermission> permissions(Collection<String> ids) {
        return database.inUnitOfWork(entities -> entities
                .createQuery("select p from PermissionEntity p where p.permissionId in :ids", PermissionEntity.class)
                .setParameter("ids", List.copyOf(ids))
                .getResultStream()
                .map(PermissionEntity::toPermission)
                .toList());
    }

    @Override
    public void put(Role role) {
        database.inUnitOfWork(entities -> {
            RoleEntity entity = entities
                    .createQuery("select r from RoleEntity r where r.roleId = :id", RoleEntity.class)
                    .setParameter("id", role.id())
                    .getResultStream()
                    .findFirst()
                    .orElseGet(() -> new RoleEntity(role.id()));
            entity.set(role);
            entities.persist(entity);
            return true;
        });
    }

    @Override
    public void put(StoredPermission stored) {
        database.inUnitOfWork(entities -> {
            String id = stored.permission().id();
            PermissionEntity entity = entities
                    .createQuery("select p from PermissionEntity p where p.permissionId = :id", PermissionEntity.class)
                    .setParameter("id", id)
                    .getResultStream()
                    .findFirst()
                    .orElseGet(() -> new PermissionEntity(id));
            entity.set(stored);
            entities.persist(entity);
            return true;
        });
    }

    /** Matches a prefix by a range, which can use an index and needs no escaping. */
    static Bson begins(String field, String start) {
        Bson from = Filters.gte(field, start);
        return start.isEmpty() ? from : Filters.and(from, Filters.lt(field, start + Character.MAX_VALUE));
    }

    Documents users() {
        return database.documents(UserEntity.COLLECTION);
    }

    static Account account(Document row) {
        String uid = String.valueOf(row.get("_id"));
        return new Account(
                uid,
                row.get("username") instanceof String username ? username : uid,
                row.get("password") instanceof String password ? password : null,
                AccountStatus.of(row.get("status") instanceof Number status ? status.intValue() : 0),
                roles(row.get("role")),
                LoginSessionDocuments.read(row),
                DocumentJson.of(row, name -> !name.startsWith("password") && !name.startsWith("token")));
    }

    private static Set<String> roles(@Nullable Object stored) {
        if (!(stored instanceof Collection<?> list)) {
            return Set.of();
        }
        return Set.copyOf(list.stream().filter(String.class::isInstance).map(String.class::cast).toList());
    }
}
