package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Disconnection;
import dev.cloudobjects.api.Failure;
import dev.cloudobjects.api.Pub;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.directory.ConnectionDirectory;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does in its events what the data asks for under {@code do}, and notes each event in the journal of the device. */
public abstract class Life {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    @Inject
    ConnectionDirectory directory;

    public @Nullable Object onWebsocketConnection(@Nullable JsonObject data) throws InterruptedException {
        note("connection");
        return obey(data);
    }

    public @Nullable Object onWebsocketMessage(JsonObject data) throws InterruptedException {
        note("message " + Instant.now().toEpochMilli());
        return obey(data);
    }

    public void onWebsocketDisConnection(Disconnection end) {
        note("disconnection " + end.code());
    }

    public void onWebsocketError(Failure failure) {
        note("error " + failure.cid() + " " + failure.errMsg());
    }

    /** Hangs over HTTP. */
    public void hang() throws InterruptedException {
        obey(Json.createObjectBuilder().add("do", "hang").build());
    }

    private @Nullable Object obey(@Nullable JsonObject data) throws InterruptedException {
        switch (data == null ? "" : data.getString("do", "")) {
            case "throw" -> throw new CloudObjectException(81, "go away");
            case "token" -> throw new CloudObjectException(Code.TOKEN_INVALID);
            case "crash" -> throw new IllegalStateException("a secret");
            case "overflow" -> overflow(0);
            case "refuse" -> {
                return Result.of(82, "no");
            }
            case "wait" -> Journal.awaitGate(device());
            case "hang" -> hangOn();
            case "close" -> ws.close(me -> me.cid(cid()));
            case "twice" -> {
                ws.send(me -> me.cid(cid()), "first");
                ws.send(me -> me.cid(cid()), "second");
            }
            default -> {
                if (data != null && data.containsKey("say")) {
                    ws.send(me -> me.cid(cid()), data.get("say"));
                }
            }
        }
        return null;
    }

    private void hangOn() throws InterruptedException {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            note("interrupted");
            throw e;
        }
    }

    private int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    /** Sends the time to the calling device's connections of this object. */
    public Result tell() {
        Map<String, Long> now = Map.of("at", Instant.now().toEpochMilli());
        return Result.ok("matched", ws.send(to -> to.device(device()), now).matched());
    }

    /** What the table and the registry hold of the calling device. */
    public Result held() {
        directory.flush();
        long rows = directory.list(10_000).stream()
                .filter(row -> device().equals(row.deviceId()))
                .count();
        return Result.ok("rows", rows).with("count", ws.count(to -> to.device(device())));
    }

    private void note(String entry) {
        Journal.note(device(), entry);
    }

    private String device() {
        return String.valueOf(client.deviceId());
    }

    private String cid() {
        return String.valueOf(client.cid());
    }

    /** Open to anyone. */
    @CloudObject("it/pub.life")
    public static class OfAnyone extends Life {}

    /** For those who are logged in. */
    @CloudObject("it/kh.life")
    public static class OfUsers extends Life {

        @Pub
        @Override
        public Result tell() {
            return super.tell();
        }
    }

    /** Says something to whom it refuses. */
    @CloudObject("it/pub.talks-and-refuses")
    public static class TalksAndRefuses extends Life {

        @Override
        public @Nullable Object onWebsocketConnection(@Nullable JsonObject data) {
            ws.reply("for accepted ones only");
            return Result.of(83, "not you");
        }
    }
}
