package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.log.AuditLines;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Login;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The accounts that settings speak of, over starts with other settings. */
class ConfiguredAccountsTest {

    private final MemoryAccounts store = new MemoryAccounts();
    private final Centre on = centre(true);
    private final Centre off = centre(false);

    private Centre centre(boolean demo) {
        return new Centre(store, new LoginSessionPolicy(Duration.ofHours(2), Duration.ofMinutes(20), 3, demo));
    }

    private static void start(Centre centre, String... settings) {
        Map<String, String> set = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
        new ConfiguredAccounts(new Settings(name -> Optional.ofNullable(set.get(name))), centre.users).prepare();
    }

    private static void startWithDemo(Centre centre) {
        start(centre, "cloudobjects.demo", "true");
    }

    private static UserCentre.LoginResult login(Centre centre, String username) {
        return centre.users.login(username, "123456", null, null);
    }

    private static int refusal(Centre centre, String username) {
        return assertThrows(CloudObjectException.class, () -> login(centre, username)).code();
    }

    @Test
    void shouldBeTheDemosWhileItIsOn() {
        startWithDemo(on);
        assertEquals("Ann", login(on, "test1").user().nickname());
        assertEquals("Ben", login(on, "test2").user().nickname());
        assertTrue(on.users.isOfDemo("test1"));
    }

    @Test
    void shouldBeNoneOfTheDemosByDefault() {
        start(off);
        assertEquals(Optional.empty(), store.findByUsername("test1"));
        assertEquals(Optional.empty(), store.findByUsername("test2"));
    }

    @Test
    void shouldBeCreatedOnce() {
        startWithDemo(on);
        String uid = login(on, "test1").user().id();
        startWithDemo(on);
        assertEquals(uid, login(on, "test1").user().id());
    }

    @Test
    void shouldLeaveAnAccountOfTheSameNameAsItIs() {
        off.register("test1");
        startWithDemo(on);
        assertEquals(Code.WRONG_PASSWORD.value(), refusal(on, "test1"));
        on.users.login("test1", Centre.PASSWORD, null, null);
        assertFalse(on.users.isOfDemo("test1"));
        start(off);
        off.users.login("test1", Centre.PASSWORD, null, null);
    }

    @Test
    void shouldBeOfNoUseWhileTheDemoIsOff() {
        startWithDemo(on);
        String token = login(on, "test1").token().token();
        Login before = on.accepted(token);
        start(off);
        Authentication disabled = new Authentication.Rejected(Code.ACCOUNT_DISABLED);
        assertEquals(Code.ACCOUNT_DISABLED.value(), refusal(off, "test1"));
        assertEquals(disabled, off.identities.authenticate(token, null));
        assertEquals(disabled, off.identities.revalidate(before));
        startWithDemo(on);
        assertInstanceOf(Authentication.Authenticated.class, on.identities.authenticate(token, null));
        login(on, "test1");
    }

    @Test
    void shouldStayBannedThroughTheDemo() {
        startWithDemo(on);
        on.users.changeStatus(login(on, "test1").user().id(), AccountStatus.DISABLED);
        start(off);
        startWithDemo(on);
        assertEquals(Code.ACCOUNT_DISABLED.value(), refusal(on, "test1"));
    }

    @Test
    void shouldMakeTheNamedAccountAdministrator() {
        String uid = off.register("alice");
        try (AuditLines audit = new AuditLines()) {
            start(off, "cloudobjects.admin.grant", "alice");
            start(off, "cloudobjects.admin.grant", "alice");
            assertEquals(1, audit.lines().size(), audit.lines().toString());
            String line = audit.lines().get(0);
            assertTrue(line.startsWith("COBJ6006I: account roles changed: user=- address=- call=\"server\""), line);
            assertTrue(line.contains("target=\"user=" + uid + "\" outcome=\"[] to [admin] by setting cloudobjects.admin.grant\""), line);
        }
        assertEquals(Set.of("admin"), off.identities.grants(uid).roles());
    }

    @Test
    void shouldMakeTheAccountWithAnIdAdministratorAndNotWhoChoseItForHisName() {
        String uid = "mcme_LnHcfaH2pORzt_Yg";
        store.create(new NewAccount(uid, "alice", "hash", null, off.instant()));
        String impostor = off.register(uid);
        start(off, "cloudobjects.admin.grant", uid);
        assertEquals(Set.of("admin"), off.identities.grants(uid).roles());
        assertEquals(Set.of(), off.identities.grants(impostor).roles());
    }
}
