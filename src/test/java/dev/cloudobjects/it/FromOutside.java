package dev.cloudobjects.it;

import dev.cloudobjects.it.client.Client;
import org.jboss.arquillian.container.test.api.RunAsClient;

/** A test that reaches the server over the network only: see {@link Client}. */
@RunAsClient
public abstract class FromOutside extends InContainer {}
