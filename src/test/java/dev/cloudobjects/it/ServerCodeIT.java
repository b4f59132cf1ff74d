package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.CloudObjects;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.it.objects.CallerObject;
import dev.cloudobjects.it.objects.DataObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cloud objects and guarded beans, reached by server code that no client called. */
class ServerCodeIT extends InContainer {

    @Inject
    CloudObjects objects;

    @Inject
    ClientInfo client;

    @Inject
    @CloudObject("it/pub.data")
    DataObject data;

    @Inject
    CallerObject.Guarded guarded;

    @Test
    void shouldCallAsTheServer() {
        Result answer = objects.call("it/sys/probe.hit", null);
        assertEquals(0, answer.code());
        assertEquals("function", objects.call("it/pub.caller.who", null).get("source"));
    }

    @Test
    void shouldBindDataOfServerCodeAsThatOfClients() {
        Result answer = objects.call(
                "it/pub.data.record",
                new DataObject.Letter("t", new DataObject.Sender("n"), List.of(1), new byte[] {1, 2}));
        assertEquals("t!", answer.get("title"));
        assertEquals(3, ((Number) objects.call("it/pub.data.number", 2).get("data")).intValue());
        assertEquals(1, ((Number) objects.call("it/pub.data.map", Map.of("a", 1)).get("size")).intValue());
    }

    @Test
    void shouldThrowTheCodeOfAFailedCall() {
        assertEquals(404, code(() -> objects.call("it/pub.nothing", null)));
        assertEquals(404, code(() -> objects.call("it/pub.data.nomethod", null)));
        assertEquals(403, code(() -> objects.call("it/pub.names._private", null)));
        assertEquals(501, code(() -> objects.call("it/pub.names.onWebsocketMessage", null)));
        assertEquals(400, code(() -> objects.call("it/pub.data.number", "no number")));
    }

    @Test
    void shouldDenyADirectCallThatNobodyMakes() {
        assertEquals(403, code(() -> data.main()));
        assertEquals(403, code(() -> guarded.secret()));
    }

    @Test
    void shouldLetServerCodeActForItself() throws Exception {
        assertEquals("main", objects.runAs(Source.TIMING, () -> data.main()));
        assertEquals("secret", objects.runAs(Source.SERVER, () -> guarded.secret()));
        assertEquals(403, code(() -> data.main()), "the right is gone with the task");
    }

    @Test
    void shouldTellTheSourceThatServerCodeNames() throws Exception {
        assertEquals(Source.TIMING, objects.runAs(Source.TIMING, () -> client.source()));
    }

    private static int code(Runnable call) {
        return assertThrows(CloudObjectException.class, call::run).code();
    }
}
