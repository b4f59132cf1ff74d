package dev.cloudobjects.directory.nosql;

import com.mongodb.client.model.Filters;
import dev.cloudobjects.directory.ConnectionDirectory;
import dev.cloudobjects.directory.ConnectionRow;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.storage.Database;
import dev.cloudobjects.storage.Documents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.bson.Document;

/** Keeps the table in the database. Writes are not journaled, because the rows are removed after a crash anyway. */
final class NosqlDirectory implements ConnectionDirectory, AutoCloseable {

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(5);
    private static final int CIDS_PER_QUERY = 200;

    private final Database database;
    private final WriteBehind rows;

    /**
     * Creates the adapter; its thread starts with the first change.
     *
     * @param threads creates the one thread that writes
     */
    NosqlDirectory(Database database, ThreadFactory threads) {
        this.database = database;
        this.rows = new WriteBehind(this::write, threads);
    }

    @Override
    public void added(ConnectionRow row) {
        rows.added(row);
    }

    @Override
    public void removed(String cid) {
        rows.removed(cid);
    }

    @Override
    public void removeLeftovers(String nodeId, long currentEpoch) {
        rows.first(() -> {
            long removed = documents()
                    .deleteMany(Filters.and(
                            Filters.eq("node_id", nodeId), Filters.ne("node_epoch", currentEpoch)));
            if (removed > 0) {
                Log.LEFTOVERS_REMOVED.log(removed);
            }
        });
        rows.flush(FLUSH_TIMEOUT);
    }

    @Override
    public boolean flush() {
        return rows.flush(FLUSH_TIMEOUT);
    }

    @Override
    public List<ConnectionRow> list(int limit) {
        List<String> cids = documents().page(new Document(), "_id", 0, limit).stream()
                .map(row -> row.getString("_id"))
                .toList();
        List<ConnectionRow> result = new ArrayList<>();
        // In parts, because the embedded server compares each row with each cid.
        for (int from = 0; from < cids.size(); from += CIDS_PER_QUERY) {
            result.addAll(read(cids.subList(from, Math.min(cids.size(), from + CIDS_PER_QUERY))));
        }
        return result;
    }

    private List<ConnectionRow> read(List<String> cids) {
        return database.inUnitOfWork(entities -> entities
                .createQuery("select c from WsConnection c where c.cid in :cids", WsConnection.class)
                .setParameter("cids", cids)
                .getResultStream()
                .map(WsConnection::toRow)
                .sorted(Comparator.comparing(ConnectionRow::cid))
                .toList());
    }

    /** Writes pending changes, for at most five seconds, and stops the thread. */
    @Override
    public void close() {
        flush();
        rows.close();
    }

    // Bulk writes are four times as fast as persist(), which needs one round trip per row.
    private void write(Batch batch) {
        documents().write(documents(batch.inserted()), documents(batch.replaced()), batch.removed());
    }

    private static List<Document> documents(List<ConnectionRow> rows) {
        return rows.stream().map(NosqlDirectory::document).toList();
    }

    private static Document document(ConnectionRow row) {
        return new Document("_id", row.cid())
                .append("_add_time", row.addTime())
                .append("url", row.path())
                .append("channel", row.channel())
                .append("user_id", row.userId())
                .append("device_id", row.deviceId())
                .append("appid", row.appid())
                .append("away_since", row.awaySince())
                .append("node_id", row.nodeId())
                .append("node_epoch", row.nodeEpoch());
    }

    private Documents documents() {
        return database.documents(WsConnection.COLLECTION).unjournaled();
    }
}
