package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.directory.ConnectionRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of the table. No two of them have the same cid, so their order does not matter.
 *
 * @param inserted rows that do not exist yet
 * @param replaced rows that may exist with other values
 * @param removed cids whose rows are deleted, if they exist
 */
record Batch(List<ConnectionRow> inserted, List<ConnectionRow> replaced, List<String> removed) {

    /** An empty batch. */
    Batch() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
