/**
 * What is counted, in plain Java; the bridge to MicroProfile Metrics and Health is in {@code observe.microprofile}.
 *
 * <p>Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.observe;

import org.jspecify.annotations.NullMarked;
