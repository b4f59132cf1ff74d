/**
 * A login over time: its expiry, its renewal by a newer token, its end by a logout, a ban or a lost role, and the checks
 * that find this out. When a login ends, its sessions are told, and closed where their object needs a login.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code filter}, {@code log}, {@code objects},
 * {@code protocol}, {@code security}, {@code session} and {@code time}.
 */
@NullMarked
package dev.cloudobjects.login;

import org.jspecify.annotations.NullMarked;
