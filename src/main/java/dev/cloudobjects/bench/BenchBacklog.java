package dev.cloudobjects.bench;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Sends each message eight times to everyone who is connected. */
@CloudObject("bench/pub.backlog")
@EnabledBy("cloudobjects.bench")
public class BenchBacklog {

    private static final int TIMES = 8;

    @Inject
    WebSocketManage ws;

    /** Broadcasts. */
    public void onWebsocketMessage(@Nullable Object data) {
        for (int i = 0; i < TIMES; i++) {
            ws.send(Target.everyone(), data);
        }
    }
}
