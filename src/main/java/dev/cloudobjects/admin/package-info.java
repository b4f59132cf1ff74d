/**
 * The cloud objects {@code sys/…} by which administrators look after users, roles, permissions, connections and traces. By their
 * path the sys filter guards them, and each call of them is in the audit log.
 *
 * <p>Depends on {@code api}, {@code call}, {@code config}, {@code directory}, {@code log}, {@code objects},
 * {@code security}, {@code trace} and {@code users}.
 */
@NullMarked
package dev.cloudobjects.admin;

import org.jspecify.annotations.NullMarked;
