package dev.cloudobjects.users.nosql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.storage.NosqlDatabase;
import dev.cloudobjects.storage.TestDatabases;
import dev.cloudobjects.users.Account;
import dev.cloudobjects.users.AccountStatus;
import dev.cloudobjects.users.AccountStore;
import dev.cloudobjects.users.LoginSessions;
import dev.cloudobjects.users.ParallelLogins;
import dev.cloudobjects.users.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NosqlAccountsTest extends NosqlAccountsContract {

    @TempDir
    static Path folder;

    private static NosqlDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(folder, new UsersSchema());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    NosqlDatabase database() {
        return database;
    }

    private static void insert(String collection, Document row) {
        database.documents(collection).write(List.of(row), List.of(), List.of());
    }

    @Test
    void shouldReadARowThatVkWrote() {
        insert("uni-id-users", new Document("_id", "vk1")
                .append("username", "vkuser")
                .append("password", "0123456789abcdef0123456789abcdef01234567")
                .append("password_secret_version", 1)
                .append("token", List.of("eyJhbGciOiJIUzI1NiJ9.e30.c2ln"))
                .append("mobile", "13800000000")
                .append("role", List.of("admin")));

        Account account = new NosqlAccounts(database).find("vk1").orElseThrow();

        assertEquals(AccountStatus.NORMAL, account.status());
        assertEquals(Set.of("admin"), account.roles());
        assertEquals(new LoginSessions(0, List.of()), account.sessions());
        assertEquals("13800000000", account.row().getString("mobile"));
        assertEquals(Set.of("_id", "username", "mobile", "role"), account.row().keySet());
        assertTrue(new NosqlAccounts(database).replaceSessions("vk1", 0, List.of(), null));
    }

    @Test
    void shouldChangeTheRolesOfARowWithoutAny() {
        insert("uni-id-users", new Document("_id", "bare"));
        assertTrue(new NosqlAccounts(database).setRoles("bare", Set.of(), Set.of("editor")));
        assertEquals(Set.of("editor"), new NosqlAccounts(database).find("bare").orElseThrow().roles());
    }

    /** As a token of an issuer makes them. */
    private static void outside(String id, String name) {
        insert("uni-id-users", new Document("_id", id).append("outside_username", name));
    }

    private static List<String> ids(List<Account> accounts) {
        return accounts.stream().map(Account::uid).toList();
    }

    @Test
    void shouldFindUsersOfAnIssuerByWhatItCallsThem() {
        AccountStore store = new ExternalAccounts(database);
        outside("i1", "carol");
        outside("i2", "dave");
        outside("i3", "dave");
        assertEquals(List.of("i1"), ids(store.named("carol")));
        assertEquals(List.of("i1"), ids(store.named("i1")));
        assertEquals(List.of("i2", "i3"), ids(store.named("dave")));
    }

    @Test
    void shouldListUsersOfAnIssuerByIdOrName() {
        AccountStore store = new ExternalAccounts(database);
        outside("i2", "carol");
        outside("i1", "dave");
        outside("carl", "zoe");
        assertEquals(List.of("carl", "i1", "i2"), ids(store.list("", null, 10)), "and none of the user centre");
        assertEquals(List.of("carl", "i2"), ids(store.list("car", null, 10)));
        assertEquals(List.of("carl"), ids(store.list("car", null, 1)));
        assertEquals(List.of("i2"), ids(store.list("car", "carl", 1)));
        assertEquals(List.of(), ids(store.list("car", "i2", 1)));
    }

    @Test
    void shouldBanAUserOfAnIssuerWhoHasNotComeYet() {
        AccountStore store = new ExternalAccounts(database);
        assertTrue(store.setStatus("i9", AccountStatus.DISABLED));
        assertEquals(AccountStatus.DISABLED, store.find("i9").orElseThrow().status());
        assertTrue(store.setStatus("i9", AccountStatus.NORMAL));
        assertEquals(AccountStatus.NORMAL, store.find("i9").orElseThrow().status());
    }

    @Test
    void shouldTakeAUserOfAnIssuerWhoHasNotComeYetForOneInOrder() {
        AccountStore store = new ExternalAccounts(database);
        assertFalse(store.setStatus("i8", AccountStatus.DISABLED, AccountStatus.NORMAL));
        assertEquals(Optional.empty(), store.find("i8"));
        assertTrue(store.setStatus("i8", AccountStatus.NORMAL, AccountStatus.DISABLED));
        assertFalse(store.setStatus("i8", AccountStatus.NORMAL, AccountStatus.CLOSED));
        assertEquals(AccountStatus.DISABLED, store.find("i8").orElseThrow().status());
    }

    @Test
    void shouldTakeNoStatusForNormalAndAnUnknownOneForDisabled() {
        NosqlAccounts store = new NosqlAccounts(database);
        insert("uni-id-users", new Document("_id", "s1"));
        insert("uni-id-users", new Document("_id", "s2").append("status", 9));
        assertFalse(store.setStatus("s1", AccountStatus.DISABLED, AccountStatus.NORMAL));
        assertTrue(store.setStatus("s1", AccountStatus.NORMAL, AccountStatus.CLOSED));
        assertFalse(store.setStatus("s2", AccountStatus.NORMAL, AccountStatus.CLOSED));
        assertTrue(store.setStatus("s2", AccountStatus.DISABLED, AccountStatus.NORMAL));
    }

    @Test
    void shouldKeepAllSessionsOfParallelLoginsOnTwoNodes() throws Exception {
        ParallelLogins.onTwoNodes(empty());
    }

    @Test
    void shouldTakeARoleWithoutEnableForEnabled() {
        insert("uni-id-roles", new Document("_id", "x1").append("role_id", "bare"));
        assertEquals(
                List.of(new Role("bare", "", Set.of(), true)), new NosqlAccounts(database).roles(List.of("bare")));
    }
}
