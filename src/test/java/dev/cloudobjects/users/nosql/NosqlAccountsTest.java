package dev.cloudobjects.users.nosql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.storage.OpenDatabase;
import dev.cloudobjects.storage.TestDatabases;
import dev.cloudobjects.users.Account;
import dev.cloudobjects.users.AccountStatus;
import dev.cloudobjects.users.AccountStore;
import dev.cloudobjects.users.AccountStoreContract;
import dev.cloudobjects.users.ParallelLogins;
import dev.cloudobjects.users.Role;
import dev.cloudobjects.users.Sessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NosqlAccountsTest extends AccountStoreContract {

    @TempDir
    static Path folder;

    private static OpenDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(folder, new UsersSchema());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected AccountStore empty() {
        for (String collection : List.of("uni-id-users", "uni-id-roles", "uni-id-permissions")) {
            database.documents(collection).deleteMany(new Document());
        }
        return new NosqlAccounts(database);
    }

    @Test
    void shouldReadARowThatVkWrote() {
        database.documents("uni-id-users").insertMissing(List.of(new Document("_id", "vk1")
                .append("username", "vkuser")
                .append("password", "0123456789abcdef0123456789abcdef01234567")
                .append("password_secret_version", 1)
                .append("token", List.of("eyJhbGciOiJIUzI1NiJ9.e30.c2ln"))
                .append("mobile", "13800000000")
                .append("role", List.of("admin"))));

        Account account = new NosqlAccounts(database).find("vk1").orElseThrow();

        assertEquals(AccountStatus.NORMAL, account.status());
        assertEquals(Set.of("admin"), account.roles());
        assertEquals(Sessions.NONE, account.sessions());
        assertEquals("13800000000", account.row().getString("mobile"));
        assertEquals(Set.of("_id", "username", "mobile", "role"), account.row().keySet());
        assertTrue(new NosqlAccounts(database).replaceSessions("vk1", 0, List.of(), null));
    }

    @Test
    void shouldKeepAllSessionsOfParallelLoginsOnTwoNodes() throws Exception {
        ParallelLogins.onTwoNodes(empty());
    }

    @Test
    void shouldTakeARoleWithoutEnableForEnabled() {
        database.documents("uni-id-roles")
                .insertMissing(List.of(new Document("_id", "x1").append("role_id", "bare")));
        assertEquals(
                List.of(new Role("bare", "", Set.of(), true)), new NosqlAccounts(database).roles(List.of("bare")));
    }
}
