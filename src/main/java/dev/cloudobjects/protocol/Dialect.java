package dev.cloudobjects.protocol;

import dev.cloudobjects.json.JsonMapper;

/** The ways to speak over a WebSocket connection, chosen by the subprotocol of the handshake. */
public enum Dialect {
    /** No subprotocol: the data itself travels, for any client. */
    PLAIN("plain"),
    /** Subprotocol {@code cloudobjects.v1}: frames, for the SDK. */
    V1("cloudobjects.v1");

    private final String label;

    Dialect(String label) {
        this.label = label;
    }

    /** The subprotocol's name, or {@code "plain"} where there is none. */
    public String label() {
        return label;
    }

    /** The codec of this dialect. It has no state, so one serves all connections. */
    public Codec codec(JsonMapper mapper) {
        return switch (this) {
            case PLAIN -> new PlainCodec(mapper);
            case V1 -> new V1Codec(mapper);
        };
    }
}
