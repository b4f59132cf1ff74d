/**
 * The cryptography of the encrypted channel: the handshake {@code Noise_NK_25519_AESGCM_SHA256} of the Noise Protocol
 * Framework, revision 34, and the channel that it gives, on the JDK's own primitives.
 *
 * <p>It knows nothing of WebSocket or of this server. What the JDK copies of a key can't be wiped; what is kept here is.
 * Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.noise;

import org.jspecify.annotations.NullMarked;
