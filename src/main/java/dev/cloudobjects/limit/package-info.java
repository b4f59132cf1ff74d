/**
 * Rate limiters, counters and byte budgets, of bounded memory. No container.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.limit;

import org.jspecify.annotations.NullMarked;
