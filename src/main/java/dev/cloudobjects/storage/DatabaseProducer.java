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

/** Opens the database when it is first injected, and closes it with the application. */
@ApplicationScoped
class DatabaseProducer {

    /** Looked at before anything in it is made: by whoever needs the keys or the database first. */
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
    OpenDatabase open(Settings settings, DataFolder looked, @Any Instance<Schema> schemas) {
        return OpenDatabase.open(settings, schemas.stream().toList());
    }

    void close(@Disposes OpenDatabase database) {
        database.close();
    }
}
