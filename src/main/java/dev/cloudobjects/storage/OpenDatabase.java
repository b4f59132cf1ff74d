package dev.cloudobjects.storage;

import com.mongodb.MongoClient;
import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import dev.cloudobjects.config.DataFolder;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.Loggers;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import jakarta.persistence.SharedCacheMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.Document;

/**
 * A database that was opened: the embedded server or an outside one, the client, and Jakarta Persistence over it. When
 * an outside database is away, opening succeeds all the same, and each use fails until it is back; so it does until every
 * index that has to be unique is.
 */
public final class OpenDatabase implements Database, AutoCloseable {

    /** Held, since the logging manager forgets the level of a logger that nobody holds. */
    private static final Logger DRIVER_LOG = Loggers.named("org.mongodb.driver");

    /** What it refuses reaches the client; what it warns of are the indexes that it does without. */
    private static final Logger EMBEDDED_LOG = Loggers.named("de.bwaldvogel.mongo");

    private static final long IDLE_NANOS = Duration.ofSeconds(5).toNanos();

    private final MongoDatabase database;
    private final EntityManagerFactory entityManagers;
    private final List<Schema.Index> indexes;
    private final Closing closing;
    private final WriteCheck writes;
    private final Retries retries;
    private final LongSupplier nanos;
    private volatile long used;
    private volatile boolean indexed;

    private OpenDatabase(
            MongoDatabase database,
            EntityManagerFactory entityManagers,
            List<Schema.Index> indexes,
            Retries retries,
            LongSupplier nanos,
            Closing closing) {
        this.database = database;
        this.entityManagers = entityManagers;
        this.indexes = indexes;
        this.closing = closing;
        this.writes = new WriteCheck(database);
        this.retries = retries;
        this.nanos = nanos;
        this.used = nanos.getAsLong();
    }

    /**
     * Opens the database that the settings name.
     *
     * @throws IllegalStateException saying what can't be opened and why, with nothing left open
     */
    public static OpenDatabase open(Settings settings, List<? extends Schema> schemas) {
        return open(settings, schemas, "", System::nanoTime);
    }

    /**
     * The same.
     *
     * @param layer the file system of H2 under an embedded database: see {@link StoreFile}
     * @param nanos the clock by which a connection is idle
     */
    static OpenDatabase open(
            Settings settings, List<? extends Schema> schemas, String layer, LongSupplier nanos) {
        DRIVER_LOG.setLevel(Level.WARNING);
        EMBEDDED_LOG.setLevel(Level.SEVERE);
        Closing closing = new Closing();
        try {
            MongoClient client = client(settings, layer, closing);
            closing.add(client::close);
            MongoDatabase database = client.getDatabase(settings.get(Keys.MONGODB_DATABASE))
                    .withWriteConcern(client.getWriteConcern().withJournal(true));
            EntityManagerFactory entityManagers = entityManagers(client, database, schemas);
            closing.add(entityManagers::close);
            List<Schema.Index> indexes =
                    schemas.stream().flatMap(schema -> schema.indexes().stream()).toList();
            OpenDatabase opened = new OpenDatabase(
                    database,
                    entityManagers,
                    indexes,
                    Retries.of(client.getMongoClientOptions()),
                    nanos,
                    closing);
            opened.tryOut();
            return opened;
        } catch (RuntimeException | Error e) {
            closing.closeAfter(e);
            throw e;
        }
    }

    @Override
    public <T> T inUnitOfWork(Function<EntityManager, T> work) {
        return Failures.translated(() -> {
            prepare();
            AtomicBoolean changing = new AtomicBoolean();
            return retries.reading(() -> once(work, changing), changing::get);
        });
    }

    private <T> T once(Function<EntityManager, T> work, AtomicBoolean changing) {
        try (EntityManager entityManager = entityManagers.createEntityManager()) {
            // Nothing is sent ahead of a query, so that what was broken off there can be repeated.
            entityManager.setFlushMode(FlushModeType.COMMIT);
            EntityTransaction transaction = entityManager.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(entityManager);
                changing.set(true);
                transaction.commit();
                return result;
            } finally {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
            }
        }
    }

    @Override
    public Documents documents(String collection) {
        Failures.translated(() -> {
            prepare();
            return true;
        });
        return new Documents(database.getCollection(collection), retries);
    }

    @Override
    public boolean ping() {
        try {
            check();
            return writes.passes();
        } catch (MongoException | IllegalStateException e) {
            return false;
        }
    }

    private void check() {
        database.runCommand(new Document("ping", 1));
        createIndexes();
    }

    private void tryOut() {
        try {
            check();
        } catch (MongoException e) {
            Log.DATABASE_FAILED.log(Failures.reason(e) + "; it is tried again with each use");
        }
    }

    /** Closes all that was opened, last opened first. Further calls do nothing. */
    @Override
    public void close() {
        closing.close();
    }

    // What comes now may be a change that can't be repeated. So a connection that may have been cut is tried out first.
    private void prepare() {
        createIndexes();
        long now = nanos.getAsLong();
        if (now - used > IDLE_NANOS) {
            retries.reading(() -> database.runCommand(new Document("isMaster", 1)));
        }
        used = now;
    }

    // Before the first use rather than at start, since the database may be away then; twice does no harm.
    private void createIndexes() {
        if (!indexed) {
            indexes.forEach(index -> new Documents(database.getCollection(index.collection()), retries)
                    .createIndex(index));
            indexed = true;
        }
    }

    private static MongoClient client(Settings settings, String layer, Closing closing) {
        if (!settings.get(Keys.MONGODB_URI).isEmpty()) {
            return Clients.external(settings);
        }
        Path folder = DataFolder.database(settings.get(Keys.DATA_DIR));
        EmbeddedServer server = EmbeddedServer.open(folder, layer);
        closing.add(server::close);
        Log.DATABASE_EMBEDDED.log(folder, Keys.MONGODB_URI.name());
        return Clients.embedded(server.address());
    }

    private static EntityManagerFactory entityManagers(
            MongoClient client, MongoDatabase database, List<? extends Schema> schemas) {
        // EclipseLink keeps one factory per name in the whole server: a name of its own for each, so that the database
        // of a redeployed application is never that of its predecessor.
        PersistenceConfiguration configuration = new PersistenceConfiguration("cloud-objects-" + UUID.randomUUID())
                .provider("org.eclipse.persistence.jpa.PersistenceProvider")
                .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
                .sharedCacheMode(SharedCacheMode.NONE)
                .property("eclipselink.target-database", "org.eclipse.persistence.nosql.adapters.mongo.MongoPlatform")
                .property(
                        "eclipselink.nosql.connection-spec",
                        "org.eclipse.persistence.nosql.adapters.mongo.Mongo3ConnectionSpec")
                .property("eclipselink.nosql.connection-factory", new SingleClientFactory(client, database))
                .property("eclipselink.classloader", OpenDatabase.class.getClassLoader())
                .property("eclipselink.cache.shared.default", "false")
                .property("eclipselink.weaving", "false")
                // Its messages quote whole rows, passwords included; what fails is logged by Failures.
                .property("eclipselink.logging.level", "OFF");
        schemas.forEach(schema -> schema.entities().forEach(configuration::managedClass));
        return configuration.createEntityManagerFactory();
    }
}
