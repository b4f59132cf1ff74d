package dev.cloudobjects.storage;

import java.util.List;

/**
 * What an adapter keeps in the database. A bean of this type is asked once, when the database is opened.
 *
 * @see Database
 */
public interface Schema {

    /** The Jakarta Persistence entities and embeddables. */
    List<Class<?>> entities();

    /** The indexes, created at start where they are missing. */
    List<Index> indexes();

    /**
     * An ascending index over one field.
     *
     * @param collection the collection
     * @param field the field, as it is stored
     * @param unique whether two documents that both have the field may not agree in it
     */
    record Index(String collection, String field, boolean unique) {}
}
