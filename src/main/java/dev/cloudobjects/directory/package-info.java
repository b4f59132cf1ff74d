/**
 * The port to the table of open connections, and its adapter in memory.
 *
 * <p>{@code directory.nosql} is the adapter in the database. Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.directory;

import org.jspecify.annotations.NullMarked;
