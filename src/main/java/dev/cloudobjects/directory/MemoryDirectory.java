package dev.cloudobjects.directory;

import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The table in memory: for tests, and for a server that needs no view of its connections. */
public final class MemoryDirectory implements ConnectionDirectory {

    private final ConcurrentNavigableMap<String, ConnectionRow> rows = new ConcurrentSkipListMap<>();

    @Override
    public void added(ConnectionRow row) {
        rows.put(row.cid(), row);
    }

    @Override
    public void removed(String cid) {
        rows.remove(cid);
    }

    @Override
    public void removeLeftovers(String nodeId, long currentEpoch) {
        rows.values().removeIf(row -> row.nodeId().equals(nodeId) && row.nodeEpoch() != currentEpoch);
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public List<ConnectionRow> list(int limit) {
        return rows.values().stream().limit(limit).toList();
    }
}
