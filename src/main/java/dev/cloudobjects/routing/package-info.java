/**
 * What paths, urls and names mean: how a url names an object and a method, and which permission the names imply.
 *
 * <p>Pure Java. Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.routing;

import org.jspecify.annotations.NullMarked;
