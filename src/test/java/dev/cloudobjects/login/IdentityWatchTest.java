package dev.cloudobjects.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.security.IdentityChanged;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityWatchTest {

    private final Bench bench = new Bench();
    private final FakeUsers users = new FakeUsers();
    private final IdentityWatch watch = new IdentityWatch(
            bench.registry,
            users,
            bench.logins,
            new AccessCheck(users),
            ObjectDirectory.of(List.of(object(Bench.PATH, Access.KH), object("other", Access.SYS))));
    private final Session ann = bench.client().needsLogin().user("ann").accepted();
    private final Session elsewhere = bench.client().path("other").needsLogin().user("ann").accepted();
    private final Session bob = bench.client().needsLogin().user("bob").accepted();

    {
        users.grant("ann", Set.of("admin"));
    }

    private static ObjectModel object(String path, Access access) {
        Map<Event, ObjectMethod> events = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            events.put(event, new ObjectMethod(event.methodName(), null, null, new AccessRule(access, 0, "a test")));
        }
        return new ObjectModel(path, Object.class, Map.of(), events, null, null);
    }

    @Test
    void shouldEndTheUsersConnectionsAndNoOthers() {
        users.rejected.put("ann", Code.ACCOUNT_DISABLED);
        watch.changed(new IdentityChanged("ann"));
        assertEquals(SessionState.CLOSING, ann.state());
        assertEquals(SessionState.CLOSING, elsewhere.state());
        assertEquals(SessionState.OPEN, bob.state());
    }

    @Test
    void shouldLeaveThemWhoseLoginIsStillGood() {
        watch.changed(new IdentityChanged("ann"));
        assertEquals(SessionState.OPEN, ann.state());
        assertEquals(SessionState.OPEN, elsewhere.state());
    }

    @Test
    void shouldEndWhatARoleWasNeededForWhenItIsGone() {
        users.grant("ann", Set.of());
        watch.changed(new IdentityChanged("ann"));
        assertEquals(SessionState.CLOSING, elsewhere.state());
        assertEquals(SessionState.OPEN, ann.state());
    }

    @Test
    void shouldNotFailTheChangeWhileTheUsersCannotBeAsked() {
        users.away = new CloudObjectException(Code.UNAVAILABLE);
        watch.changed(new IdentityChanged("ann"));
        assertEquals(SessionState.OPEN, ann.state());
    }

    @Test
    void shouldNotFailTheChangeWhateverGoesWrong() {
        users.broken.put("ann", new OutOfMemoryError("unable to create native thread"));
        watch.changed(new IdentityChanged("ann"));
        assertEquals(SessionState.OPEN, ann.state());
        assertEquals(SessionState.OPEN, elsewhere.state());
    }
}
