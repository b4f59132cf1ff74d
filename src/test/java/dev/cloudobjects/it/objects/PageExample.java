package dev.cloudobjects.it.objects;

import static dev.cloudobjects.api.SendOption.encrypted;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Data;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.UserInfo;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The cloud example of the specification's page, method by method. Like the page it sends what is said in a group to the whole
 * channel, and lets anybody log out anybody: {@code demo.GroupChat} does neither.
 */
@CloudObject("it/page-example")
public class PageExample {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    @Inject
    UserInfo user;

    public record Said(String groupId, @Nullable JsonValue content) {}

    public record Who(@Nullable String cid, @Nullable String user_id) {}

    public void onWebsocketMessage(Said data) {
        ws.send(
                to -> to.channel("default"),
                Data.of(
                        "groupId", data.groupId(),
                        "author", Data.of("_id", client.uid(), "nickname", user.displayName()),
                        "content", data.content()),
                encrypted());
    }

    public void send(Said data) {
        ws.send(
                to -> to.user(client.uid()).channel("default"),
                Data.of(
                        "author", Data.of("_id", null, "nickname", "系统"),
                        "groupId", data.groupId(),
                        "content", "这是只给你发的消息-" + Long.toString(System.currentTimeMillis(), 16)),
                encrypted());
    }

    public Result signedURL() {
        return Result.ok("url", ws.signedURL().create());
    }

    public void close() {
        ws.close(who -> who.user(client.uid()));
    }

    public void forceLogout(Who data) {
        ws.forceLogout(who -> who.cid(data.cid()).user(data.user_id()), Data.of("msg", "您已掉线,请重新登录"));
    }

    public void test() {}
}
