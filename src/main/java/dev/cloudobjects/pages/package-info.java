/**
 * Serves the static files of the archive: pages, modules, styles and images. Caches must revalidate each file by a hash of
 * its content, so they never show an old one. The SDK also has a path with its version, which caches may keep.
 *
 * <p>Depends on nothing.
 */
@NullMarked
package dev.cloudobjects.pages;

import org.jspecify.annotations.NullMarked;
