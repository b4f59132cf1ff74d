/**
 * Serves the files of the archive that browsers load, pages, modules, styles and images, so that a cache never shows an old
 * one: each with a hash of its content, asked for again at each use. The SDK has a path with its version, too, which may be
 * kept.
 *
 * <p>Depends on nothing.
 */
@NullMarked
package dev.cloudobjects.pages;

import org.jspecify.annotations.NullMarked;
