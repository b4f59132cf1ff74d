package dev.cloudobjects.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KeyedCounterTest {

    private final KeyedCounter tally = new KeyedCounter();

    @Test
    void shouldCountUnderEachName() {
        assertEquals(1, tally.add("ann"));
        assertEquals(2, tally.add("ann"));
        assertEquals(1, tally.add("ben"));
        tally.remove("ann");
        assertEquals(1, tally.of("ann"));
        assertEquals(0, tally.of("cid"));
    }

    @Test
    void shouldForgetWhatIsBackAtZero() {
        tally.add("ann");
        tally.remove("ann");
        tally.remove("ann");
        assertEquals(0, tally.names());
        assertEquals(0, tally.of("ann"));
    }
}
