package dev.cloudobjects.bench;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Sends each message back to where it came from. */
@CloudObject("bench/pub.echo")
@EnabledBy("cloudobjects.bench")
public class BenchEcho {

    @Inject
    WebSocketManage ws;

    /** Echoes. */
    public void onWebsocketMessage(@Nullable Object data) {
        ws.reply(data);
    }
}
