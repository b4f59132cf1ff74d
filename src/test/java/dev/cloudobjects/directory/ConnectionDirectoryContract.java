package dev.cloudobjects.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every adapter of the table of connections does. */
public abstract class ConnectionDirectoryContract {

    private ConnectionDirectory directory;

    /** An adapter without any rows. */
    protected abstract ConnectionDirectory empty();

    @BeforeEach
    void create() {
        directory = empty();
    }

    @Test
    void shouldListWhatWasAdded() {
        ConnectionRow full = new ConnectionRow("c1", 1_800_000_000_123L, "a/b", "default", "u1", "d1", "app", 1_800_000_000_456L, "n1", 7);
        ConnectionRow bare = new ConnectionRow("c2", 1, "a/b", "default", null, null, null, null, "n1", 7);
        directory.added(bare);
        directory.added(full);
        assertEquals(List.of(full, bare), flushed());
    }

    @Test
    void shouldListNoMoreThanAsked() {
        for (int i = 9; i >= 1; i--) {
            directory.added(row("c" + i, 1));
        }
        assertTrue(directory.flush());
        assertEquals(List.of(row("c1", 1), row("c2", 1), row("c3", 1)), directory.list(3));
    }

    @Test
    void shouldListNothingWhenEmpty() {
        assertEquals(List.of(), flushed());
    }

    @Test
    void shouldRemoveWhatWasAdded() {
        directory.added(row("c1", 1));
        directory.added(row("c2", 1));
        directory.removed("c1");
        assertEquals(List.of(row("c2", 1)), flushed());
        directory.removed("c2");
        assertEquals(List.of(), flushed());
    }

    @Test
    void shouldIgnoreTheRemovalOfUnknownOnes() {
        directory.removed("c1");
        directory.added(row("c2", 1));
        directory.removed("c3");
        assertEquals(List.of(row("c2", 1)), flushed());
    }

    @Test
    void shouldKeepTheLastRowOfACidThatWasTakenOver() {
        directory.added(row("c1", 1));
        flushed();
        directory.added(row("c1", 2));
        assertEquals(List.of(row("c1", 2)), flushed());
        directory.removed("c1");
        directory.added(row("c1", 3));
        assertEquals(List.of(row("c1", 3)), flushed());
    }

    @Test
    void shouldKnowSinceWhenAConnectionIsAwayAndThatItIsBack() {
        ConnectionRow here = row("c1", 1);
        ConnectionRow away = new ConnectionRow("c1", 1, "a", "default", "u", null, null, 1_800_000_000_789L, "n1", 1);
        directory.added(here);
        flushed();
        directory.added(away);
        assertEquals(List.of(away), flushed());
        directory.added(here);
        assertEquals(List.of(here), flushed());
    }

    @Test
    void shouldRemoveARowThatChangedJustBefore() {
        directory.added(row("c1", 1));
        flushed();
        directory.added(row("c1", 2));
        directory.removed("c1");
        assertEquals(List.of(), flushed());
    }

    @Test
    void shouldRemoveLeftoversOfEarlierStartsOfThisNodeOnly() {
        ConnectionRow other = new ConnectionRow("c3", 1, "a", "default", null, null, null, null, "n2", 1);
        directory.added(row("c1", 1));
        directory.added(row("c2", 2));
        directory.added(other);
        flushed();
        directory.removeLeftovers("n1", 2);
        assertEquals(List.of(row("c2", 2), other), flushed());
        directory.removeLeftovers("n1", 3);
        assertEquals(List.of(other), flushed());
    }

    private List<ConnectionRow> flushed() {
        assertTrue(directory.flush());
        return directory.list(100);
    }

    private static ConnectionRow row(String cid, long epoch) {
        return new ConnectionRow(cid, 1, "a", "default", "u", null, null, null, "n1", epoch);
    }
}
