package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.storage.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the {@code ConnectionDirectory} in the database. */
@ApplicationScoped
class DirectoryProducer {

    @Produces
    @Singleton
    NosqlDirectory directory(Database database) {
        return new NosqlDirectory(database, task -> {
            // One thread for the life of the application; it blocks on the network and needs no container context.
            Thread thread = new Thread(task, "cloudobjects-directory");
            thread.setDaemon(true);
            thread.setContextClassLoader(NosqlDirectory.class.getClassLoader());
            return thread;
        });
    }

    void close(@Disposes NosqlDirectory directory) {
        directory.close();
    }
}
