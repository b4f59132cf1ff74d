package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.Permission.MatchMode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The store goes away at each step of an operation in turn. Either nothing was done, or what was done is told; and the
 * operation, tried again, comes to the same as if nothing had happened.
 */
class BrokenOffTest {

    private static final String CREATED = "the account was created, but the login failed: log in";

    private int untilFailure = Integer.MAX_VALUE;
    private final MemoryAccounts accounts = new MemoryAccounts();
    private final Centre centre = new Centre(failing(accounts));
    private final String ann = centre.register("anna");

    /** A store whose next calls succeed, until one of them is refused. */
    private AccountStore failing(AccountStore store) {
        return (AccountStore) Proxy.newProxyInstance(
                AccountStore.class.getClassLoader(), new Class<?>[] {AccountStore.class}, (proxy, method, arguments) -> {
                    if (--untilFailure < 0) {
                        throw new CloudObjectException(Code.UNAVAILABLE);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private interface Operation {
        void run(BrokenOffTest test);
    }

    /** The operations, and by what one can see that they were done. */
    static Stream<Arguments> operations() {
        return Stream.of(
                of("register", test -> test.centre.register("robert"), test -> test.sessions("robert")),
                of("login", test -> test.centre.token("anna"), test -> test.sessions("anna")),
                of("logout", test -> test.centre.identities.revokeSession(test.ann, test.session()), test -> test.sessions("anna")),
                of("revokeAll", test -> test.centre.identities.revokeAll(test.ann, () -> {}), test -> test.sessions("anna")),
                of("ban", test -> test.centre.users.changeStatus(test.ann, AccountStatus.DISABLED), test -> test.row("status")),
                of(
                        "ban one who is normal",
                        test -> test.centre.users.changeStatus(test.ann, AccountStatus.NORMAL, AccountStatus.DISABLED),
                        test -> test.row("status")),
                of(
                        "setRoles",
                        test -> test.centre.users.changeRoles(test.ann, Set.of(), Set.of("editor")),
                        test -> test.row("role")),
                of("grantAdmin", test -> test.centre.users.grantAdmin(test.ann, "setting"), test -> test.row("role")),
                of(
                        "define a role",
                        test -> test.centre.users.define(new Role("r", "r", Set.of(), true)),
                        test -> test.accounts.roles(null, 9)),
                of(
                        "define a permission",
                        test -> test.centre.users.define(
                                new StoredPermission(new Permission("p", "x.y", MatchMode.EXACT), "p", 1, true)),
                        test -> test.accounts.permissions(null, 9)));
    }

    private static Arguments of(String name, Operation operation, Function<BrokenOffTest, Object> seen) {
        return Arguments.of(name, operation, seen);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void shouldDoNothingOrTellWhatItDid(String name, Operation operation, Function<BrokenOffTest, Object> seen) {
        Object expected = unbroken(operation, seen);
        int step = 0;
        while (true) {
            BrokenOffTest test = new BrokenOffTest();
            Object before = seen.apply(test);
            test.untilFailure = step;
            CloudObjectException failure = null;
            try {
                operation.run(test);
            } catch (CloudObjectException e) {
                failure = e;
            }
            test.untilFailure = Integer.MAX_VALUE;
            if (failure == null) {
                assertEquals(expected, seen.apply(test));
                break;
            }
            assertEquals(Code.UNAVAILABLE.value(), failure.code(), "step " + step);
            if (CREATED.equals(failure.getMessage())) {
                test.centre.token("robert");
            } else {
                assertEquals(before, seen.apply(test), "done in silence, broken off at step " + step);
                operation.run(test);
            }
            assertEquals(expected, seen.apply(test), "tried again, broken off at step " + step);
            step++;
        }
        assertTrue(step > 0, "the operation does not use the store");
    }

    private static Object unbroken(Operation operation, Function<BrokenOffTest, Object> seen) {
        BrokenOffTest test = new BrokenOffTest();
        operation.run(test);
        return seen.apply(test);
    }

    /** A renewal that is broken off behind its one write leaves the token good that the client has, and is had again. */
    @ParameterizedTest
    @MethodSource("steps")
    void shouldRenewAgainWithTheTokenThatTheClientHas(int step) {
        String token = centre.token("anna");
        centre.pass(Centre.POLICY.life().minus(Duration.ofMinutes(5)));
        untilFailure = step;
        String renewed;
        try {
            renewed = centre.users.renew(token, null).token();
        } catch (CloudObjectException e) {
            untilFailure = Integer.MAX_VALUE;
            assertEquals(Code.UNAVAILABLE.value(), e.code());
            renewed = centre.users.renew(token, null).token();
        }
        untilFailure = Integer.MAX_VALUE;
        assertTrue(!renewed.equals(token));
        assertTrue(centre.identities.authenticate(renewed, null) instanceof Authentication.Authenticated);
    }

    static List<Integer> steps() {
        return List.of(0, 1, 2, 3, 4, 5, 6);
    }

    private int sessions(String username) {
        return accounts.findByUsername(username).map(account -> account.sessions().list().size()).orElse(-1);
    }

    private String session() {
        return accounts.find(ann).orElseThrow().sessions().list().get(0).id();
    }

    private String row(String field) {
        UserInfo row = accounts.find(ann).<UserInfo>map(PublicUserInfo::of).orElseThrow();
        return String.valueOf(row.toJson().get(field));
    }
}
