package dev.cloudobjects.handshake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.http.Refused;
import dev.cloudobjects.log.AuditLines;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.ObjectPath;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission();

    {
        admission.connections = new Bench().sessions;
        admission.access = new AccessCheck(new FakeUsers().grant("chief", Set.of("admin")));
    }

    private static ObjectModel object(String path) {
        String event = Event.CONNECTION.methodName();
        AccessRule rule = AccessRule.decide(new ObjectPath(path), event, null, null);
        ObjectMethod method = new ObjectMethod(event, null, null, rule);
        return new ObjectModel(path, Object.class, Map.of(), Map.of(Event.CONNECTION, method), null, null);
    }

    private static Caller caller(Authentication authentication) {
        return new Caller(
                authentication, null, new Caller.Client(null, null, null, null, null, null, "192.0.2.7"));
    }

    private List<String> refused(String path, Authentication authentication) {
        try (AuditLines audit = new AuditLines()) {
            assertThrows(Refused.class, () -> admission.check(object(path), caller(authentication)));
            return audit.lines();
        }
    }

    @Test
    void shouldPutOnRecordWhoTriedToConnectToWhatNeedsRights() {
        List<String> lines = refused("room/sys/control", FakeUsers.of("ann"));
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(
                lines.get(0)
                        .startsWith("COBJ6004I: permission denied: user=\"ann\" address=\"192.0.2.7\""
                                + " call=\"websocket room/sys/control.onWebsocketConnection\" target=\"\" outcome=\"it needs the role admin"),
                lines.get(0));
    }

    @Test
    void shouldNotPutAMissingLoginOnRecord() {
        assertEquals(List.of(), refused("room/sys/control", Authentication.ANONYMOUS));
        assertEquals(List.of(), refused("room/control", Authentication.ANONYMOUS));
    }

    @Test
    void shouldLetThoseWithRightsPass() {
        try (AuditLines audit = new AuditLines()) {
            assertDoesNotThrow(() -> admission.check(object("room/sys/control"), caller(FakeUsers.of("chief"))));
            assertDoesNotThrow(() -> admission.check(object("room/control"), caller(FakeUsers.of("ann"))));
            assertEquals(List.of(), audit.lines());
        }
    }
}
