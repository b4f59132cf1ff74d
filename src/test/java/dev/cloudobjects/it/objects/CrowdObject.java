package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Disconnection;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Broadcasts, and counts who came and who went. */
@CloudObject("it/pub.crowd")
public class CrowdObject {

    private static final AtomicInteger CAME = new AtomicInteger();
    private static final Map<String, AtomicInteger> WENT = new ConcurrentHashMap<>();

    @Inject
    WebSocketManage ws;

    /** Counts. */
    public void onWebsocketConnection() {
        CAME.incrementAndGet();
    }

    /** Broadcasts. */
    public void onWebsocketMessage(@Nullable Object data) {
        ws.send(Target.everyone(), data);
    }

    /** Counts, per connection. */
    public void onWebsocketDisConnection(Disconnection end) {
        WENT.computeIfAbsent(end.cid(), first -> new AtomicInteger()).incrementAndGet();
    }

    /** The counts: connections that came, that went, and that went more than once. */
    public Map<String, Object> counts() {
        long twice = WENT.values().stream().filter(times -> times.get() > 1).count();
        return Map.of("came", CAME.get(), "went", WENT.size(), "twice", twice);
    }

    /** Starts over. */
    public void reset() {
        CAME.set(0);
        WENT.clear();
    }
}
