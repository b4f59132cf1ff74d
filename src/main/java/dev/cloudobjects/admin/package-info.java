/**
 * The cloud objects {@code sys/…} by which administrators look after users, roles, permissions and connections. By their
 * path the sys filter guards them, and each call of them is in the audit log.
 *
 * <p>Depends on {@code api}, {@code call}, {@code directory}, {@code log}, {@code objects}, {@code security} and {@code users}.
 */
@NullMarked
package dev.cloudobjects.admin;

import org.jspecify.annotations.NullMarked;
