/** Cloud objects and filters that break the rules: each alone fails the deployment of the application it is put into. */
@NullMarked
package dev.cloudobjects.misuse;

import org.jspecify.annotations.NullMarked;
