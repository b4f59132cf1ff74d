package dev.cloudobjects.users;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Accounts in memory. */
public final class MemoryAccounts implements AccountStore {

    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, StoredPermission> permissions = new HashMap<>();

    @Override
    public synchronized boolean isTaken(String username) {
        return accounts.values().stream().anyMatch(account -> account.username().equalsIgnoreCase(username));
    }

    @Override
    public synchronized boolean create(NewAccount account) {
        if (findByUsername(account.username()).isPresent()) {
            return false;
        }
        JsonObjectBuilder row =
                Json.createObjectBuilder().add("_id", account.uid()).add("username", account.username());
        if (account.nickname() != null) {
            row.add("nickname", account.nickname());
        }
        if (account.demo()) {
            row.add(Account.DEMO, true);
        }
        row.add("role", Json.createArrayBuilder())
                .add("status", 0)
                .add("register_date", account.registeredAt().toEpochMilli());
        accounts.put(
                account.uid(),
                new Account(
                        account.uid(),
                        account.username(),
                        account.passwordHash(),
                        AccountStatus.NORMAL,
                        Set.of(),
                        new LoginSessions(0, List.of()),
                        row.build()));
        return true;
    }

    @Override
    public synchronized Optional<Account> find(String uid) {
        return Optional.ofNullable(accounts.get(uid));
    }

    @Override
    public synchronized List<Account> find(Collection<String> uids) {
        return uids.stream().distinct().map(accounts::get).filter(Objects::nonNull).toList();
    }

    @Override
    public synchronized Optional<Account> findByUsername(String username) {
        return accounts.values().stream()
                .filter(account -> account.username().equals(username))
                .findFirst();
    }

    @Override
    public synchronized boolean replaceSessions(String uid, long revision, List<LoginSession> sessions, Instant login) {
        Account account = accounts.get(uid);
        if (account == null || account.sessions().revision() != revision) {
            return false;
        }
        JsonObjectBuilder row = Json.createObjectBuilder(account.row());
        if (login != null) {
            row.add("last_login_date", login.toEpochMilli());
        }
        return change(uid, known -> new Account(
                uid,
                known.username(),
                known.passwordHash(),
                known.status(),
                known.roles(),
                new LoginSessions(revision + 1, sessions),
                row.build()));
    }

    @Override
    public synchronized boolean addRole(String uid, String role) {
        return find(uid).map(account -> {
                    Set<String> more = new HashSet<>(account.roles());
                    more.add(role);
                    return setRoles(uid, account.roles(), more);
                })
                .orElse(false);
    }

    @Override
    public synchronized boolean setRoles(String uid, Set<String> before, Set<String> changed) {
        Account account = accounts.get(uid);
        if (account == null || !account.roles().equals(before)) {
            return false;
        }
        return change(uid, known -> new Account(
                uid,
                known.username(),
                known.passwordHash(),
                known.status(),
                changed,
                known.sessions(),
                Json.createObjectBuilder(known.row())
                        .add("role", Json.createArrayBuilder(changed))
                        .build()));
    }

    @Override
    public synchronized boolean setStatus(String uid, AccountStatus status) {
        return change(uid, known -> new Account(
                uid,
                known.username(),
                known.passwordHash(),
                status,
                known.roles(),
                known.sessions(),
                Json.createObjectBuilder(known.row())
                        .add("status", status.value())
                        .build()));
    }

    @Override
    public synchronized boolean setStatus(String uid, AccountStatus before, AccountStatus status) {
        return find(uid).filter(account -> account.status() == before).isPresent() && setStatus(uid, status);
    }

    @Override
    public synchronized List<Account> named(String name) {
        return accounts.values().stream()
                .filter(account -> account.username().equals(name) || account.uid().equals(name))
                .limit(2)
                .toList();
    }

    @Override
    public synchronized List<Account> list(String start, String after, int limit) {
        return accounts.values().stream()
                .filter(account -> account.username().startsWith(start))
                .filter(account -> after == null || account.username().compareTo(after) > 0)
                .sorted(Comparator.comparing(Account::username))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Role> roles(String after, int limit) {
        return new TreeMap<>(roles).tailMap(after == null ? "" : after, false).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<StoredPermission> permissions(String after, int limit) {
        return new TreeMap<>(permissions).tailMap(after == null ? "" : after, false).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean removeRole(String id) {
        return roles.remove(id) != null;
    }

    @Override
    public synchronized boolean removePermission(String id) {
        return permissions.remove(id) != null;
    }

    @Override
    public synchronized List<Role> roles(Collection<String> ids) {
        return roles.values().stream().filter(role -> ids.contains(role.id())).toList();
    }

    @Override
    public synchronized List<StoredPermission> permissions(Collection<String> ids) {
        return permissions.values().stream()
                .filter(stored -> ids.contains(stored.permission().id()))
                .toList();
    }

    @Override
    public synchronized void put(Role role) {
        roles.put(role.id(), role);
    }

    @Override
    public synchronized void put(StoredPermission permission) {
        permissions.put(permission.permission().id(), permission);
    }

    private boolean change(String uid, UnaryOperator<Account> change) {
        return accounts.computeIfPresent(uid, (id, account) -> change.apply(account)) != null;
    }
}
