package dev.cloudobjects.socket;

import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.session.Session;
import java.util.Optional;

/**
 * A WebSocket handshake that was accepted.
 *
 * @param route the object and the channel that the connection is for
 * @param caller the user who connects, and the client
 * @param codec reads and writes the frames of its dialect
 * @param data the data of the connection event, unless the client sends a connect frame
 * @param signed the data of the ticket, which replaces that of a connect frame
 * @param subprotocol the subprotocol that the answer names
 * @param terms the terms of the encrypted channel, if the dialect has one
 */
public record AcceptedHandshake(
        Session.Route route,
        Caller caller,
        Codec codec,
        Payload data,
        Optional<Payload> signed,
        Optional<String> subprotocol,
        Optional<ChannelTerms> terms) {

    /** Whether every message must be encrypted. */
    boolean demandsEncryption() {
        return terms.filter(ChannelTerms::demanded).isPresent();
    }

    /** A connect frame gets the data of the ticket, if there is any; any other frame is returned as it is. */
    ClientFrame bound(ClientFrame frame) {
        return frame instanceof ClientFrame.Connect connect
                ? signed.<ClientFrame>map(connect::with).orElse(frame)
                : frame;
    }
}
