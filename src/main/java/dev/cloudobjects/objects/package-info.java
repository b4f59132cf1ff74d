/**
 * The cloud objects that are deployed: found by their qualifier, checked at deployment, and described for the rest.
 *
 * <p>Depends on {@code api}, {@code config}, {@code json} and {@code routing}.
 */
@NullMarked
package dev.cloudobjects.objects;

import org.jspecify.annotations.NullMarked;
