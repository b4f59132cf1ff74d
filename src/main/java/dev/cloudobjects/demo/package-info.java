/**
 * The demo: the object of the specification's page, and one that any WebSocket client can try.
 *
 * <p>Written as an application would be: depends on {@code api} only.
 */
@NullMarked
package dev.cloudobjects.demo;

import org.jspecify.annotations.NullMarked;
