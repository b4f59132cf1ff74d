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
 * The database over MongoDB's protocol: the embedded server or an external MongoDB, its client, and Jakarta Persistence.
 * If an external database is unreachable, opening still succeeds and each use fails with code 503 until it is reachable.
 * Each use also fails while an index that must be unique can't be created.
 */
public final class NosqlDatabase implements Database, AutoCloseable {

    /** Referenced here, because the log manager discards a logger, and so its level, without a reference. */
    private static final Logger DRIVER_LOG = Loggers.named("org.mongodb.driver");

    /** Its errors reach the client anyway; its warnings are about index options that it ignores. */
    private static final Logger EMBEDDED_LOG = Loggers.named("de.bwaldvogel.mongo");

    private static final long IDLE_NANOS = Duration.ofSeconds(5).toNanos();

    private final MongoDatabase database;
    private final EntityManagerFactory entityManagers;
    private final List<Schema.Index> indexes;
    private final CleanupStack cleanup;
    private final WriteHealthCheck writes;
    private final Retries retries;
    private final LongSupplier nanos;
    private volatile long lastUsed;
    private volatile boolean indexed;

    private NosqlDatabase(
            MongoDatabase database,
            EntityManagerFactory entityManagers,
            List<Schema.Index> indexes,
            Retries retries,
            LongSupplier nanos,
            CleanupStack cleanup) {
        this.database = database;
        this.entityManagers = entityManagers;
        this.indexes = indexes;
        this.cleanup = cleanup;
        this.writes = new WriteHealthCheck(database);
        this.retries = retries;
        this.nanos = nanos;
        this.lastUsed = nanos.getAsLong();
    }

    /**
     * Opens the database that is configured.
     *
     * @throws IllegalStateException saying what can't be opened and why; nothing stays open
     */
    public static NosqlDatabase open(Settings settings, List<? extends Schema> schemas) {
        return open(settings, schemas, "", System::nanoTime);
    }

    /**
     * As {@link #open(Settings, List)}, with the file system and the clock of a test.
     *
     * @param layer the file system of H2 under an embedded database, see {@link StoreFile}
     * @param nanos a monotonic clock, in nanoseconds, that measures how long a connection is idle
     */
    static NosqlDatabase open(
            Settings settings, List<? extends Schema> schemas, String layer, LongSupplier nanos) {
        DRIVER_LOG.setLevel(Level.WARNING);
        EMBEDDED_LOG.setLevel(Level.SEVERE);
        CleanupStack cleanup = new CleanupStack();
        try {
            MongoClient client = client(settings, layer, cleanup);
            cleanup.add(client::close);
            MongoDatabase database = client.getDatabase(settings.get(Keys.MONGODB_DATABASE))
                    .withWriteConcern(client.getWriteConcern().withJournal(true));
            EntityManagerFactory entityManagers = entityManagers(client, database, schemas);
            cleanup.add(entityManagers::close);
            List<Schema.Index> indexes =
                    schemas.stream().flatMap(schema -> schema.indexes().stream()).toList();
            NosqlDatabase opened = new NosqlDatabase(
                    database,
                    entityManagers,
                    indexes,
                    Retries.of(client.getMongoClientOptions()),
                    nanos,
                    cleanup);
            opened.checkAtStart();
            return opened;
        } catch (RuntimeException | Error e) {
            cleanup.closeAfter(e);
            throw e;
        }
    }

    @Override
    public <T> T inUnitOfWork(Function<EntityManager, T> work) {
        return ExceptionTranslator.translated(() -> {
            prepare();
            AtomicBoolean changing = new AtomicBoolean();
            return retries.read(() -> once(work, changing), changing::get);
        });
    }

    private <T> T once(Function<EntityManager, T> work, AtomicBoolean changing) {
        try (EntityManager entityManager = entityManagers.createEntityManager()) {
            // COMMIT: changes are sent only at the end, so a unit of work that fails at a query can be repeated.
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
        ExceptionTranslator.translated(() -> {
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

    private void checkAtStart() {
        try {
            check();
        } catch (MongoException e) {
            Log.DATABASE_FAILED.log(ExceptionTranslator.reason(e) + "; each use tries again");
        }
    }

    /** Closes Jakarta Persistence, the client and the embedded server. Further calls do nothing. */
    @Override
    public void close() {
        cleanup.close();
    }

    // The next command may be a change that can't be repeated, so an idle connection, which may be lost, is tested first.
    private void prepare() {
        createIndexes();
        long now = nanos.getAsLong();
        if (now - lastUsed > IDLE_NANOS) {
            retries.read(() -> database.runCommand(new Document("isMaster", 1)));
        }
        lastUsed = now;
    }

    // At the first use, not at start, because the database may be unreachable at start. Idempotent.
    private void createIndexes() {
        if (!indexed) {
            indexes.forEach(index -> new Documents(database.getCollection(index.collection()), retries)
                    .createIndex(index));
            indexed = true;
        }
    }

    private static MongoClient client(Settings settings, String layer, CleanupStack cleanup) {
        if (!settings.get(Keys.MONGODB_URI).isEmpty()) {
            return MongoClients.external(settings);
        }
        Path folder = DataFolder.database(settings.get(Keys.DATA_DIR));
        EmbeddedServer server = EmbeddedServer.open(folder, layer);
        cleanup.add(server::close);
        Log.DATABASE_EMBEDDED.log(folder, Keys.MONGODB_URI.name());
        return MongoClients.embedded(server.address());
    }

    private static EntityManagerFactory entityManagers(
            MongoClient client, MongoDatabase database, List<? extends Schema> schemas) {
        // EclipseLink keeps one factory per name for the whole server. A unique name keeps a redeployed application from
        // getting the factory of its predecessor.
        PersistenceConfiguration configuration = new PersistenceConfiguration("cloud-objects-" + UUID.randomUUID())
                .provider("org.eclipse.persistence.jpa.PersistenceProvider")
                .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
                .sharedCacheMode(SharedCacheMode.NONE)
                .property("eclipselink.target-database", "org.eclipse.persistence.nosql.adapters.mongo.MongoPlatform")
                .property(
                        "eclipselink.nosql.connection-spec",
                        "org.eclipse.persistence.nosql.adapters.mongo.Mongo3ConnectionSpec")
                .property("eclipselink.nosql.connection-factory", new SingleClientFactory(client, database))
                .property("eclipselink.classloader", NosqlDatabase.class.getClassLoader())
                .property("eclipselink.cache.shared.default", "false")
                .property("eclipselink.weaving", "false")
                // Its messages quote whole rows with password hashes; ExceptionTranslator logs failures.
                .property("eclipselink.logging.level", "OFF");
        schemas.forEach(schema -> schema.entities().forEach(configuration::managedClass));
        return configuration.createEntityManagerFactory();
    }
}
