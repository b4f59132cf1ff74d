package dev.cloudobjects.boot;

import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.directory.DirectoryLeases;
import dev.cloudobjects.filter.FilterChain;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.session.Node;
import dev.cloudobjects.storage.Database;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

/** Prepares the application before the first client. Steps that need an unreachable database are done later. */
@UnproxiedSingleton
class StartSequence {

    private final Database database;
    private final DirectoryLeases directory;
    private final Node node;
    private final AccountPreparation accounts;
    private final Provider<FilterChain> filters;
    private final ObjectDirectory objects;

    @Inject
    StartSequence(
            Database database,
            DirectoryLeases directory,
            Node node,
            AccountPreparation accounts,
            Provider<FilterChain> filters,
            ObjectDirectory objects) {
        this.database = database;
        this.directory = directory;
        this.node = node;
        this.accounts = accounts;
        this.filters = filters;
        this.objects = objects;
    }

    void run() {
        database.ping();
        directory.removeLeftovers(node.id(), node.epoch());
        accounts.run();
        // A malformed filter fails the deployment here.
        filters.get();
        for (ObjectModel object : objects.all()) {
            Log.OBJECT_FOUND.log(object.path(), object.type().getName());
        }
        Log.STARTED.log(objects.all().size());
    }
}
