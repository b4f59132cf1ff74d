package dev.cloudobjects.objects;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the directory that the extension made. */
@ApplicationScoped
class ObjectDirectoryProducer {

    @Produces
    @Singleton
    ObjectDirectory objects(CloudObjectExtension extension) {
        return extension.objects();
    }
}
