package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is online. */
class PresenceIT extends TargetsFixture {

    @Test
    void shouldTellWhoIsAlive() {
        try (Socket one = welcomed(of("a"), MANAGED)) {
            assertTrue(alive(one.cid()));
            assertFalse(alive("unknown"));
            JsonObject many = Client.anonymous()
                    .call(MANAGED + ".alives", "cid", list("x", one.cid(), "y"))
                    .ok()
                    .json();
            assertEquals(1, many.getInt("aliveCount"));
            assertEquals(3, many.getInt("allCount"));
            assertEquals(list(one.cid()), many.getJsonArray("aliveConnIds"));
            assertEquals(list("x", "y"), many.getJsonArray("deadConnIds"));
            one.leave();
            assertFalse(alive(one.cid()));
        }
    }

    private boolean alive(String cid) {
        return Client.anonymous().call(MANAGED + ".alive", "cid", list(cid)).ok().json().getBoolean("alive");
    }

    @Test
    void shouldListWhoIsOnlineAPageAtATime() {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                sockets.add(welcomed(of("d" + i), MANAGED));
            }
            JsonObject all = Client.json("appid", list(app));
            assertEquals(5, order(MANAGED + ".count", all, "limit", 1).json().getInt("count"));
            List<String> seen = new ArrayList<>();
            String after = null;
            do {
                JsonObject page = Client.anonymous()
                        .call(MANAGED + ".online", "to", all, "after", after, "limit", 2)
                        .ok()
                        .json();
                assertTrue(page.getJsonArray("rows").size() <= 2);
                for (JsonObject row : page.getJsonArray("rows").getValuesAs(JsonObject.class)) {
                    seen.add(row.getString("_id"));
                    assertEquals(MANAGED, row.getString("url"));
                    assertEquals(app, row.getString("appid"));
                    assertEquals("default", row.getString("channel"));
                }
                after = page.getString("next", null);
            } while (after != null);
            assertEquals(sockets.stream().map(Socket::cid).sorted().toList(), seen);
        } finally {
            sockets.forEach(Socket::close);
        }
        assertEquals(500, order(MANAGED + ".online", Client.json("everyone", true), "limit", 1001).code());
    }
}
