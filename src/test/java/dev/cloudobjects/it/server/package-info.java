/**
 * What a server does over its life: with another transport of its own, with several applications, and when it
 * stops. Each test has a server of its own, and none of them depends on what CI's second run changes.
 */
@NullMarked
package dev.cloudobjects.it.server;

import org.jspecify.annotations.NullMarked;
