/**
 * What strangers do to stop everybody else. The size is that of the fault when {@code it.crowd} is {@code full}, as under the profile
 * {@code faults}, and a small one otherwise.
 */
@NullMarked
package dev.cloudobjects.it.floods;

import org.jspecify.annotations.NullMarked;
