package dev.cloudobjects.transport;

import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.link.Links;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.session.Sessions;
import jakarta.inject.Inject;

/** Opens the conversations of accepted handshakes. They are no beans: a bean of each connection would have to be destroyed. */
@Part
class Conversations {

    private final Conversation.Shared shared;

    @Inject
    Conversations(Links links, Sessions sessions, Gateway gateway, Settings settings) {
        this.shared = new Conversation.Shared(links, sessions, gateway, Conversation.Limits.of(settings));
    }

    /** A socket opened. */
    Conversation open(Handshake handshake, Wire socket) {
        return new Conversation(handshake, shared, socket);
    }

    /** The largest frame of WebSocket that a connection takes. */
    int frameBytes(Handshake handshake) {
        return shared.limits().frameBytes(handshake);
    }
}
