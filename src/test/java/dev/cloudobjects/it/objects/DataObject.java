package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes data of every kind, and gives it back changed, so that it was read and not just passed on. */
@CloudObject("it/pub.data")
public class DataObject {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    private int calls;

    /** A record within a record, with bytes in it. */
    public record Letter(String title, Sender from, List<Integer> marks, byte @Nullable [] seal) {}

    public record Sender(String name) {}

    public String main() {
        return "main";
    }

    public Letter record(Letter letter) {
        byte[] seal = letter.seal();
        return new Letter(letter.title() + "!", new Sender(letter.from().name() + "!"), letter.marks(), reversed(seal));
    }

    public Map<String, Object> map(Map<String, Object> map) {
        map.put("size", map.size());
        return map;
    }

    public JsonObject object(JsonObject object) {
        return object;
    }

    public List<Integer> list(List<Integer> list) {
        return list.stream().map(n -> n + 1).toList();
    }

    public String text(String text) {
        return text + "!";
    }

    public int number(int number) {
        return number + 1;
    }

    public void nothing() {}

    /** Fails with what the client said. */
    public void crash(@Nullable JsonObject data) {
        throw new IllegalStateException(data == null ? "said nothing" : data.getString("a", "said nothing"));
    }

    /** Bytes at any depth arrive as bytes. */
    public Map<String, Object> bytes(Map<String, Object> map) {
        byte[] deep = (byte[]) ((Map<?, ?>) map.get("in")).get("bytes");
        return Map.of("out", List.of(Map.of("bytes", reversed(deep))));
    }

    /** One instance for each call: always 1. */
    public int count() {
        calls++;
        return calls;
    }

    public void onWebsocketMessage(@Nullable Object data) {
        if (data instanceof byte[] whole) {
            ws.reply(reversed(whole));
        } else if (data instanceof Map<?, ?> map && map.get("bytes") instanceof byte[] nested) {
            ws.reply(Map.of("bytes", reversed(nested)));
        } else {
            ws.reply(data);
        }
    }

    private static byte[] reversed(byte @Nullable [] bytes) {
        byte[] reversed = new byte[bytes == null ? 0 : bytes.length];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /** Takes bytes only: anything else does not fit. */
    @CloudObject("it/pub.bytes")
    public static class Bytes {

        @Inject
        WebSocketManage ws;

        public void onWebsocketMessage(byte[] data) {
            ws.reply(reversed(data));
        }
    }

    /** Takes a record only. */
    @CloudObject("it/pub.typed")
    public static class Typed {

        @Inject
        WebSocketManage ws;

        public void onWebsocketMessage(Sender data) {
            ws.reply(data.name());
        }
    }

    /** Takes what a query can say. */
    @CloudObject("it/pub.numbers")
    public static class Numbers {

        public record Asked(int whole, boolean yes, List<Integer> many, Sender deep) {}

        public Map<String, Object> main(Asked asked) {
            int sum = asked.many().stream().mapToInt(Integer::intValue).sum();
            return Map.of("whole", asked.whole() + 1, "yes", !asked.yes(), "sum", sum);
        }
    }
}
