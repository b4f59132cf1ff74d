/**
 * Who is present where: the members of the places that somebody watches, their changes, and pages of them. It knows connections by
 * what they tell of themselves, and sends nothing.
 *
 * <p>Depends on {@code api} and {@code config}.
 */
@NullMarked
package dev.cloudobjects.presence;

import org.jspecify.annotations.NullMarked;
