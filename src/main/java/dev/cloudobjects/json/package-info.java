/**
 * JSON: scanning within limits, binding to the application's types, and writing. Used for the frames of a connection, for the
 * bodies of HTTP and for the results of calls alike.
 *
 * <p>Pure Java on {@code jakarta.json} and {@code jakarta.json.bind}, no container. Depends on {@code api}.
 */
@NullMarked
package dev.cloudobjects.json;

import org.jspecify.annotations.NullMarked;
