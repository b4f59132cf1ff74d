package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CidsTest {

    private static String node(Cids cids) {
        return cids.next().substring(0, 8);
    }

    @Test
    void shouldNameTheStartOfTheNode() {
        Cids one = new Cids(new Node("a", 0x1234_5678_9abcL));
        assertEquals("EjRWeJq8", node(one));
        assertEquals(node(one), node(one));
        assertNotEquals(node(one), node(new Cids(new Node("a", 0x1234_5678_9abdL))), "another start of the same node");
        assertEquals(node(one), node(new Cids(new Node("b", 0x1234_5678_9abcL))), "the name of a node is not told");
    }

    @Test
    void shouldBeRandomBeyondThat() {
        Cids cids = new Cids(new Node("a", 1));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String cid = cids.next();
            assertTrue(cid.matches("[A-Za-z0-9_-]{32}"), cid);
            seen.add(cid.substring(8));
        }
        assertEquals(1000, seen.size());
        for (int at : IntStream.range(0, 24).toArray()) {
            assertTrue(
                    seen.stream().map(random -> random.charAt(at)).distinct().count() > 40,
                    "the character " + at + " varies little");
        }
    }
}
