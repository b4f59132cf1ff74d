package dev.cloudobjects.protocol;

import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.Payload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of a plain client: what it sends and gets is the data itself, and the framework's own frames are objects
 * with the one member {@code vkWebSocket}.
 */
final class PlainCodec implements Codec {

    private final JsonMapper mapper;

    PlainCodec(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public JsonMapper mapper() {
        return mapper;
    }

    @Override
    public Dialect dialect() {
        return Dialect.PLAIN;
    }

    @Override
    public boolean awaitsConnect() {
        return false;
    }

    @Override
    public ClientFrame decode(String text) {
        return new ClientFrame.Message(null, mapper.parse(text));
    }

    @Override
    public ClientFrame decode(byte[] message) {
        return new ClientFrame.Message(null, new Payload.Binary(message));
    }

    @Override
    public @Nullable Long findId(String text) {
        return null;
    }

    @Override
    public @Nullable Long findId(byte[] message) {
        return null;
    }

    @Override
    public Optional<Encoded> encode(ServerFrame frame) {
        if (frame instanceof ServerFrame.Message message) {
            return Optional.of(encode(message.data()));
        }
        if (frame instanceof ServerFrame.Connected connected) {
            return framework("connect", ",\"data\":{\"cid\":" + mapper.quote(connected.cid()) + '}');
        }
        if (frame instanceof ServerFrame.Event event) {
            return framework(event.type().wireName(), EventMembers.of(event, mapper));
        }
        // A plain client's heartbeat is WebSocket's own, its messages have no id to be answered under, and it knows VK's
        // events only.
        return Optional.empty();
    }

    @Override
    public Encoded batch(List<Encoded> frames) {
        throw new UnsupportedOperationException("plain clients get one message at a time");
    }

    private static Encoded encode(Payload data) {
        return data instanceof Payload.Binary binary
                ? new Encoded.Bytes(binary.bytes())
                : new Encoded.Text(((Payload.Json) data).text());
    }

    private static Optional<Encoded> framework(String type, String members) {
        return Optional.of(new Encoded.Text("{\"vkWebSocket\":{\"type\":\"" + type + '"' + members + "}}"));
    }
}
