package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.Permission.MatchMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every adapter of the accounts does. */
public abstract class AccountStoreContract {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final LoginSession PLAIN = new LoginSession("s1", "t1", null, NOW, NOW.plusSeconds(7200), null);
    private static final LoginSession FULL = new LoginSession(
            "s2", "t2", "phone", NOW, NOW.plusSeconds(7200), new LoginSession.Previous("t0", NOW.plusSeconds(60)));

    private AccountStore store;

    /** An adapter without any rows. */
    protected abstract AccountStore empty();

    @BeforeEach
    void create() {
        store = empty();
        assertTrue(store.create(new NewAccount("u1", "alice", "$argon2id$hash", "Alice", NOW)));
    }

    @Test
    void shouldFindWhatWasCreated() {
        Account account = store.find("u1").orElseThrow();
        assertEquals("alice", account.username());
        assertEquals("$argon2id$hash", account.passwordHash());
        assertEquals(AccountStatus.NORMAL, account.status());
        assertEquals(Set.of(), account.roles());
        assertEquals(new LoginSessions(0, List.of()), account.sessions());
        assertEquals(account, store.findByUsername("alice").orElseThrow());
    }

    @Test
    void shouldFindManyAtOnce() {
        assertTrue(store.create(new NewAccount("u2", "bob", "other", null, NOW)));
        assertTrue(store.create(new NewAccount("u3", "carol", "other", null, NOW)));
        assertEquals(
                Set.of(store.find("u1").orElseThrow(), store.find("u3").orElseThrow()),
                Set.copyOf(store.find(List.of("u3", "nobody", "u1"))));
        assertEquals(List.of(), store.find(List.of("nobody")));
        assertEquals(List.of(), store.find(List.of()));
    }

    @Test
    void shouldListByTheStartOfTheUsername() {
        for (String name : List.of("bob", "Bob", "bobby", "bo*", "bp")) {
            assertTrue(store.create(new NewAccount("id-" + name, name, "other", null, NOW)));
        }
        assertEquals(List.of("Bob", "alice", "bo*", "bob", "bobby", "bp"), names("", null, 10));
        assertEquals(List.of("bo*", "bob", "bobby"), names("bo", null, 10));
        assertEquals(List.of("bo*"), names("bo*", null, 10));
        assertEquals(List.of(), names(".", null, 10));
        assertEquals(List.of("bo*", "bob"), names("bo", null, 2));
        assertEquals(List.of("bobby"), names("bo", "bob", 2));
        assertEquals(List.of("bobby", "bp"), names("", "bob", 10));
    }

    private List<String> names(String start, String after, int limit) {
        return store.list(start, after, limit).stream().map(Account::username).toList();
    }

    @Test
    void shouldListAndRemoveRolesAndPermissions() {
        assertEquals(List.of(), store.roles(null, 10));
        for (String id : List.of("b", "a", "c")) {
            store.put(new StoredPermission(new Permission("p" + id, "url", MatchMode.EXACT), "", 1, true));
            store.put(new Role(id, "name of " + id, Set.of("p" + id), true));
        }
        assertEquals(List.of("a", "b"), store.roles((String) null, 2).stream().map(Role::id).toList());
        assertEquals(List.of("c"), store.roles("b", 2).stream().map(Role::id).toList());
        assertEquals(
                List.of("pb", "pc"),
                store.permissions("pa", 10).stream().map(stored -> stored.permission().id()).toList());
        assertTrue(store.removeRole("b"));
        assertFalse(store.removeRole("b"));
        assertTrue(store.removePermission("pb"));
        assertFalse(store.removePermission("pb"));
        assertEquals(List.of("a", "c"), store.roles((String) null, 10).stream().map(Role::id).toList());
        assertEquals(2, store.permissions((String) null, 10).size());
    }

    @Test
    void shouldFindNothingUnderOtherNames() {
        assertEquals(Optional.empty(), store.find("u2"));
        assertEquals(Optional.empty(), store.findByUsername("Alice"));
        assertEquals(Optional.empty(), store.findByUsername("bob"));
    }

    @Test
    void shouldShowTheRowWithoutPasswordAndTokens() {
        store.replaceSessions("u1", 0, List.of(FULL), NOW);
        var row = store.find("u1").orElseThrow().row();
        assertEquals("alice", row.getString("username"));
        assertEquals("Alice", row.getString("nickname"));
        assertEquals("u1", row.getString("_id"));
        assertEquals(0, row.getInt("status"));
        assertEquals(NOW.toEpochMilli(), row.getJsonNumber("register_date").longValue());
        assertEquals(NOW.toEpochMilli(), row.getJsonNumber("last_login_date").longValue());
        assertTrue(row.keySet().stream().noneMatch(name -> name.startsWith("password") || name.startsWith("token")));
    }

    @Test
    void shouldRefuseATakenUsername() {
        assertFalse(store.create(new NewAccount("u2", "alice", "other", null, NOW)));
        assertEquals(Optional.empty(), store.find("u2"));
        assertTrue(store.create(new NewAccount("u2", "bob", "other", null, NOW)));
        assertNull(store.find("u2").orElseThrow().row().get("nickname"));
    }

    @Test
    void shouldFindUsernamesThatDifferInCaseOnly() {
        for (String taken : List.of("alice", "Alice", "ALICE")) {
            assertTrue(store.isTaken(taken), taken);
        }
        for (String free : List.of("alic", "alicee", "xalice", "a.ice", ".*")) {
            assertFalse(store.isTaken(free), free);
        }
    }

    @Test
    void shouldTellTheDemosAccountsFromOthers() {
        assertTrue(store.create(new NewAccount("u2", "demo", "other", null, NOW, true)));
        store.replaceSessions("u2", 0, List.of(PLAIN), NOW);
        assertTrue(store.find("u2").orElseThrow().ofDemo());
        assertFalse(store.find("u1").orElseThrow().ofDemo());
        assertNull(store.find("u1").orElseThrow().row().get(Account.DEMO));
    }

    @Test
    void shouldReplaceSessionsThatHaveNotChanged() {
        assertTrue(store.replaceSessions("u1", 0, List.of(PLAIN), null));
        assertEquals(new LoginSessions(1, List.of(PLAIN)), store.find("u1").orElseThrow().sessions());
        assertTrue(store.replaceSessions("u1", 1, List.of(PLAIN, FULL), NOW));
        assertEquals(new LoginSessions(2, List.of(PLAIN, FULL)), store.find("u1").orElseThrow().sessions());
        assertTrue(store.replaceSessions("u1", 2, List.of(), null));
        assertEquals(new LoginSessions(3, List.of()), store.find("u1").orElseThrow().sessions());
    }

    @Test
    void shouldKeepSessionsThatHaveChanged() {
        store.replaceSessions("u1", 0, List.of(PLAIN), null);
        assertFalse(store.replaceSessions("u1", 0, List.of(FULL), null));
        assertFalse(store.replaceSessions("u1", 2, List.of(FULL), null));
        assertFalse(store.replaceSessions("u2", 0, List.of(FULL), null));
        assertEquals(new LoginSessions(1, List.of(PLAIN)), store.find("u1").orElseThrow().sessions());
    }

    @Test
    void shouldChangeRoles() {
        assertTrue(store.addRole("u1", "editor"));
        assertTrue(store.addRole("u1", "admin"));
        assertTrue(store.addRole("u1", "editor"));
        assertEquals(Set.of("editor", "admin"), store.find("u1").orElseThrow().roles());
        assertTrue(store.setRoles("u1", Set.of("editor", "admin"), Set.of("reader")));
        assertEquals(Set.of("reader"), store.find("u1").orElseThrow().roles());
        assertFalse(store.addRole("u2", "editor"));
        assertFalse(store.setRoles("u2", Set.of(), Set.of()));
    }

    @Test
    void shouldChangeRolesOnlyWhileTheyAreThoseThatWereRead() {
        assertTrue(store.setRoles("u1", Set.of(), Set.of("a", "b", "c")));
        assertFalse(store.setRoles("u1", Set.of(), Set.of("x")));
        assertFalse(store.setRoles("u1", Set.of("a", "b"), Set.of("x")));
        assertFalse(store.setRoles("u1", Set.of("a", "b", "c", "d"), Set.of("x")));
        assertEquals(Set.of("a", "b", "c"), store.find("u1").orElseThrow().roles());
        assertTrue(store.setRoles("u1", Set.of("c", "b", "a"), Set.of()));
        assertTrue(store.setRoles("u1", Set.of(), Set.of("x")));
        assertEquals(Set.of("x"), store.find("u1").orElseThrow().roles());
    }

    @Test
    void shouldFindByNameOrId() {
        assertEquals(List.of("u1"), store.named("alice").stream().map(Account::uid).toList());
        assertEquals(List.of("u1"), store.named("u1").stream().map(Account::uid).toList());
        assertEquals(List.of(), store.named("nobody"));
    }

    @Test
    void shouldChangeTheStatusAndNothingElse() {
        store.replaceSessions("u1", 0, List.of(PLAIN), null);
        store.addRole("u1", "editor");
        assertTrue(store.setStatus("u1", AccountStatus.CLOSED));
        Account account = store.find("u1").orElseThrow();
        assertEquals(AccountStatus.CLOSED, account.status());
        assertEquals(Set.of("editor"), account.roles());
        assertEquals(List.of(PLAIN), account.sessions().list());
        assertFalse(store.setStatus("u2", AccountStatus.CLOSED));
    }

    @Test
    void shouldChangeTheStatusOnlyWhileItIsTheOneThatWasRead() {
        assertFalse(store.setStatus("u1", AccountStatus.DISABLED, AccountStatus.NORMAL));
        assertTrue(store.setStatus("u1", AccountStatus.NORMAL, AccountStatus.DISABLED));
        assertFalse(store.setStatus("u1", AccountStatus.NORMAL, AccountStatus.CLOSED));
        assertEquals(AccountStatus.DISABLED, store.find("u1").orElseThrow().status());
        assertTrue(store.setStatus("u1", AccountStatus.DISABLED, AccountStatus.DISABLED));
        assertTrue(store.setStatus("u1", AccountStatus.DISABLED, AccountStatus.NORMAL));
        assertFalse(store.setStatus("u2", AccountStatus.NORMAL, AccountStatus.DISABLED));
        assertEquals(Optional.empty(), store.find("u2"));
    }

    @Test
    void shouldKeepRoles() {
        Role editor = new Role("editor", "Editors", Set.of("p1", "p2"), true);
        Role reader = new Role("reader", "Readers", Set.of(), false);
        store.put(editor);
        store.put(reader);
        assertEquals(Set.of(editor, reader), Set.copyOf(store.roles(List.of("editor", "reader", "none"))));
        Role changed = new Role("editor", "Editors", Set.of("p3"), false);
        store.put(changed);
        assertEquals(List.of(changed), store.roles(Set.of("editor")));
    }

    @Test
    void shouldKeepPermissions() {
        StoredPermission exact = permission("p1", "a/b.c", MatchMode.EXACT, true);
        StoredPermission wildcard = permission("p2", "a/*", MatchMode.WILDCARD, false);
        store.put(exact);
        store.put(wildcard);
        assertEquals(Set.of(exact, wildcard), Set.copyOf(store.permissions(List.of("p1", "p2", "none"))));
        StoredPermission changed = permission("p1", "^a/.*$", MatchMode.REGEX, true);
        store.put(changed);
        assertEquals(List.of(changed), store.permissions(Set.of("p1")));
    }

    private static StoredPermission permission(String id, String url, MatchMode mode, boolean enabled) {
        return new StoredPermission(new Permission(id, url, mode), "name of " + id, 2, enabled);
    }
}
