package dev.cloudobjects.demo;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Answers whoever connects with what he sends. Its name makes it public: no login is required. */
@EnabledBy("cloudobjects.demo")
@CloudObject("template/web-socket/pub.echo")
public class PublicEcho {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    /** What the client gets right after it has connected. */
    public record Welcome(String hello, @Nullable Object query) {}

    /** Greets; what stands in the address's query comes back. */
    public void onWebsocketConnection(@Nullable JsonObject query) {
        ws.reply(new Welcome("send me something", query));
    }

    /** Sends back what came: JSON as JSON, binary as binary. */
    public void onWebsocketMessage(@Nullable Object data) {
        ws.reply(data);
    }

    /** Says hello over HTTP. */
    public Result main() {
        return Result.ok("hello", client.source().wireName());
    }
}
