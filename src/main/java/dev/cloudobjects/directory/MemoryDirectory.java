package dev.cloudobjects.directory;

import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps the table in memory, for tests and benchmarks. Safe for use by many threads. */
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
