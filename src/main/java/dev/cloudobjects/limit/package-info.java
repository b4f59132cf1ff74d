/**
 * How often and how many: rates and counts that stay small whoever is counted. Pure Java.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.limit;

import org.jspecify.annotations.NullMarked;
