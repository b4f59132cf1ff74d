package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Grants;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.Permission.MatchMode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What another process changed is known after a refresh, before its cached copy grows old. */
class RefreshTest {

    private final MemoryAccounts store = new MemoryAccounts();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final List<Runnable> duringNextQuestion = new ArrayList<>();
    private final Centre centre = new Centre(counted());
    private final UserCentreIdentityProvider identities = centre.identities;
    private final String ann = centre.register("anna");
    private final Login login = centre.accepted(centre.token("anna"));

    private AccountStore counted() {
        return (AccountStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AccountStore.class}, (proxy, method, arguments) -> {
                    questions.add(method.getName());
                    try {
                        Object answer = method.invoke(store, arguments);
                        List<Runnable> meanwhile = List.copyOf(duringNextQuestion);
                        duringNextQuestion.clear();
                        meanwhile.forEach(Runnable::run);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void assertRejected(Code why) {
        assertEquals(new Authentication.Rejected(why), identities.revalidate(login));
    }

    private void assertGood() {
        assertInstanceOf(Authentication.Authenticated.class, identities.revalidate(login));
    }

    @Test
    void shouldSeeABan() {
        assertGood();
        store.setStatus(ann, AccountStatus.DISABLED);
        assertGood();
        identities.refresh(List.of(ann));
        assertRejected(Code.ACCOUNT_DISABLED);
    }

    @Test
    void shouldSeeALogout() {
        assertGood();
        store.replaceSessions(ann, store.find(ann).orElseThrow().sessions().revision(), List.of(), null);
        identities.refresh(List.of(ann));
        assertRejected(Code.TOKEN_REVOKED);
    }

    @Test
    void shouldSeeRolesAndWhatTheyGrant() {
        assertEquals(Grants.NONE, identities.grants(ann));
        Permission open = new Permission("p", "a/b", MatchMode.EXACT);
        store.put(new StoredPermission(open, "", 1, true));
        store.put(new Role("r", "", Set.of("p"), true));
        store.setRoles(ann, Set.of(), Set.of("r"));
        assertEquals(Grants.NONE, identities.grants(ann));
        identities.refresh(List.of(ann));
        assertEquals(new Grants(Set.of("r"), List.of(open)), identities.grants(ann));
        store.put(new Role("r", "", Set.of("p"), false));
        identities.refresh(List.of(ann));
        assertEquals(Grants.NONE, identities.grants(ann));
    }

    @Test
    void shouldForgetAnAccountThatIsGone() {
        identities.refresh(List.of(ann, "nobody"));
        assertEquals(Grants.NONE, identities.grants("nobody"));
        assertGood();
    }

    @Test
    void shouldAskThreeQuestionsForAThousandUsersAndNoneForTheirLogins() {
        store.put(new StoredPermission(new Permission("p", "a/b", MatchMode.EXACT), "", 1, true));
        store.put(new Role("r", "", Set.of("p"), true));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String uid = "u" + i;
            all.add(uid);
            store.create(new NewAccount(uid, "user" + i, "hash", null, centre.instant()));
            store.setRoles(uid, Set.of(), Set.of("r"));
        }
        all.add(ann);
        questions.clear();
        identities.refresh(all);
        assertEquals(List.of("find", "roles", "permissions"), questions);
        all.forEach(uid -> assertEquals(uid.equals(ann) ? 0 : 1, identities.grants(uid).roles().size()));
        assertGood();
        assertEquals(3, questions.size());
    }

    @Test
    void shouldNotHideAChangeMadeHereMeanwhile() {
        duringNextQuestion.add(() -> centre.users.changeStatus(ann, AccountStatus.DISABLED));
        identities.refresh(List.of(ann));
        assertRejected(Code.ACCOUNT_DISABLED);
    }

    @Test
    void shouldNotHideADefinitionMadeHereMeanwhile() {
        centre.users.changeRoles(ann, Set.of(), Set.of("r"));
        assertEquals(Set.of("r"), identities.grants(ann).roles());
        duringNextQuestion.add(() -> centre.users.define(new Role("r", "", Set.of(), false)));
        identities.refresh(List.of(ann));
        assertEquals(Grants.NONE, identities.grants(ann));
    }

    @Test
    void shouldSeeADefinitionMadeHereAtOnce() {
        centre.users.changeRoles(ann, Set.of(), Set.of("r"));
        assertEquals(Set.of("r"), identities.grants(ann).roles());
        centre.users.define(new Role("r", "", Set.of(), false));
        assertEquals(Grants.NONE, identities.grants(ann));
    }
}
