package dev.cloudobjects.storage;

import dev.cloudobjects.config.DataFolder;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.log.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Opens the database at its first injection and closes it when the application stops. */
@ApplicationScoped
class DatabaseProducer {

    /** Checks the data folder before keys or database are created in it: both are injected with this bean. */
    @Produces
    @Singleton
    DataFolder folder(Settings settings) {
        try {
            return DataFolder.of(settings);
        } catch (IllegalStateException e) {
            Log.DATA_INCOMPLETE.log(e.getMessage());
            throw e;
        }
    }

    @Produces
    @Singleton
    NosqlDatabase open(Settings settings, DataFolder looked, @Any Instance<Schema> schemas) {
        return NosqlDatabase.open(settings, schemas.stream().toList());
    }

    void close(@Disposes NosqlDatabase database) {
        database.close();
    }
}
