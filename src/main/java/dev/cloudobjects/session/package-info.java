/**
 * The connections of this node: their state machine, inbox, outgoing queue and registry, and {@code LocalReach} over them.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code directory}, {@code history}, {@code json}, {@code limit}, {@code link},
 * {@code log}, {@code observe}, {@code presence}, {@code protocol}, {@code reach}, {@code request}, {@code security}, {@code time} and {@code trace}.
 */
@NullMarked
package dev.cloudobjects.session;

import org.jspecify.annotations.NullMarked;
