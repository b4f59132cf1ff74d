package dev.cloudobjects.demo;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Sends each message back to its sender. Its name makes it public: no login is required. */
@EnabledBy("cloudobjects.demo")
@CloudObject("template/web-socket/pub.echo")
public class PublicEcho {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    /** The first message to a client. */
    public record Welcome(String hello, @Nullable Object query) {}

    /** Sends a welcome message with the query parameters of the URL. */
    public void onWebsocketConnection(@Nullable JsonObject query) {
        ws.reply(new Welcome("send me something", query));
    }

    /** Sends the message back: JSON as JSON, binary as binary. */
    public void onWebsocketMessage(@Nullable Object data) {
        ws.reply(data);
    }

    /** Answers a call over HTTP. */
    public Result main() {
        return Result.ok("hello", client.source().wireName());
    }
}
