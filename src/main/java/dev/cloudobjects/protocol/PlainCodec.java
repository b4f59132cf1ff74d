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
    private final Encoder encoder;

    PlainCodec(JsonMapper mapper) {
        this.mapper = mapper;
        this.encoder = new Encoder(mapper);
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
    public boolean isResponse(String text) {
        return false;
    }

    @Override
    public boolean isResponse(byte[] message) {
        return false;
    }

    @Override
    public Optional<Encoded> encode(ServerFrame frame) {
        return frame.fold(encoder);
    }

    @Override
    public Encoded batch(List<Encoded> frames) {
        throw new UnsupportedOperationException("plain clients get one message at a time");
    }

    /** How each frame of the server is written. */
    private static final class Encoder implements ServerFrame.Fold<Optional<Encoded>> {
        private final JsonMapper mapper;

        Encoder(JsonMapper mapper) {
            this.mapper = mapper;
        }

        @Override
        public Optional<Encoded> connected(ServerFrame.Connected connected) {
            return framework("connect", ",\"data\":{\"cid\":" + mapper.quote(connected.cid()) + '}');
        }

        @Override
        public Optional<Encoded> message(ServerFrame.Message message) {
            return Optional.of(
                    message.data() instanceof Payload.Binary binary
                            ? new Encoded.Bytes(binary.bytes())
                            : new Encoded.Text(((Payload.Json) message.data()).text()));
        }

        @Override
        public Optional<Encoded> event(ServerFrame.Event event) {
            return framework(event.type().wireName(), EventMembers.of(event, mapper));
        }

        /** The messages of a plain client have no id. */
        @Override
        public Optional<Encoded> ack(ServerFrame.Ack ack) {
            return Optional.empty();
        }

        /** A plain client makes no requests, and answers none. */
        @Override
        public Optional<Encoded> response(ServerFrame.Response response) {
            return Optional.empty();
        }

        @Override
        public Optional<Encoded> item(ServerFrame.Item item) {
            return Optional.empty();
        }

        @Override
        public Optional<Encoded> endOfStream(ServerFrame.EndOfStream end) {
            return Optional.empty();
        }

        @Override
        public Optional<Encoded> request(ServerFrame.Request request) {
            return Optional.empty();
        }

        @Override
        public Optional<Encoded> cancel(ServerFrame.Cancel cancel) {
            return Optional.empty();
        }

        /** A plain client renews no token over its socket. */
        @Override
        public Optional<Encoded> authenticated(ServerFrame.Authenticated authenticated) {
            return Optional.empty();
        }

        /** A plain client knows VK's events only. */
        @Override
        public Optional<Encoded> reconnect(ServerFrame.Reconnect reconnect) {
            return Optional.empty();
        }

        /** The heartbeat of a plain client is that of WebSocket. */
        @Override
        public Optional<Encoded> ping(ServerFrame.Ping ping) {
            return Optional.empty();
        }

        @Override
        public Optional<Encoded> pong(ServerFrame.Pong pong) {
            return Optional.empty();
        }

        /** A plain client gets the messages of its groups, and no positions. */
        @Override
        public Optional<Encoded> joined(ServerFrame.Joined joined) {
            return Optional.empty();
        }

        /** A plain client can't ask for what it lacks. */
        @Override
        public Optional<Encoded> caughtUp(ServerFrame.CaughtUp caughtUp) {
            return Optional.empty();
        }

        /** A plain client watches nothing. */
        @Override
        public Optional<Encoded> presence(ServerFrame.Presence presence) {
            return Optional.empty();
        }

        @Override
        public Optional<Encoded> members(ServerFrame.Members members) {
            return Optional.empty();
        }

        private static Optional<Encoded> framework(String type, String members) {
            return Optional.of(new Encoded.Text("{\"vkWebSocket\":{\"type\":\"" + type + '"' + members + "}}"));
        }
    }
}
