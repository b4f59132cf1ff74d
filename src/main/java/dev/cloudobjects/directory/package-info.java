/**
 * The port of the table of connections that are online, and the adapter that keeps it in memory.
 *
 * <p>{@code directory.nosql} keeps it in the database. Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.directory;

import org.jspecify.annotations.NullMarked;
