package dev.cloudobjects.bench;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Sends each message to everyone who is connected. */
@CloudObject("bench/pub.broadcast")
@EnabledBy("cloudobjects.bench")
public class BenchBroadcast {

    @Inject
    WebSocketManage ws;

    /** Broadcasts. */
    public void onWebsocketMessage(@Nullable Object data) {
        ws.send(Target.everyone(), data);
    }
}
