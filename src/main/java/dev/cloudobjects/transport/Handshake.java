package dev.cloudobjects.transport;

import dev.cloudobjects.json.Payload;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.session.Session;
import java.util.Optional;

/**
 * A handshake that was accepted.
 *
 * @param route what the connection is to
 * @param caller who connects
 * @param codec how its frames are written
 * @param data what the connection event gets, unless the client has yet to say it
 * @param signed what a ticket brings for the connection event, whatever the client says
 * @param subprotocol the subprotocol to confirm
 * @param terms the terms of an encrypted channel, where the dialect can have one
 */
record Handshake(
        Session.Route route,
        Caller caller,
        Codec codec,
        Payload data,
        Optional<Payload> signed,
        Optional<String> subprotocol,
        Optional<ChannelTerms> terms) {

    /** Whether nothing may travel in clear. */
    boolean demandsEncryption() {
        return terms.filter(ChannelTerms::demanded).isPresent();
    }

    /** The frame as it counts: a connect frame has the data of the ticket, if that brings any. */
    ClientFrame bound(ClientFrame frame) {
        return frame instanceof ClientFrame.Connect connect
                ? signed.<ClientFrame>map(connect::with).orElse(frame)
                : frame;
    }
}
