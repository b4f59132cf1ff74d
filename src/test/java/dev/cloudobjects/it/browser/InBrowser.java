package dev.cloudobjects.it.browser;

import dev.cloudobjects.it.FromOutside;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test of the page on the server that all tests share. */
abstract class InBrowser extends FromOutside {

    @RegisterExtension
    final Visitors visitors = new Visitors(Integer.getInteger("it.http.port"));
}
