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
 * The documents of one collection, for all that EclipseLink NoSQL ignores or refuses: pages, "is null", deletes of many,
 * atomic updates, writes in bulk, indexes. Every method is one round trip, but for {@link #write}, and throws as
 * {@link Database#inUnitOfWork} does.
 */
public final class Documents {

    /** IndexOptionsConflict, IndexKeySpecsConflict, DuplicateKey: what is there already is in the way of an index. */
    private static final Set<Integer> OBSTACLES = Set.of(85, 86, 11_000);

    private final MongoCollection<Document> collection;
    private final Retries retries;

    Documents(MongoCollection<Document> collection, Retries retries) {
        this.collection = collection;
        this.retries = retries;
    }

    /** The same collection, with writes that are acknowledged before they are on disk: for rows that can be rebuilt. */
    public Documents unjournaled() {
        WriteConcern concern = collection.getWriteConcern().withJournal(null);
        return new Documents(collection.withWriteConcern(concern), retries);
    }

    /**
     * The documents that match, ascending by {@code sort}.
     *
     * @param skip how many to leave out, from 0
     * @param limit how many at most, from 1
     */
    public List<Document> page(Bson filter, String sort, int skip, int limit) {
        if (skip < 0 || limit < 1) {
            throw new IllegalArgumentException("skip = " + skip + " must be at least 0 and limit = " + limit + " at least 1");
        }
        return Failures.translated(() -> retries.reading(() -> {
            FindIterable<Document> found =
                    collection.find(filter).sort(new Document(sort, 1)).skip(skip).limit(limit);
            return found.into(new ArrayList<>());
        }));
    }

    /** One document that matches. {@code {field: null}} matches those without the field, too. */
    public Optional<Document> first(Bson filter) {
        return Failures.translated(
                () -> retries.reading(() -> Optional.ofNullable(collection.find(filter).first())));
    }

    /** Deletes all that match, and tells how many they were. */
    public long deleteMany(Bson filter) {
        return Failures.translated(() -> collection.deleteMany(filter).getDeletedCount());
    }

    /** Applies update operators to one document that matches, atomically; tells whether there was one. */
    public boolean updateOne(Bson filter, Bson update) {
        return Failures.translated(() -> collection.updateOne(filter, update).getMatchedCount() == 1);
    }

    /**
     * The same, or makes a document of the filter and the operators when there is none.
     *
     * @param update operators that do the same when they are applied twice: this may be
     */
    public void upsertOne(Bson filter, Bson update) {
        Failures.translated(() -> retries.changing(
                () -> collection.updateOne(filter, update, new UpdateOptions().upsert(true))));
    }

    /**
     * Inserts, replaces and deletes documents by their {@code _id}, in no particular order, in one round trip for each of
     * the three. What fails may be done in part.
     *
     * @param inserted documents that are not there
     * @param replaced documents that take the place of what is there, if anything is
     * @param deleted the {@code _id}s of documents that go, if they are there
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
            Failures.translated(inserted.isEmpty() ? () -> retries.changing(write) : write);
        }
    }

    /**
     * Creates an ascending index, unless there is one over this field already, whatever its options; but where one has to
     * be unique, it is.
     *
     * @throws MongoException saying so, when it can't be
     */
    void createIndex(Schema.Index index) {
        IndexOptions options = new IndexOptions().unique(index.unique());
        if (index.unique()) {
            // Documents without the field are left out of the index: unique means "among those that have it".
            options.sparse(true);
        }
        try {
            collection.createIndex(new Document(index.field(), 1), options);
        } catch (MongoServerException e) {
            if (!OBSTACLES.contains(e.getCode())) {
                throw e;
            }
            if (index.unique() && !hasUniqueIndex(index.field())) {
                // Without its cause, which may quote rows.
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
