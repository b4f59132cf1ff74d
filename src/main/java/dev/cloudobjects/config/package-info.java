/**
 * The settings: keys, types, defaults, ranges, descriptions, and the configured values.
 *
 * <p>{@code docs/configuration.md} is compared with {@link dev.cloudobjects.config.Keys} by a test. Depends on nothing
 * else of this project.
 */
@NullMarked
package dev.cloudobjects.config;

import org.jspecify.annotations.NullMarked;
