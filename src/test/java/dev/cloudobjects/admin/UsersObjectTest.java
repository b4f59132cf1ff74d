package dev.cloudobjects.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.admin.UsersObject.Whose;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.users.AccountStatus;
import dev.cloudobjects.users.Centre;
import dev.cloudobjects.users.MemoryAccounts;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bans by a helper, who has a permission and not the role admin. */
class UsersObjectTest {

    private final Centre centre = new Centre(new MemoryAccounts());
    private final CurrentCall current = new CurrentCall();
    private final UsersObject object = new UsersObject();
    private final String ann = centre.register("annie");

    @BeforeEach
    void enter() {
        object.users = centre.users;
        object.admin = new AdminContext();
        object.admin.current = current;
        object.admin.users = new FakeUsers();
        ObjectModel model = new ObjectModel("sys/users", UsersObject.class, Map.of(), Map.of(), null, null);
        ObjectMethod method = new ObjectMethod("ban", null, null, new AccessRule(Access.SYS, 0, "a test"));
        Caller helper = new Caller(FakeUsers.of("helper"), null, Caller.Client.UNKNOWN);
        current.enter(new CurrentCall.InCall(Call.of(model, method, "r1").from(Source.CLIENT, helper).build()));
    }

    @AfterEach
    void leave() {
        current.leave();
    }

    private AccountStatus status() {
        return centre.store.find(ann).orElseThrow().status();
    }

    @Test
    void shouldBanAndLetInAgain() {
        object.ban(new Whose(ann));
        object.ban(new Whose(ann));
        assertEquals(AccountStatus.DISABLED, status());
        object.unban(new Whose(ann));
        assertEquals(AccountStatus.NORMAL, status());
    }

    @ParameterizedTest
    @EnumSource(value = AccountStatus.class, names = {"IN_REVIEW", "REJECTED", "CLOSED"})
    void shouldLeaveAnAccountThatIsNotInUseAsItIs(AccountStatus before) {
        centre.store.setStatus(ann, before);
        CloudObjectException refusal = assertThrows(CloudObjectException.class, () -> object.ban(new Whose(ann)));
        assertEquals(Code.BAD_REQUEST.value(), refusal.code());
        assertTrue(refusal.getMessage().startsWith("user: ") && refusal.getMessage().contains(before.name()));
        assertThrows(CloudObjectException.class, () -> object.unban(new Whose(ann)));
        assertEquals(before, status());
    }

    @Test
    void shouldKnowWhomItBans() {
        CloudObjectException refusal = assertThrows(CloudObjectException.class, () -> object.ban(new Whose("nobody")));
        assertEquals(Code.NO_SUCH_USER.value(), refusal.code());
    }

    /** The account is closed between the look at it and its change. */
    @Test
    void shouldNotUndoWhatOthersDidMeanwhile() {
        centre.store.setStatus(ann, AccountStatus.CLOSED);
        CloudObjectException refusal = assertThrows(
                CloudObjectException.class,
                () -> centre.users.changeStatus(ann, AccountStatus.NORMAL, AccountStatus.DISABLED));
        assertEquals(Code.UNAVAILABLE.value(), refusal.code());
        assertEquals(AccountStatus.CLOSED, status());
    }
}
