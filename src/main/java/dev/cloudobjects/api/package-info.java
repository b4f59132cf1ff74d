/**
 * All that an application author touches: annotations, small interfaces and records.
 *
 * <p>Stability: public; a change here is listed in CHANGELOG.md. Depends on nothing else of this project.
 */
@NullMarked
package dev.cloudobjects.api;

import org.jspecify.annotations.NullMarked;
