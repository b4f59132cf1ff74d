package dev.cloudobjects.storage;

import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The documents of one collection, for operations that EclipseLink NoSQL lacks: paging, "is null", deletes of many rows,
 * atomic updates, bulk writes, indexes. Each method is one round trip, except {@link #write}, and throws the same
 * exceptions as {@link Database#inUnitOfWork}. Safe for use by many threads.
 */
public final class Documents {

    /** IndexOptionsConflict, IndexKeySpecsConflict, DuplicateKey: an existing index or row conflicts with the new index. */
    private static final Set<Integer> CONFLICTS = Set.of(85, 86, 11_000);

    private final MongoCollection<Document> collection;
    private final Retries retries;

    Documents(MongoCollection<Document> collection, Retries retries) {
        this.collection = collection;
        this.retries = retries;
    }

    /** The same collection with writes that are acknowledged before they are on disk, for rows that can be rebuilt. */
    public Documents unjournaled() {
        WriteConcern concern = collection.getWriteConcern().withJournal(null);
        return new Documents(collection.withWriteConcern(concern), retries);
    }

    /**
     * The documents that match the filter, in ascending order of the field {@code sort}.
     *
     * @param skip the number of documents to skip, from 0
     * @param limit the maximum number of documents, from 1
     */
    public List<Document> page(Bson filter, String sort, int skip, int limit) {
        if (skip < 0 || limit < 1) {
            throw new IllegalArgumentException("skip = " + skip + " must be at least 0 and limit = " + limit + " at least 1");
        }
        return ExceptionTranslator.translated(() -> retries.read(() -> {
            FindIterable<Document> found =
                    collection.find(filter).sort(new Document(sort, 1)).skip(skip).limit(limit);
            return found.into(new ArrayList<>());
        }));
    }

    /** One document that matches the filter. {@code {field: null}} also matches documents without the field. */
    public Optional<Document> first(Bson filter) {
        return ExceptionTranslator.translated(
                () -> retries.read(() -> Optional.ofNullable(collection.find(filter).first())));
    }

    /** Deletes all documents that match, and returns their number. */
    public long deleteMany(Bson filter) {
        return ExceptionTranslator.translated(() -> collection.deleteMany(filter).getDeletedCount());
    }

    /** Applies update operators to one matching document, atomically; returns whether one matched. */
    public boolean updateOne(Bson filter, Bson update) {
        return ExceptionTranslator.translated(() -> collection.updateOne(filter, update).getMatchedCount() == 1);
    }

    /**
     * As {@link #updateOne}, but creates a document from the filter and the operators if none matches.
     *
     * @param update idempotent operators, because the update may be repeated
     */
    public void upsertOne(Bson filter, Bson update) {
        ExceptionTranslator.translated(() -> retries.idempotentWrite(
                () -> collection.updateOne(filter, update, new UpdateOptions().upsert(true))));
    }

    /**
     * Inserts, replaces and deletes documents by their {@code _id}, in any order, in one round trip for each of the three
     * kinds. After a failure, some of the writes may have been done.
     *
     * @param inserted documents that do not exist yet
     * @param replaced documents that replace an existing one, or are inserted without one
     * @param deleted the {@code _id}s of documents to delete, if they exist
     */
    public void write(Collection<Document> inserted, Collection<Document> replaced, Collection<String> deleted) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        inserted.forEach(document -> writes.add(new InsertOneModel<>(document)));
        ReplaceOptions orInsert = new ReplaceOptions().upsert(true);
        replaced.forEach(
                document -> writes.add(new ReplaceOneModel<>(Filters.eq("_id", document.get("_id")), document, orInsert)));
        deleted.forEach(id -> writes.add(new DeleteOneModel<>(Filters.eq("_id", id))));
        if (!writes.isEmpty()) {
            Supplier<BulkWriteResult> write = () -> collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            ExceptionTranslator.translated(inserted.isEmpty() ? () -> retries.idempotentWrite(write) : write);
        }
    }

    /**
     * Creates an ascending index unless the field has one. An existing index may have other options, but must be unique if
     * the new one is.
     *
     * @throws MongoException if the index must be unique and an existing index or existing rows prevent that
     */
    void createIndex(Schema.Index index) {
        IndexOptions options = new IndexOptions().unique(index.unique());
        if (index.unique()) {
            // Sparse: documents without the field are not indexed, so only documents with the field must differ.
            options.sparse(true);
        }
        try {
            collection.createIndex(new Document(index.field(), 1), options);
        } catch (MongoServerException e) {
            if (!CONFLICTS.contains(e.getCode())) {
                throw e;
            }
            if (index.unique() && !hasUniqueIndex(index.field())) {
                // Without the cause: its message may quote rows.
                throw new MongoException("collection " + index.collection() + " must have a unique index over "
                        + index.field() + ", but has one that is not, or rows that agree in it");
            }
        }
    }

    private boolean hasUniqueIndex(String field) {
        return collection.listIndexes().into(new ArrayList<>()).stream()
                .anyMatch(index -> index.get("key") instanceof Document key
                        && key.keySet().equals(Set.of(field))
                        && Boolean.TRUE.equals(index.getBoolean("unique"))
                        && !index.containsKey("partialFilterExpression"));
    }
}
