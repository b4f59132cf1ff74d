package dev.cloudobjects.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.CurrentCall.AsServer;
import dev.cloudobjects.call.CurrentCall.InCall;
import dev.cloudobjects.objects.Event;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.security.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CurrentCallTest {

    private final CurrentCall current = new CurrentCall();
    private final Call outer = call();
    private final Call inner = call();

    private static Call call() {
        AccessRule rule = new AccessRule(Access.PUB, 0, "a test");
        ObjectMethod method = new ObjectMethod(Event.MESSAGE.methodName(), null, null, rule);
        ObjectModel object = new ObjectModel("chat/room", Object.class, Map.of(), Map.of(), null, null);
        return Call.of(object, method, "1").from(Source.WEBSOCKET, Caller.server()).build();
    }

    @Test
    void shouldBeNoneAtFirst() {
        assertEquals(Optional.empty(), current.frame());
        assertEquals(Optional.empty(), current.call());
        assertThrows(IllegalStateException.class, current::required);
        assertThrows(IllegalStateException.class, current::source);
    }

    @Test
    void shouldBeTheInnermost() {
        current.enter(new InCall(outer));
        current.enter(new InCall(inner));
        assertSame(inner, current.required());
        current.leave();
        assertSame(outer, current.required());
        current.leave();
        assertEquals(Optional.empty(), current.frame());
    }

    @Test
    void shouldStillBeThereWhileTheServerActsForItself() {
        current.enter(new InCall(outer));
        current.enter(new AsServer(Source.TIMING));
        assertSame(outer, current.required());
        assertEquals(Source.TIMING, current.source());
        current.leave();
        assertEquals(Source.WEBSOCKET, current.source());
    }

    @Test
    void shouldBeThatOfTheThread() {
        current.enter(new InCall(outer));
        assertEquals(Optional.empty(), CompletableFuture.supplyAsync(current::call).join());
    }
}
