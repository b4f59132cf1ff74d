package dev.cloudobjects.storage;

import com.mongodb.MongoClient;
import com.mongodb.client.MongoDatabase;
import jakarta.resource.cci.Connection;
import jakarta.resource.cci.ConnectionSpec;
import org.eclipse.persistence.internal.nosql.adapters.mongo.MongoDatabaseConnection;
import org.eclipse.persistence.internal.nosql.adapters.mongo.MongoDatabaseConnectionFactory;
import org.eclipse.persistence.internal.nosql.adapters.mongo.MongoJCAConnectionSpec;

/**
 * Hands EclipseLink connections that are views of one client which is not its own. Its specification of a connection
 * knows neither URI nor TLS nor pool, and would open a client for each connection.
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

    /** A connection that leaves the client open, where EclipseLink's own would close it. */
    private static final class View extends MongoDatabaseConnection {

        View(MongoClient client, MongoDatabase database) {
            super(client, database, true, new MongoJCAConnectionSpec());
        }

        @Override
        public void close() {}
    }
}
