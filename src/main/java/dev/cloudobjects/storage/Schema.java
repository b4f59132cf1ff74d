package dev.cloudobjects.storage;

import java.util.List;

/**
 * The entities and indexes of one adapter. Each bean of this type is read once, when the database is opened.
 *
 * @see Database
 */
public interface Schema {

    /** The Jakarta Persistence entities and embeddables. */
    List<Class<?>> entities();

    /** The indexes, which are created if they are missing. */
    List<Index> indexes();

    /**
     * An ascending index over one field.
     *
     * @param collection the name of the collection
     * @param field the name of the stored field
     * @param unique whether the value must be unique among the documents that have the field
     */
    record Index(String collection, String field, boolean unique) {}
}
