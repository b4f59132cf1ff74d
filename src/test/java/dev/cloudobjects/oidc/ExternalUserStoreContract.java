package dev.cloudobjects.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.users.AccountStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of users of an external issuer does. */
public abstract class ExternalUserStoreContract {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final ExternalUserStore store = empty();

    protected abstract ExternalUserStore empty();

    private static ExternalLogin login(String uid, long issued, @Nullable String nickname, @Nullable Set<String> roles) {
        return new ExternalLogin(
                uid,
                "s",
                "t",
                NOW.plusSeconds(issued),
                NOW.plusSeconds(issued + 300),
                new ExternalLogin.Profile("name of " + uid, nickname, roles));
    }

    private ExternalUser ann() {
        return store.find(List.of("ann")).get(0);
    }

    @Test
    void shouldKeepWhoWasSeen() {
        store.seen(login("ann", 0, "Ann", Set.of("admin")), NOW);
        assertEquals(new ExternalLogin.Profile("name of ann", "Ann", Set.of("admin")), ann().profile());
        assertEquals(NOW, ann().profileFrom());
        assertEquals(AccountStatus.NORMAL, ann().status());
        assertEquals(Instant.MIN, ann().revokedBefore());
        assertEquals(Set.of(), ann().revokedSessions());
        assertEquals("Ann", ann().row().getString("nickname"));
        assertEquals("ann", ann().row().getString("_id"));
        assertTrue(ann().row().keySet().stream().noneMatch(name -> name.startsWith("token")), ann().row().toString());
        assertEquals("name of ann", ann().info().username());
        assertEquals("Ann", ann().info().nickname());
        assertEquals(Set.of("admin"), ann().info().role());
    }

    @Test
    void shouldFindMany() {
        store.seen(login("ann", 0, null, Set.of()), NOW);
        store.seen(login("ben", 0, null, Set.of()), NOW);
        assertEquals(2, store.find(List.of("ann", "ben", "cid")).size());
        assertEquals(List.of(), store.find(List.of()));
        assertEquals(List.of(), store.find(List.of("cid")));
    }

    @Test
    void shouldTakeTheNewestTokensWord() {
        store.seen(login("ann", 0, "Ann", Set.of("admin")), NOW);
        store.seen(login("ann", 10, "Anna", Set.of()), NOW);
        store.seen(login("ann", 5, "Ann", Set.of("admin")), NOW);
        assertEquals(new ExternalLogin.Profile("name of ann", "Anna", Set.of()), ann().profile());
        assertEquals(NOW.plusSeconds(10), ann().profileFrom());
    }

    @Test
    void shouldForgetWhatTheNewestTokenNoLongerSays() {
        store.seen(login("ann", 0, "Ann", Set.of()), NOW);
        store.seen(login("ann", 10, null, Set.of()), NOW);
        assertFalse(ann().row().containsKey("nickname"), ann().row().toString());
    }

    @Test
    void shouldLeaveRolesToOthersWhereTokensSayNone() {
        store.seen(login("ann", 0, "Ann", Set.of("admin")), NOW);
        store.seen(login("ann", 10, "Ann", null), NOW);
        assertEquals(Set.of("admin"), ann().roles());
    }

    @Test
    void shouldRevokeAllUntilAMoment() {
        store.seen(login("ann", 0, "Ann", Set.of("admin")), NOW);
        assertTrue(store.revokeSession("ann", "s1", 10));
        store.revokeUntil("ann", NOW.plusSeconds(5));
        assertEquals(NOW.plusSeconds(5), ann().revokedBefore());
        assertEquals(Set.of(), ann().revokedSessions());
        assertEquals(Set.of("admin"), ann().roles());
        assertTrue(ann().revoked(login("ann", 5, null, null).login()));
        assertFalse(ann().revoked(login("ann", 6, null, null).login()));
    }

    @Test
    void shouldRevokeSessionsUpToANumber() {
        store.seen(login("ann", 0, "Ann", Set.of()), NOW);
        assertTrue(store.revokeSession("ann", "s", 2));
        assertTrue(store.revokeSession("ann", "s2", 2));
        assertFalse(store.revokeSession("ann", "s3", 2));
        assertEquals(Set.of("s", "s2"), ann().revokedSessions());
        assertTrue(ann().revoked(login("ann", 100, null, null).login()));
    }

    @Test
    void shouldRevokeThoseOfWhoWasNeverSeen() {
        store.revokeUntil("ann", NOW);
        store.revokeSession("ben", "s", 10);
        store.seen(login("ann", -5, "Ann", Set.of()), NOW);
        assertTrue(ann().revoked(login("ann", -5, null, null).login()));
        assertEquals("Ann", ann().profile().nickname());
        assertTrue(store.find(List.of("ben")).get(0).revoked(login("ben", 0, null, null).login()));
    }
}
