package dev.cloudobjects.storage;

import com.mongodb.MongoClient;
import com.mongodb.client.MongoDatabase;
import jakarta.resource.cci.Connection;
import jakarta.resource.cci.ConnectionSpec;
import org.eclipse.persistence.internal.nosql.adapters.mongo.MongoDatabaseConnection;
import org.eclipse.persistence.internal.nosql.adapters.mongo.MongoDatabaseConnectionFactory;
import org.eclipse.persistence.internal.nosql.adapters.mongo.MongoJCAConnectionSpec;

/**
 * Gives EclipseLink connections that share the application's one client. EclipseLink's own connection specification
 * supports neither URI, TLS nor pooling, and opens a client for each connection.
 */
final class SingleClientFactory extends MongoDatabaseConnectionFactory {

    SingleClientFactory(MongoClient client, MongoDatabase database) {
        super(client);
        setDb(database);
    }

    @Override
    public Connection getConnection() {
        return new View(getMongo(), getDb());
    }

    @Override
    public Connection getConnection(ConnectionSpec ignored) {
        return getConnection();
    }

    /** A connection whose close does not close the client, unlike EclipseLink's own. */
    private static final class View extends MongoDatabaseConnection {

        View(MongoClient client, MongoDatabase database) {
            super(client, database, true, new MongoJCAConnectionSpec());
        }

        @Override
        public void close() {}
    }
}
