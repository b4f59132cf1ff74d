package dev.cloudobjects.dispatch;

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
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.ConnectionState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityWatchTest {

    private final Bench bench = new Bench();
    private final FakeUsers users = new FakeUsers();
    private final IdentityWatch watch = new IdentityWatch();
    private final Connection ann = bench.client().needsLogin().user("ann").accepted();
    private final Connection elsewhere = bench.client().path("other").needsLogin().user("ann").accepted();
    private final Connection bob = bench.client().needsLogin().user("bob").accepted();

    {
        watch.registry = bench.registry;
        watch.users = users;
        watch.logins = bench.logins;
        watch.connections = bench.connections;
        watch.access = new AccessCheck(users);
        watch.objects = ObjectDirectory.of(List.of(object(Bench.PATH, Access.KH), object("other", Access.SYS)));
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
        assertEquals(ConnectionState.CLOSING, ann.state());
        assertEquals(ConnectionState.CLOSING, elsewhere.state());
        assertEquals(ConnectionState.OPEN, bob.state());
    }

    @Test
    void shouldLeaveThemWhoseLoginIsStillGood() {
        watch.changed(new IdentityChanged("ann"));
        assertEquals(ConnectionState.OPEN, ann.state());
        assertEquals(ConnectionState.OPEN, elsewhere.state());
    }

    @Test
    void shouldEndWhatARoleWasNeededForWhenItIsGone() {
        users.grant("ann", Set.of());
        watch.changed(new IdentityChanged("ann"));
        assertEquals(ConnectionState.CLOSING, elsewhere.state());
        assertEquals(ConnectionState.OPEN, ann.state());
    }

    @Test
    void shouldNotFailTheChangeWhileTheUsersCannotBeAsked() {
        users.away = new CloudObjectException(Code.UNAVAILABLE);
        watch.changed(new IdentityChanged("ann"));
        assertEquals(ConnectionState.OPEN, ann.state());
    }

    @Test
    void shouldNotFailTheChangeWhateverGoesWrong() {
        users.broken.put("ann", new OutOfMemoryError("unable to create native thread"));
        watch.changed(new IdentityChanged("ann"));
        assertEquals(ConnectionState.OPEN, ann.state());
        assertEquals(ConnectionState.OPEN, elsewhere.state());
    }
}
