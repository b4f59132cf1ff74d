/**
 * How tasks get threads: {@link dev.cloudobjects.threads.WorkerPool}, on which handlers run and writes start.
 *
 * <p>Depends on nothing.
 */
@NullMarked
package dev.cloudobjects.threads;

import org.jspecify.annotations.NullMarked;
