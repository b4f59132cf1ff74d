package dev.cloudobjects.session;

import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * How the server closed a session whose client was away: the client is told when it comes back.
 *
 * @param last the frame that it is told last; {@code null} for none
 * @param code the close code
 * @param reason the reason of the close
 */
public record Farewell(@Nullable ServerFrame last, CloseCode code, String reason) {}
