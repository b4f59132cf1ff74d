package dev.cloudobjects.directory;

import java.util.List;

/** What is read from the table of connections, for operators and tests. Each method reads the database and waits for it. */
public interface DirectoryQueries {

    /** The rows as they are stored now. At most {@code limit}, by cid. */
    List<ConnectionRow> list(int limit);
}
