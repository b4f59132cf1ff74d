/** Cloud objects for the tests, deployed with the application. */
@NullMarked
package dev.cloudobjects.it.objects;

import org.jspecify.annotations.NullMarked;
