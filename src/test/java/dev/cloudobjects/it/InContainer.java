package dev.cloudobjects.it;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that runs inside the server, where it can inject whatever the application can. */
@ExtendWith(ArquillianExtension.class)
public abstract class InContainer {

    @Deployment
    public static WebArchive application() {
        return CloudObjectsWar.packed();
    }
}
