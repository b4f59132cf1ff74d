package dev.cloudobjects.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Authentication.Rejected;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.security.Permission;
import dev.cloudobjects.security.Permission.MatchMode;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCheckTest {

    private final FakeUsers users = new FakeUsers()
            .grant("admin", Set.of("admin"))
            .grant("exact", Set.of("r"), new Permission("p", "chat/room.call", MatchMode.EXACT))
            .grant("wild", Set.of("r"), new Permission("p", "chat/*", MatchMode.WILDCARD))
            .grant("regex", Set.of("r"), new Permission("p", "chat/.*\\.call", MatchMode.REGEX))
            .grant("other", Set.of("r", "administrator"), new Permission("p", "chat/room.cal", MatchMode.EXACT))
            .grant("prefix", Set.of("r"), new Permission("p", "chat", MatchMode.REGEX))
            .grant("broken", Set.of("r"), new Permission("p", "(", MatchMode.REGEX));
    private final AccessCheck access = new AccessCheck(users);

    private static Authentication who(String name) {
        return switch (name) {
            case "anonymous" -> Authentication.ANONYMOUS;
            case "expired" -> new Rejected(Code.TOKEN_EXPIRED);
            case "banned" -> new Rejected(Code.ACCOUNT_DISABLED);
            default -> FakeUsers.of(name);
        };
    }

    private int check(Call call) {
        return access.check(call).map(Refusal::code).orElse(0);
    }

    @ParameterizedTest(name = "{0} on pub {1}, kh {2}, sys {3}")
    @CsvSource({
        "anonymous, 0, 30204, 30204",
        "expired,   0, 30203, 30203",
        "banned,    0, 10001, 10001",
        "nobody,    0, 0,     403",
        "other,     0, 0,     403",
        "prefix,    0, 0,     403",
        "broken,    0, 0,     403",
        "exact,     0, 0,     0",
        "wild,      0, 0,     0",
        "regex,     0, 0,     0",
        "admin,     0, 0,     0"
    })
    void shouldDecideByIdentityAndGrants(String name, int pub, int kh, int sys) {
        assertEquals(pub, check(Calls.of(Access.PUB, "call", who(name)).build()));
        assertEquals(kh, check(Calls.of(Access.KH, "call", who(name)).build()));
        assertEquals(sys, check(Calls.of(Access.SYS, "call", who(name)).build()));
    }

    @Test
    void shouldSayInTheLogWhatIsMissingAndNotToTheClient() {
        Refusal refusal =
                access.check(Calls.of(Access.SYS, "call", who("other")).build()).orElseThrow();
        assertEquals(Code.DENIED.message(), refusal.msg());
        assertEquals("sys", refusal.filter());
        assertTrue(refusal.reason().contains("chat/room.call") && refusal.reason().contains("administrator"));
    }

    @Nested
    class Events {

        @ParameterizedTest
        @ValueSource(strings = {"onWebsocketDisConnection", "onWebsocketError"})
        void shouldEndAConnectionWhoeverItIs(String event) {
            assertEquals(0, check(Calls.of(Access.SYS, event, who("anonymous")).build()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"onWebsocketConnection", "onWebsocketMessage"})
        void shouldBeginAndUseAConnectionOnlyWithAccess(String event) {
            assertEquals(30204, check(Calls.of(Access.KH, event, who("anonymous")).build()));
        }
    }

    @Nested
    class Sources {

        @Test
        void shouldLetServerCodePass() {
            assertEquals(0, check(Calls.of(Access.SYS, "call", who("anonymous"))
                    .from(Source.FUNCTION, Caller.server())
                    .build()));
        }

        @ParameterizedTest
        @EnumSource(value = Source.class, mode = EnumSource.Mode.EXCLUDE, names = "FUNCTION")
        void shouldLetNothingElsePass(Source source) {
            assertEquals(
                    30204,
                    check(Calls.of(Access.SYS, "call", who("anonymous"))
                            .from(source, Caller.server())
                            .build()));
        }
    }

    @Test
    void shouldFailWhenTheUsersCannotBeAsked() {
        users.away = new CloudObjectException(Code.UNAVAILABLE);
        assertThrows(
                CloudObjectException.class,
                () -> access.check(Calls.of(Access.SYS, "call", who("admin")).build()));
        assertEquals(0, check(Calls.of(Access.PUB, "call", who("admin")).build()));
    }
}
