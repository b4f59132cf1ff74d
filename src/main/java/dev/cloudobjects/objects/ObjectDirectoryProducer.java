package dev.cloudobjects.objects;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands out what the extension found. */
@ApplicationScoped
class ObjectDirectoryProducer {

    @Produces
    @Singleton
    ObjectDirectory objects(CloudObjectExtension extension) {
        return extension.objects();
    }
}
