package dev.cloudobjects.storage;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Checks whether the database accepts changes: increments a counter in a row of its own and reads it back. Checks at most
 * every five seconds, because anybody can request {@code /health/ready}. Servers that share the database share the row.
 * Safe for use by many threads.
 */
final class WriteHealthCheck {

    private static final String COLLECTION = "cloudobjects-health";
    private static final Bson ROW = Filters.eq("_id", "writes");
    private static final String COUNT = "count";
    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();
    private static final long INTERVAL_AFTER_FAILURE = Duration.ofSeconds(1).toNanos();

    private final MongoCollection<Document> rows;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean passed = true;
    private volatile long next = System.nanoTime();

    WriteHealthCheck(MongoDatabase database) {
        rows = database.getCollection(COLLECTION).withReadPreference(ReadPreference.primary());
    }

    /**
     * The result of the last check. Runs a new check first if one is due and no other thread runs one.
     *
     * @throws com.mongodb.MongoException if the database reports an error
     */
    boolean passes() {
        if (System.nanoTime() - next < 0 || !turn.tryLock()) {
            return passed;
        }
        boolean result = false;
        try {
            result = check();
            return result;
        } finally {
            passed = result;
            next = System.nanoTime() + (result ? INTERVAL : INTERVAL_AFTER_FAILURE);
            turn.unlock();
        }
    }

    private boolean check() {
        Document written = rows.findOneAndUpdate(
                ROW,
                Updates.inc(COUNT, 1L),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        Document read = rows.find(ROW).first();
        return written != null && read != null && count(read) >= count(written);
    }

    private static long count(Document row) {
        return row.get(COUNT) instanceof Number count ? count.longValue() : -1;
    }
}
