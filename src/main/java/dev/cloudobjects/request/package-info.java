/**
 * Requests over a connection that have no answer yet, both ways: those that the server makes, and those of the client that wait, run
 * or give a stream.
 *
 * <p>It knows neither sessions nor cloud objects: what it sends goes to whoever made it. Depends on {@code api},
 * {@code config}, {@code json}, {@code log}, {@code protocol}, {@code reach} and {@code time}.
 */
@NullMarked
package dev.cloudobjects.request;

import org.jspecify.annotations.NullMarked;
