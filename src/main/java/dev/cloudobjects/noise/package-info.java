/**
 * The cryptography of the encrypted channel: the handshake {@code Noise_NK_25519_AESGCM_SHA256} of the Noise Protocol
 * Framework, revision 34, and the resulting channel, based on the primitives of the JDK.
 *
 * <p>Independent of WebSocket and of this server. Keys are overwritten after use; copies that the JDK makes can't be.
 * Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.noise;

import org.jspecify.annotations.NullMarked;
