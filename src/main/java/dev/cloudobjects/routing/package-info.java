/**
 * Object paths, call urls and the access levels that names imply.
 *
 * <p>Pure Java. Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.routing;

import org.jspecify.annotations.NullMarked;
