/**
 * How often, how many and how much: rates, counts and budgets, of bounded size whoever is counted. Pure Java.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.limit;

import org.jspecify.annotations.NullMarked;
