package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.IdentityProvider.IssuedToken;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.Permission.MatchMode;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginSessionsTest {

    private static final Duration DUE = Duration.ofMinutes(100);

    private final Centre centre = new Centre(new MemoryAccounts());
    private final UserCentreIdentityProvider identities = centre.identities;
    private String uid;

    @BeforeEach
    void register() {
        uid = centre.users.register("alice", Centre.PASSWORD, "Alice", null, null).user().id();
        centre.identities.revokeAll(uid, () -> {});
        centre.changes.clear();
    }

    @Test
    void shouldEndTheOldestSessionWhenThereAreTooMany() {
        List<String> tokens = Stream.generate(() -> centre.token("alice")).limit(4).toList();
        refused(Code.TOKEN_REVOKED, tokens.get(0));
        tokens.subList(1, 4).forEach(centre::accepted);
    }

    @Test
    void shouldForgetSessionsThatHaveExpired() {
        centre.token("alice");
        centre.pass(Duration.ofHours(2));
        centre.token("alice");
        assertEquals(1, centre.store.find(uid).orElseThrow().sessions().list().size());
    }

    @Test
    void shouldEndOneSessionAtOnce() {
        String phone = centre.token("alice");
        String desk = centre.token("alice");
        centre.accepted(phone);
        centre.logout(phone);
        refused(Code.TOKEN_REVOKED, phone);
        centre.accepted(desk);
        assertEquals(List.of(uid), centre.changes);
    }

    @Test
    void shouldLogOutQuietlyWithoutAGoodToken() {
        String token = centre.token("alice");
        centre.logout("nonsense");
        centre.accepted(token);
        centre.logout(token);
        centre.logout(token);
        centre.pass(Duration.ofHours(3));
        centre.logout(token);
        assertEquals(List.of(uid), centre.changes);
    }

    @Test
    void shouldEndAllSessionsAtOnce() {
        List<String> tokens = Stream.generate(() -> centre.token("alice")).limit(3).toList();
        Login login = centre.accepted(tokens.get(0));
        identities.revokeAll(uid, () -> {});
        tokens.forEach(token -> refused(Code.TOKEN_REVOKED, token));
        assertEquals(new Authentication.Rejected(Code.TOKEN_REVOKED), identities.revalidate(login));
        identities.revokeAll(uid, () -> {});
        assertEquals(List.of(uid), centre.changes);
    }

    @Test
    void shouldBindATokenToItsDevice() {
        String token = centre.users.login("alice", Centre.PASSWORD, "phone", null).token().token();
        assertTrue(identities.authenticate(token, "phone") instanceof Authentication.Authenticated);
        assertEquals(
                new Authentication.Rejected(Code.TOKEN_OTHER_DEVICE), identities.authenticate(token, "tablet"));
    }

    @Test
    void shouldRefuseAnExpiredLogin() {
        String token = centre.token("alice");
        centre.pass(Duration.ofHours(2).minusMillis(1));
        centre.accepted(token);
        centre.pass(Duration.ofMillis(1));
        refused(Code.TOKEN_EXPIRED, token);
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, ACCOUNT_DISABLED", "CLOSED, ACCOUNT_CLOSED"})
    void shouldRefuseAnAccountThatIsNotInOrder(AccountStatus status, Code code) {
        String token = centre.token("alice");
        Login login = centre.accepted(token);
        centre.users.changeStatus(uid, status);
        refused(code, token);
        assertEquals(new Authentication.Rejected(code), identities.revalidate(login));
        assertEquals(List.of(uid), centre.changes);
    }

    @Test
    void shouldRenewInTheLastPartOfATokensLifeOnly() {
        String token = centre.token("alice");
        Login login = centre.accepted(token);
        centre.pass(DUE.minusSeconds(1));
        assertEquals(Optional.empty(), identities.renewIfDue(login));
        assertEquals(token, centre.users.renew(token, null).token());
        centre.pass(Duration.ofSeconds(1));
        IssuedToken renewed = identities.renewIfDue(login).orElseThrow();
        assertEquals(centre.instant().plus(Duration.ofHours(2)), renewed.expiresAt());
        assertEquals(login.sessionId(), centre.accepted(renewed.token()).sessionId());
        assertNotEquals(login.tokenId(), centre.accepted(renewed.token()).tokenId());
    }

    @Test
    void shouldKeepTheOldTokenForAMinute() {
        String token = centre.token("alice");
        Login login = centre.accepted(token);
        centre.pass(DUE);
        String renewed = identities.renewIfDue(login).orElseThrow().token();
        centre.pass(Duration.ofSeconds(59));
        centre.accepted(token);
        assertEquals(Optional.of(renewed), identities.renewIfDue(login).map(IssuedToken::token));
        centre.pass(Duration.ofSeconds(1));
        refused(Code.TOKEN_REVOKED, token);
        assertEquals(Optional.empty(), identities.renewIfDue(login));
        // The connection that was opened with it has until the end that it was told.
        assertEquals(new Authentication.Authenticated(login), identities.revalidate(login));
        centre.accepted(renewed);
    }

    @Test
    void shouldEndTheOldTokenWithItsSession() {
        String token = centre.token("alice");
        Login login = centre.accepted(token);
        centre.pass(DUE);
        String renewed = identities.renewIfDue(login).orElseThrow().token();
        centre.logout(renewed);
        refused(Code.TOKEN_REVOKED, token);
        refused(Code.TOKEN_REVOKED, renewed);
    }

    @Test
    void shouldGiveOneNewTokenToParallelRenewals() throws Exception {
        String token = centre.token("alice");
        centre.pass(DUE);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        Callable<String> renewal = () -> centre.users.renew(token, null).token();
        Set<String> renewed = new HashSet<>();
        for (Future<String> answer : pool.invokeAll(Collections.nCopies(40, renewal))) {
            renewed.add(answer.get());
        }
        pool.shutdown();
        assertEquals(1, renewed.size());
        assertNotEquals(Set.of(token), renewed);
    }

    @Test
    void shouldRefuseToRenewWithoutAGoodToken() {
        String token = centre.token("alice");
        identities.revokeAll(uid, () -> {});
        assertEquals(
                Code.TOKEN_REVOKED.value(),
                assertThrows(CloudObjectException.class, () -> centre.users.renew(token, null)).code());
        assertEquals(
                Code.TOKEN_INVALID.value(),
                assertThrows(CloudObjectException.class, () -> centre.users.renew(null, null)).code());
    }

    @Test
    void shouldSeeWhatAnotherNodeChangedWithinFiveSeconds() {
        Centre other = new Centre(centre.store);
        String token = centre.token("alice");
        centre.accepted(token);
        // A new session at once, the end of one within five seconds.
        Login there = other.accepted(token);
        other.identities.revokeSession(uid, there.sessionId());
        centre.pass(Duration.ofSeconds(5));
        refused(Code.TOKEN_REVOKED, token);
    }

    @Test
    void shouldGrantWhatEnabledRolesGive() {
        permission("p1", true);
        permission("p2", true);
        permission("p3", false);
        centre.users.define(new Role("editor", "", Set.of("p1", "p3"), true));
        centre.users.define(new Role("retired", "", Set.of("p2"), false));
        centre.users.changeRoles(uid, Set.of(), Set.of("editor", "retired", "admin"));
        Grants grants = identities.grants(uid);
        assertEquals(Set.of("editor", "admin"), grants.roles());
        assertEquals(List.of(new Permission("p1", "a/p1", MatchMode.EXACT)), grants.permissions());
        assertEquals(Grants.NONE, identities.grants("nobody"));
    }

    @Test
    void shouldSeeChangesOfRolesInTime() {
        permission("p1", true);
        centre.users.define(new Role("editor", "", Set.of("p1"), true));
        assertEquals(Grants.NONE, identities.grants(uid));
        centre.users.changeRoles(uid, Set.of(), Set.of("editor"));
        assertEquals(Set.of("editor"), identities.grants(uid).roles());
        centre.users.define(new Role("editor", "", Set.of("p1"), false));
        centre.pass(Duration.ofSeconds(5));
        assertEquals(Grants.NONE, identities.grants(uid));
        assertEquals(List.of(uid), centre.changes);
    }

    @Test
    void shouldShowTheUserWithoutSecrets() {
        var user = identities.find(uid).orElseThrow();
        assertEquals("alice", user.username());
        assertEquals("Alice", user.displayName());
        assertTrue(user.toJson().keySet().stream().noneMatch(name -> name.matches("password.*|token.*")));
        assertEquals(Optional.empty(), identities.find("nobody"));
    }

    @Test
    void shouldMakeAnExistingAccountAdministrator() {
        centre.users.grantAdmin("", "some.setting");
        centre.users.grantAdmin("nobody", "some.setting");
        assertEquals(List.of(), centre.changes);
        centre.users.grantAdmin("alice", "some.setting");
        assertEquals(Set.of("admin"), identities.grants(uid).roles());
        assertEquals(List.of(uid), centre.changes);
    }

    @Test
    void shouldRefuseToChangeUnknownAccounts() {
        assertEquals(
                Code.NO_SUCH_USER.value(),
                assertThrows(
                                CloudObjectException.class,
                                () -> centre.users.changeStatus("nobody", AccountStatus.CLOSED))
                        .code());
        assertEquals(
                Code.NO_SUCH_USER.value(),
                assertThrows(
                                CloudObjectException.class,
                                () -> centre.users.changeRoles("nobody", Set.of(), Set.of()))
                        .code());
    }

    @Test
    void shouldRefuseToChangeRolesThatAreOthersByNow() {
        centre.users.changeRoles(uid, Set.of(), Set.of("admin"));
        centre.changes.clear();
        CloudObjectException late = assertThrows(
                CloudObjectException.class, () -> centre.users.changeRoles(uid, Set.of(), Set.of("editor")));
        assertEquals(Code.UNAVAILABLE.value(), late.code());
        assertEquals(Set.of("admin"), identities.grants(uid).roles());
        assertEquals(List.of(), centre.changes);
    }

    private void permission(String id, boolean enabled) {
        centre.users.define(
                new StoredPermission(new Permission(id, "a/" + id, MatchMode.EXACT), "", 1, enabled));
    }

    private void refused(Code code, String token) {
        assertEquals(new Authentication.Rejected(code), identities.authenticate(token, null));
    }
}
