package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Liveness;
import dev.cloudobjects.api.Online;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Selector;
import dev.cloudobjects.api.SendOption;
import dev.cloudobjects.api.SendResult;
import dev.cloudobjects.api.SignedURL;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.UserTransaction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Does with connections what a test asks for. */
public abstract class Managed {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    @Inject
    UserTransaction transaction;

    /** A target in JSON. */
    public record Whom(
            @Nullable List<String> cid,
            @Nullable List<String> user,
            @Nullable List<String> device,
            @Nullable List<String> appid,
            @Nullable List<String> channel,
            @Nullable List<String> group,
            @Nullable List<String> path,
            @Nullable List<String> except,
            boolean exceptSender,
            boolean everyone) {

        Selector narrow(Selector to) {
            Selector target = to;
            target = cid == null ? target : target.cid(cid);
            target = user == null ? target : target.user(user);
            target = device == null ? target : target.device(device);
            target = appid == null ? target : target.appid(appid);
            target = channel == null ? target : target.channel(channel);
            target = group == null ? target : target.group(group);
            target = path == null ? target : target.path(path);
            target = except == null ? target : target.except(except);
            target = exceptSender ? target.exceptSender() : target;
            return everyone ? target.everyone() : target;
        }
    }

    /** What to do with a target. */
    public record Order(Whom to, @Nullable JsonValue data, @Nullable List<String> groups, @Nullable String after, int limit) {

        String[] names() {
            return groups == null ? new String[0] : groups.toArray(String[]::new);
        }
    }

    /** A signed url to be. */
    public record Wish(@Nullable String path, @Nullable JsonValue query, @Nullable String channel, boolean anonymous, boolean encrypt) {}

    public void onWebsocketConnection(@Nullable JsonObject data) {
        String self = String.valueOf(client.cid());
        String channel = ws.find(self).map(Online::channel).orElse("none");
        ws.send(
                me -> me.cid(self),
                Map.of(
                        "query", data == null ? JsonValue.NULL : data,
                        "by", String.valueOf(client.uid()),
                        "channel", channel,
                        "path", path()));
    }

    public void onWebsocketMessage(Order order) {
        if (order.to() == null) {
            ws.join(order.names());
        } else {
            ws.leave(order.names());
        }
        ws.reply("done");
    }

    abstract String path();

    public SendResult send(Order order) {
        return ws.send(order.to()::narrow, order.data());
    }

    public SendResult sendEncrypted(Order order) {
        return ws.send(order.to()::narrow, order.data(), SendOption.requireEncrypted());
    }

    public Result count(Order order) {
        return Result.ok("count", ws.count(order.to()::narrow));
    }

    public Online.Page online(Order order) {
        return ws.online(order.to()::narrow, order.after(), order.limit());
    }

    public Result close(Order order) {
        return Result.ok("count", ws.close(order.to()::narrow));
    }

    public Result forceLogout(Order order) {
        return Result.ok("count", ws.forceLogout(order.to()::narrow, order.data()));
    }

    public Result join(Order order) {
        return Result.ok("count", ws.join(order.to()::narrow, order.names()));
    }

    public Result leave(Order order) {
        return Result.ok("count", ws.leave(order.to()::narrow, order.names()));
    }

    public Result joinNobody() {
        ws.join("group");
        return Result.ok();
    }

    public Result alive(Whom who) {
        return Result.ok("alive", ws.isAlive(who.cid().get(0)));
    }

    public Liveness alives(Whom who) {
        return ws.isAlive(who.cid());
    }

    public Result signed(@Nullable Wish wish) {
        SignedURL url = ws.signedURL();
        if (wish != null) {
            url = wish.path() == null ? url : url.path(wish.path());
            url = wish.query() == null ? url : url.query(wish.query());
            url = wish.channel() == null ? url : url.channel(wish.channel());
            url = wish.anonymous() ? url.anonymous() : url;
            url = wish.encrypt() ? url.encrypt() : url;
        }
        return Result.ok("url", url.create());
    }

    /** Sends inside a transaction and, while that is open, from outside it. */
    public Result commit(Order order) throws Exception {
        boolean deferred = sendAround(order);
        transaction.commit();
        return Result.ok("deferred", deferred);
    }

    /** The same, and nothing of it counts. */
    public Result rollBack(Order order) throws Exception {
        boolean deferred = sendAround(order);
        transaction.rollback();
        return Result.ok("deferred", deferred);
    }

    private boolean sendAround(Order order) throws Exception {
        UnaryOperator<Selector> to = order.to()::narrow;
        transaction.begin();
        boolean deferred = ws.send(to, "inside").deferred();
        CompletableFuture.runAsync(() -> ws.send(to, "outside")).join();
        return deferred;
    }

    /** The object of most tests. */
    @CloudObject("it/pub.managed")
    public static class Ordinary extends Managed {
        @Override
        String path() {
            return "it/pub.managed";
        }
    }

    /** Another one, which nobody else connects to. */
    @CloudObject("it/pub.everyone")
    public static class Everyone extends Managed {
        @Override
        String path() {
            return "it/pub.everyone";
        }
    }
}
