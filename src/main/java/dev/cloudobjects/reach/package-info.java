/**
 * The port between what an application asks of connections and where these connections are: {@code Reach}, and the values
 * that pass through it, none of which is a connection itself.
 *
 * <p>{@code session.LocalReach} is its adapter for the connections of this node. Depends on {@code api} and {@code json}.
 */
@NullMarked
package dev.cloudobjects.reach;

import org.jspecify.annotations.NullMarked;
