package dev.cloudobjects.reach;

import org.jspecify.annotations.Nullable;

/**
 * A connection and the login behind it.
 *
 * @param cid the connection
 * @param uid its user; {@code null} when nobody is logged in
 * @param sessionId the id of the user's session that the login belongs to; {@code null} when nobody is logged in
 */
public record LoggedIn(String cid, @Nullable String uid, @Nullable String sessionId) {}
