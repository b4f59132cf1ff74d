package dev.cloudobjects.directory.nosql;

import dev.cloudobjects.directory.ConnectionRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of the table, which may be made in any order: no two of them are of the same cid.
 *
 * @param inserted rows that are not there
 * @param replaced rows that may be there in another state
 * @param removed cids whose rows go, if they exist
 */
record Batch(List<ConnectionRow> inserted, List<ConnectionRow> replaced, List<String> removed) {

    /** One to be filled. */
    Batch() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
}
