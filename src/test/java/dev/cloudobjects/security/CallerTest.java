package dev.cloudobjects.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.cloudobjects.api.Code;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static final Caller.Client CLIENT = new Caller.Client("app", "phone", null, null, null, null, "192.0.2.1");
    private static final Login ANN = new Login("ann", "s", "t", null, Instant.EPOCH);
    private static final Authentication GOOD = new Authentication.Authenticated(ANN);

    @Test
    void shouldTellWhoIsLoggedIn() {
        Caller caller = new Caller(GOOD, "a token", CLIENT);
        assertEquals(ANN, caller.login());
        assertEquals("ann", caller.uid());
    }

    @Test
    void shouldTellThatNobodyIs() {
        for (Authentication outcome :
                new Authentication[] {Authentication.ANONYMOUS, new Authentication.Rejected(Code.TOKEN_EXPIRED)}) {
            Caller caller = new Caller(outcome, "a token", CLIENT);
            assertNull(caller.login());
            assertNull(caller.uid());
        }
    }

    @Test
    void shouldBeTheSameClientWithAnotherOutcome() {
        Caller nobody = new Caller(GOOD, "a token", CLIENT).as(Authentication.ANONYMOUS);
        assertEquals(new Caller(Authentication.ANONYMOUS, "a token", CLIENT), nobody);
    }

    @Test
    void shouldBeTheSameClientWithANewerLogin() {
        Caller before = new Caller(Authentication.ANONYMOUS, "a token", CLIENT);
        assertEquals(new Caller(GOOD, "a newer one", CLIENT), before.renewed(ANN, "a newer one"));
    }

    @Test
    void shouldBeTheServerWithoutALogin() {
        assertEquals(new Caller(Authentication.ANONYMOUS, null, Caller.Client.UNKNOWN), Caller.server());
    }
}
