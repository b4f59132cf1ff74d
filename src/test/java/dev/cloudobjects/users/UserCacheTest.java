package dev.cloudobjects.users;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.time.ManualClock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserCacheTest {

    private final ManualClock clock = new ManualClock();
    private final Map<String, Integer> stored = new HashMap<>(Map.of("ann", 1, "ben", 1));
    private Runnable meanwhile = () -> {};
    private int questions;

    private final UserCache<Integer> cache =
            new UserCache<>(Duration.ofSeconds(2), clock::nanos, uid -> Optional.ofNullable(read(List.of(uid)).get(uid)), this::read);

    private Map<String, Integer> read(Collection<String> uids) {
        questions++;
        Map<String, Integer> found = new HashMap<>(stored);
        found.keySet().retainAll(List.copyOf(uids));
        Runnable once = meanwhile;
        meanwhile = () -> {};
        once.run();
        return found;
    }

    private void write(String uid, int value) {
        stored.put(uid, value);
        cache.forget(uid);
    }

    @Test
    void shouldReadAgainWhatIsTooOld() {
        assertEquals(Optional.of(1), cache.find("ann"));
        stored.put("ann", 2);
        clock.advance(Duration.ofMillis(1999));
        assertEquals(Optional.of(1), cache.find("ann"));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.of(2), cache.find("ann"));
        assertEquals(2, questions);
    }

    @Test
    void shouldSeeAtOnceWhatWasWrittenHere() {
        cache.find("ann");
        write("ann", 2);
        assertEquals(Optional.of(2), cache.find("ann"));
        stored.put("ann", 3);
        cache.forgetAll();
        assertEquals(Optional.of(3), cache.find("ann"));
    }

    @Test
    void shouldReadNowWhatIsToBeRead() {
        cache.find("ann");
        stored.put("ann", 2);
        assertEquals(Optional.of(2), cache.reload("ann"));
        stored.put("ann", 3);
        cache.refresh(List.of("ann", "ben"));
        assertEquals(3, questions);
        assertEquals(Optional.of(3), cache.find("ann"));
        assertEquals(Optional.of(1), cache.find("ben"));
        assertEquals(3, questions);
    }

    @Test
    void shouldForgetWhoIsGone() {
        cache.find("ann");
        cache.find("ben");
        stored.clear();
        cache.refresh(List.of("ann"));
        assertEquals(Optional.empty(), cache.find("ann"));
        assertEquals(Optional.empty(), cache.reload("ben"));
        assertEquals(Optional.empty(), cache.find("ben"));
    }

    @Test
    void shouldNotKeepWhatWasReadBeforeAWrite() {
        meanwhile = () -> write("ann", 2);
        assertEquals(Optional.of(1), cache.find("ann"));
        assertEquals(Optional.of(2), cache.find("ann"));
        meanwhile = () -> write("ann", 3);
        cache.refresh(List.of("ann", "ben"));
        assertEquals(Optional.of(3), cache.find("ann"));
        meanwhile = cache::forgetAll;
        cache.refresh(List.of("ann", "ben"));
        int before = questions;
        cache.find("ben");
        assertEquals(before + 1, questions);
    }

    @Test
    void shouldKeepWhatWasReadOfOthersDuringAWrite() {
        meanwhile = () -> write("ann", 2);
        cache.refresh(List.of("ann", "ben"));
        assertEquals(Optional.of(1), cache.find("ben"));
        assertEquals(1, questions);
    }

    @Test
    void shouldHoldTenThousandAndLetGoOfWhoWasNotAskedForTheLongest() {
        for (int i = 0; i < 10_000; i++) {
            stored.put("u" + i, i);
            cache.find("u" + i);
        }
        cache.find("u0");
        cache.find("ann");
        int before = questions;
        cache.find("u0");
        assertEquals(before, questions);
        cache.find("u1");
        assertEquals(before + 1, questions);
    }
}
