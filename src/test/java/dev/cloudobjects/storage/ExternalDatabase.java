package dev.cloudobjects.storage;

import com.mongodb.MongoClient;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.cloudobjects.config.Keys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.h2.mvstore.MVStore;

/** A MongoDB that the application reaches by {@code cloudobjects.mongodb.uri}, as it would a real one. */
public final class ExternalDatabase implements AutoCloseable {

    private final InetSocketAddress address;
    private MongoServer server;

    /** Starts it on a free port. */
    public ExternalDatabase() {
        server = start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getLocalAddress();
    }

    private static MongoServer start(InetSocketAddress address) {
        MongoServer started = new MongoServer(new IndexMinder());
        started.bind(address);
        return started;
    }

    /** Opens it as the application does. */
    public NosqlDatabase open(Schema... schemas) {
        return NosqlDatabase.open(TestDatabases.settings(Map.of(Keys.MONGODB_URI.name(), uri())), List.of(schemas));
    }

    /** Where it is, for {@code cloudobjects.mongodb.uri}; it is soon given up while it is away. */
    public String uri() {
        return "mongodb://" + address.getAddress().getHostAddress() + ":" + address.getPort()
                + "/?serverSelectionTimeoutMS=200";
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address;
    }

    /** Takes it away, with all that is in it. */
    public void takeAway() {
        server.shutdownNow();
    }

    /** Brings it back, empty, at the same address. */
    public void bringBack() {
        server = start(address);
    }

    /** Creates an index as others do. */
    public void createIndex(Schema.Index index) {
        withCollection(index.collection(), collection ->
                collection.createIndex(new Document(index.field(), 1), new IndexOptions().unique(index.unique())));
    }

    /** Drops all indexes of a collection, as an operator does. */
    public void dropIndexes(String collection) {
        withCollection(collection, all -> {
            all.dropIndexes();
            return true;
        });
    }

    /** The indexes that the server reports for a collection, but for that of {@code _id}. */
    public Set<Schema.Index> indexes(String collection) {
        return withCollection(collection, all -> StreamSupport.stream(all.listIndexes().spliterator(), false)
                .filter(index -> !index.get("key", Document.class).containsKey("_id"))
                .map(index -> new Schema.Index(
                        collection,
                        String.join(",", index.get("key", Document.class).keySet()),
                        Boolean.TRUE.equals(index.getBoolean("unique"))))
                .collect(Collectors.toSet()));
    }

    <T> T withCollection(String collection, Function<MongoCollection<Document>, T> work) {
        try (MongoClient client = new MongoClient(
                new ServerAddress(address.getAddress().getHostAddress(), address.getPort()))) {
            String database = TestDatabases.settings(Map.of()).get(Keys.MONGODB_DATABASE);
            return work.apply(client.getDatabase(database).getCollection(collection));
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** Refuses an index with the name of another one, as MongoDB does; by itself this server keeps both. */
    private static final class IndexMinder extends H2Backend {
        private static final int KEY_SPECS_CONFLICT = 86;

        /** Whether an index is unique, by collection and name. */
        private final Map<String, Boolean> unique = new ConcurrentHashMap<>();

        IndexMinder() {
            super(MVStore.open(null));
        }

        @Override
        public de.bwaldvogel.mongo.bson.Document handleMessage(MongoMessage message) {
            de.bwaldvogel.mongo.bson.Document command = message.getDocument();
            if (command.get("createIndexes") instanceof String collection
                    && command.get("indexes") instanceof List<?> indexes) {
                indexes.forEach(index -> mind(collection, (de.bwaldvogel.mongo.bson.Document) index));
            }
            if (command.get("dropIndexes") instanceof String collection) {
                unique.keySet().removeIf(index -> index.startsWith(collection + " "));
            }
            return super.handleMessage(message);
        }

        private void mind(String collection, de.bwaldvogel.mongo.bson.Document index) {
            boolean wanted = Boolean.TRUE.equals(index.get("unique"));
            if (!unique.computeIfAbsent(collection + " " + index.get("name"), name -> wanted).equals(wanted)) {
                throw new MongoServerError(KEY_SPECS_CONFLICT, "IndexKeySpecsConflict", "there is another one");
            }
        }
    }
}
