package dev.cloudobjects.storage;

import com.mongodb.MongoClient;
import com.mongodb.ServerAddress;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.cloudobjects.config.Keys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bson.Document;

/** A MongoDB that the application reaches by {@code cloudobjects.mongodb.uri}, as it would a real one. */
public final class OutsideDatabase implements AutoCloseable {

    private final MongoServer server = new MongoServer(H2Backend.inMemory());
    private final InetSocketAddress address;

    /** Starts it on a free port. */
    public OutsideDatabase() {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getLocalAddress();
    }

    /** Opens it as the application does. */
    public OpenDatabase open(Schema... schemas) {
        String uri = "mongodb://" + address.getAddress().getHostAddress() + ":" + address.getPort();
        return OpenDatabase.open(TestDatabases.settings(Map.of(Keys.MONGODB_URI.name(), uri)), List.of(schemas));
    }

    /** The indexes that the server reports for a collection, but for that of {@code _id}. */
    public Set<Schema.Index> indexes(String collection) {
        try (MongoClient client = new MongoClient(
                new ServerAddress(address.getAddress().getHostAddress(), address.getPort()))) {
            String database = TestDatabases.settings(Map.of()).get(Keys.MONGODB_DATABASE);
            Iterable<Document> reported =
                    client.getDatabase(database).getCollection(collection).listIndexes();
            return StreamSupport.stream(reported.spliterator(), false)
                    .filter(index -> !index.get("key", Document.class).containsKey("_id"))
                    .map(index -> new Schema.Index(
                            collection,
                            String.join(",", index.get("key", Document.class).keySet()),
                            Boolean.TRUE.equals(index.getBoolean("unique"))))
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
