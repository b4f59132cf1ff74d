package dev.cloudobjects.storage;

import dev.cloudobjects.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Opens the database when it is first injected, and closes it with the application. */
@ApplicationScoped
class DatabaseProducer {

    @Produces
    @Singleton
    OpenDatabase open(Settings settings, @Any Instance<Schema> schemas) {
        return OpenDatabase.open(settings, schemas.stream().toList());
    }

    void close(@Disposes OpenDatabase database) {
        database.close();
    }
}
