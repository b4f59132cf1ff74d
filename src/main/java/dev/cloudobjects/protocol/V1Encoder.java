package dev.cloudobjects.protocol;

import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.ServerFrame.Recovery;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How {@link V1Codec} writes each frame of the server. */
final class V1Encoder implements ServerFrame.Fold<Optional<Encoded>> {

    private static final Optional<Encoded> PING = text("{\"type\":\"ping\"}");
    private static final Optional<Encoded> PONG = text("{\"type\":\"pong\"}");

    private final JsonMapper mapper;

    V1Encoder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Optional<Encoded> connected(ServerFrame.Connected connected) {
        return text("{\"type\":\"connected\",\"cid\":" + mapper.quote(connected.cid())
                + ",\"pingInterval\":" + connected.pingIntervalMillis()
                + resume(connected.resume()) + recovery(connected.recovery()) + '}');
    }

    private String resume(ServerFrame.@Nullable Resumable resume) {
        return resume == null
                ? ""
                : ",\"resume\":{\"secret\":" + mapper.quote(resume.secret()) + ",\"window\":" + resume.windowMillis() + '}';
    }

    private static String recovery(@Nullable Recovery recovery) {
        if (recovery instanceof Recovery.Recovered recovered) {
            return ",\"recovered\":true,\"received\":" + recovered.received();
        }
        return recovery instanceof Recovery.Missed missed
                ? ",\"recovered\":false,\"reason\":\"" + missed.why().wireName() + '"'
                : "";
    }

    @Override
    public Optional<Encoded> message(ServerFrame.Message message) {
        return withData("{\"type\":\"message\"", message.data(), position(message.position()));
    }

    private static Optional<Encoded> withData(String header, Payload data) {
        return withData(header, data, "");
    }

    /** @param header the frame but for its data and what follows it @param rest the members behind the data */
    private static Optional<Encoded> withData(String header, Payload data, String rest) {
        return data instanceof Payload.Binary binary
                ? Optional.of(new Encoded.Bytes(binaryFrame(header + rest + '}', binary.bytes())))
                : text(header + ",\"data\":" + ((Payload.Json) data).text() + rest + '}');
    }

    @Override
    public Optional<Encoded> response(ServerFrame.Response response) {
        return withData("{\"type\":\"response\"" + re(response.re()), response.data());
    }

    @Override
    public Optional<Encoded> item(ServerFrame.Item item) {
        return withData("{\"type\":\"item\"" + re(item.re()), item.data());
    }

    @Override
    public Optional<Encoded> endOfStream(ServerFrame.EndOfStream end) {
        return text("{\"type\":\"response\"" + re(end.re()) + ",\"end\":true}");
    }

    @Override
    public Optional<Encoded> request(ServerFrame.Request request) {
        return withData("{\"type\":\"request\",\"id\":" + request.id(), request.data());
    }

    @Override
    public Optional<Encoded> cancel(ServerFrame.Cancel cancel) {
        return text("{\"type\":\"cancel\"" + re(cancel.re()) + '}');
    }

    @Override
    public Optional<Encoded> event(ServerFrame.Event event) {
        return text("{\"type\":\"event\",\"event\":\"" + event.type().wireName() + '"'
                + EventMembers.of(event, mapper) + re(event.re()) + '}');
    }

    @Override
    public Optional<Encoded> ack(ServerFrame.Ack ack) {
        return text("{\"type\":\"ack\",\"id\":" + ack.id() + '}');
    }

    @Override
    public Optional<Encoded> authenticated(ServerFrame.Authenticated authenticated) {
        return text("{\"type\":\"authenticated\",\"tokenExpired\":" + authenticated.tokenExpired()
                + re(authenticated.re()) + '}');
    }

    @Override
    public Optional<Encoded> reconnect(ServerFrame.Reconnect reconnect) {
        return text("{\"type\":\"event\",\"event\":\"reconnect\",\"within\":" + reconnect.withinMillis() + '}');
    }

    @Override
    public Optional<Encoded> ping(ServerFrame.Ping ping) {
        return PING;
    }

    @Override
    public Optional<Encoded> pong(ServerFrame.Pong pong) {
        return PONG;
    }

    @Override
    public Optional<Encoded> joined(ServerFrame.Joined joined) {
        return text("{\"type\":\"joined\"" + position(joined.head()) + '}');
    }

    @Override
    public Optional<Encoded> caughtUp(ServerFrame.CaughtUp caughtUp) {
        ServerFrame.Gap gap = caughtUp.gap();
        return text("{\"type\":\"caughtup\"" + re(caughtUp.re()) + position(caughtUp.reached())
                + (caughtUp.more() ? ",\"more\":true" : "")
                + ",\"complete\":" + (gap == null ? "true" : "false,\"reason\":\"" + gap.wireName() + '"') + '}');
    }

    @Override
    public Optional<Encoded> presence(ServerFrame.Presence presence) {
        String changes = presence.changes().stream()
                .map(change -> "{\"member\":" + mapper.quote(change.member()) + ",\"change\":\""
                        + change.kind().name().toLowerCase(Locale.ROOT) + '"' + data(change.data()) + '}')
                .collect(Collectors.joining(",", "[", "]"));
        return text("{\"type\":\"presence\"" + place(presence.place()) + ",\"version\":" + presence.version()
                + ",\"changes\":" + changes + (presence.over() ? ",\"over\":true" : "") + '}');
    }

    @Override
    public Optional<Encoded> members(ServerFrame.Members frame) {
        Here page = frame.page();
        String next = page.next();
        String members = page.members().stream()
                .map(member -> "{\"member\":" + mapper.quote(member.id()) + (member.away() ? ",\"away\":true" : "")
                        + data(member.data()) + '}')
                .collect(Collectors.joining(",", "[", "]"));
        return text("{\"type\":\"members\"" + re(frame.re()) + place(page.place()) + ",\"version\":" + page.version()
                + ",\"members\":" + members + (next == null ? "" : ",\"next\":" + mapper.quote(next)) + '}');
    }

    /** The member of a place that has the name of its kind. */
    static String name(Place.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private String place(Place place) {
        String path = place.path();
        return ",\"place\":{" + (path == null ? "" : "\"path\":" + mapper.quote(path) + ',') + '"' + name(place.kind())
                + "\":" + mapper.quote(place.name()) + '}';
    }

    private static String data(@Nullable JsonValue data) {
        return data == null ? "" : ",\"data\":" + data;
    }

    private String position(ServerFrame.@Nullable Position position) {
        return position == null
                ? ""
                : ",\"group\":" + mapper.quote(position.group()) + ",\"pos\":" + position.pos() + ",\"epoch\":"
                        + mapper.quote(position.epoch());
    }

    private static String re(@Nullable Long id) {
        return id == null ? "" : ",\"re\":" + id;
    }

    private static byte[] binaryFrame(String header, byte[] data) {
        byte[] head = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(V1Codec.PREFIX + head.length + data.length)
                .put(V1Codec.BINARY)
                .putShort((short) head.length)
                .put(head)
                .put(data)
                .array();
    }

    private static Optional<Encoded> text(String text) {
        return Optional.of(new Encoded.Text(text));
    }
}
