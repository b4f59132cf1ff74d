package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    private final Centre centre = new Centre(new MemoryAccounts());
    private final UserCentre users = centre.users;
    private String uid;

    @BeforeEach
    void register() {
        uid = centre.register("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bobb", "Bob_1", "b123", "b12345678901234567890123456789012"})
    void shouldRegisterWellFormedUsernames(String username) {
        UserCentre.LoginResult opened = users.register(username, "sixsix", "Bob", null, null);
        assertEquals(username, opened.user().username());
        assertEquals("Bob", opened.user().nickname());
        assertEquals(opened.user().id(), centre.accepted(opened.token().token()).uid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bob", "1bob", "_bob", "bob!", "bo b", "b\u00f6bb", "bobb\n", "b123456789012345678901234567890123"})
    void shouldRefuseMalformedUsernames(String username) {
        refused(400, "username", () -> users.register(username, "sixsix", null, null, null));
    }

    @Test
    void shouldNameTheFieldThatIsMissingOrMalformed() {
        refused(400, "username", () -> users.register(null, "sixsix", null, null, null));
        refused(400, "password", () -> users.register("bobby", null, null, null, null));
        refused(400, "password", () -> users.register("bobby", "short", null, null, null));
        refused(400, "password", () -> users.register("bobby", "x".repeat(129), null, null, null));
        refused(400, "nickname", () -> users.register("bobby", "sixsix", "x".repeat(65), null, null));
        refused(400, "nickname", () -> users.register("bobby", "sixsix", "a\u0000b", null, null));
        refused(400, "username", () -> users.login(null, "sixsix", null, null));
        refused(400, "username", () -> users.login("x".repeat(65), "sixsix", null, null));
        refused(400, "password", () -> users.login("alice", null, null, null));
        refused(400, "password", () -> users.login("alice", "x".repeat(129), null, null));
    }

    @Test
    void shouldCountCharactersNotUnits() {
        assertEquals("bobby", users.register("bobby", "\ud83d\ude00".repeat(128), "\ud83d\ude00".repeat(64), null, null)
                .user()
                .username());
        refused(400, "password", () -> users.register("bobbo", "\ud83d\ude00".repeat(5), null, null, null));
    }

    @Test
    void shouldRefuseATakenUsername() {
        refused(10101, "", () -> users.register("alice", "sixsix", null, null, null));
        refused(10101, "", () -> users.register("Alice", "sixsix", null, null, null));
        refused(10101, "", () -> users.register("ALICE", "sixsix", null, null, null));
    }

    @Test
    void shouldLogInWithTheRightPasswordOnly() {
        UserCentre.LoginResult opened = users.login("alice", Centre.PASSWORD, "phone", "10.0.0.1");
        assertEquals(uid, opened.user().id());
        assertEquals(centre.instant().plus(Duration.ofHours(2)), opened.token().expiresAt());
        refused(10102, "", () -> users.login("alice", "correct horsf", "phone", "10.0.0.1"));
    }

    @Test
    void shouldAcceptThePasswordHoweverItIsComposed() {
        users.register("bobby", "caf\u00e9 au lait", null, null, null);
        assertEquals("bobby", users.login("bobby", "cafe\u0301 au lait", null, null).user().username());
        refused(10102, "", () -> users.login("bobby", "cafe au lait", null, null));
    }

    @Test
    void shouldAnswerTheSameForAnUnknownUser() {
        CloudObjectException wrong = assertThrows(
                CloudObjectException.class, () -> users.login("alice", "wrong!", null, "10.0.0.1"));
        CloudObjectException unknown = assertThrows(
                CloudObjectException.class, () -> users.login("nobody", "wrong!", null, "10.0.0.1"));
        assertEquals(wrong.code(), unknown.code());
        assertEquals(wrong.getMessage(), unknown.getMessage());
    }

    @Test
    void shouldStorePasswordsAsArgon2id() {
        String hash = centre.store.find(uid).orElseThrow().passwordHash();
        assertTrue(hash.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), hash);
    }

    @Test
    void shouldRefuseAPasswordThatIsStoredInAnotherWay() {
        centre.store.create(new NewAccount("u2", "legacy", "0123456789abcdef", null, centre.instant()));
        centre.store.create(new NewAccount("u3", "broken", "$argon2id$v=19$broken", null, centre.instant()));
        refused(10102, "", () -> users.login("legacy", "0123456789abcdef", null, null));
        refused(10102, "", () -> users.login("broken", "0123456789abcdef", null, null));
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, 10001", "IN_REVIEW, 10001", "REJECTED, 10001", "CLOSED, 10006"})
    void shouldRefuseAnAccountThatIsNotInOrder(AccountStatus status, int code) {
        users.changeStatus(uid, status);
        refused(code, "", () -> centre.token("alice"));
        // Whoever does not know the password does not learn the status either.
        refused(10102, "", () -> users.login("alice", "wrong!", null, "10.0.0.1"));
        users.changeStatus(uid, AccountStatus.NORMAL);
        centre.token("alice");
    }

    @Test
    void shouldLockAfterSixWrongPasswords() {
        fail(6, "alice", "10.0.0.1");
        refused(10103, "", () -> users.login("alice", Centre.PASSWORD, null, "10.0.0.1"));
        centre.pass(Duration.ofMinutes(59));
        refused(10103, "", () -> users.login("alice", Centre.PASSWORD, null, "10.0.0.1"));
        centre.pass(Duration.ofMinutes(1));
        users.login("alice", Centre.PASSWORD, null, "10.0.0.1");
    }

    @Test
    void shouldNotLockOtherAddressesOrAccounts() {
        centre.register("bobby");
        fail(6, "alice", "10.0.0.1");
        users.login("alice", Centre.PASSWORD, null, "10.0.0.2");
        users.login("alice", Centre.PASSWORD, null, null);
        users.login("bobby", Centre.PASSWORD, null, "10.0.0.1");
    }

    @Test
    void shouldCountAnewAfterTheRightPassword() {
        fail(5, "alice", "10.0.0.1");
        users.login("alice", Centre.PASSWORD, null, "10.0.0.1");
        fail(5, "alice", "10.0.0.1");
        users.login("alice", Centre.PASSWORD, null, "10.0.0.1");
    }

    @Test
    void shouldLockUnknownAccountsTheSameWay() {
        fail(6, "nobody", "10.0.0.1");
        refused(10103, "", () -> users.login("nobody", "wrong!", null, "10.0.0.1"));
    }

    @Test
    void shouldNeverTellMoreThanSixParallelGuesses() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(20);
        List<Callable<Integer>> guesses = IntStream.range(0, 40)
                .<Callable<Integer>>mapToObj(i -> () -> assertThrows(
                                CloudObjectException.class, () -> users.login("alice", "guess " + i, null, "10.0.0.1"))
                        .code())
                .toList();
        int told = 0;
        for (Future<Integer> answer : pool.invokeAll(guesses)) {
            told += answer.get() == Code.WRONG_PASSWORD.value() ? 1 : 0;
        }
        pool.shutdown();
        assertEquals(6, told);
    }

    @Test
    void shouldLetAnAddressRegisterSoManyInAnHour() {
        for (int i = 0; i < Centre.REGISTRATIONS; i++) {
            users.register("bobby" + i, "sixsix", null, null, "192.0.2.1");
        }
        CloudObjectException refused = assertThrows(
                CloudObjectException.class, () -> users.register("bobby", "sixsix", null, null, "192.0.2.1"));
        assertEquals(429, refused.code());
        assertEquals(Duration.ofMinutes(3), refused.retryAfter().orElseThrow());
        users.register("bobby", "sixsix", null, null, "192.0.2.2");
        centre.pass(Duration.ofMinutes(3));
        users.register("bobbie", "sixsix", null, null, "192.0.2.1");
    }

    @Test
    void shouldKeepAllSessionsOfParallelLogins() throws Exception {
        Centre roomy = new Centre(new MemoryAccounts(), new LoginSessionPolicy(
                Duration.ofHours(2), Duration.ofMinutes(20), 30, false));
        roomy.register("alice");
        ParallelLogins.twenty(roomy, "alice");
    }

    private void fail(int times, String username, String address) {
        for (int i = 0; i < times; i++) {
            refused(10102, "", () -> users.login(username, "wrong!", null, address));
        }
    }

    private static void refused(int code, String word, Executable call) {
        CloudObjectException refused = assertThrows(CloudObjectException.class, call);
        assertEquals(code, refused.code());
        assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }
}
