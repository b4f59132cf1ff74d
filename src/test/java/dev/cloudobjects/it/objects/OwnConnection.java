package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.Attributes;
import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Data;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Does with the connection of the call what its client asks for. */
@CloudObject("it/pub.own-connection")
public class OwnConnection {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    public record Order(String what, @Nullable String name, @Nullable JsonObject value) {}

    public void onWebsocketConnection() {
        ws.attributes().put("at", "start");
        ws.reply(Data.of("encrypted", client.encrypted()));
    }

    public void onWebsocketMessage(Order order) {
        Attributes attributes = ws.attributes();
        switch (order.what()) {
            case "put" -> {
                attributes.put(String.valueOf(order.name()), order.value());
                ws.reply(attributes.toJson());
            }
            case "online" -> ws.reply(ws.find(String.valueOf(client.cid())).orElseThrow());
            case "others" -> ws.send(Target.appid(client.appId()).exceptSender(), Data.of("from", client.cid()));
            default -> ws.reply(Data.of("encrypted", client.encrypted(), "null", null));
        }
    }

    public void onWebsocketDisConnection() {
        ws.send(Target.appid(client.appId()), Data.of("left", ws.attributes().toJson()));
    }

    /** Called over HTTP, where there is no connection. */
    public Result answer() {
        return Result.ok("queued", ws.reply("answer").queued());
    }

    /** Over HTTP. */
    public Result encrypted() {
        return Result.ok("encrypted", client.encrypted());
    }
}
