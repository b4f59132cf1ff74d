package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.storage.Database;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** CDI, EJB and the database of the deployed application, seen from a bean inside it. */
class WiringIT extends InContainer {

    private static final String ECHO = "template/web-socket/pub.echo";

    @Inject
    WebSocketManage ws;

    @Inject
    ObjectDirectory objects;

    @Inject
    Database database;

    @Test
    void shouldInjectTheSingletonThatReachesClients() {
        assertEquals(0, ws.on(ECHO).send(to -> to.cid("nobody"), "hello").queued());
        assertFalse(ws.isAlive("nobody"));
    }

    @Test
    void shouldPresetNoObjectForABeanThatIsNone() {
        assertThrows(IllegalStateException.class, () -> ws.count(to -> to.everyone()));
    }

    @Test
    void shouldPassItsExceptionsThroughTheEjbContainerAsTheyAre() {
        CloudObjectException refused = assertThrows(CloudObjectException.class, () -> ws.on(ECHO).close(to -> to));
        assertEquals(Code.FAIL.value(), refused.code());
    }

    @Test
    void shouldFindTheCloudObjectsByTheirQualifier() {
        assertTrue(objects.find(ECHO).orElseThrow().takesConnections());
    }

    @Test
    void shouldReachTheDatabase() {
        assertTrue(database.ping());
    }
}
