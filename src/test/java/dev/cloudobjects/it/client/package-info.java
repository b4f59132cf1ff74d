/**
 * A client of the application, for tests. It never goes into the archive under test: the server would take its classes
 * apart in search of servlets.
 */
@NullMarked
package dev.cloudobjects.it.client;

import org.jspecify.annotations.NullMarked;
