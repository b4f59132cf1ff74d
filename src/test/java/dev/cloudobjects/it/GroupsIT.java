package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Groups of connections. */
class GroupsIT extends TargetsFixture {

    private final String group = "group-" + app;

    @Test
    void shouldJoinAndLeaveByTheConnectionItself() {
        try (Socket in = welcomed(of("a"), MANAGED);
                Socket out = welcomed(of("b"), MANAGED)) {
            in.send(Client.json("groups", list(group, "more-" + group)));
            assertEquals(text("done"), in.value());
            assertCounts(1, send(Client.json("group", list(group)), "members"));
            assertCounts(1, send(Client.json("group", list(group, "more-" + group)), "once"));
            in.send(Client.json("groups", list(group), "to", Client.json()));
            assertEquals(text("members"), in.value());
            assertEquals(text("once"), in.value());
            assertEquals(text("done"), in.value());
            assertCounts(0, send(Client.json("group", list(group)), "nobody"));
            assertCounts(1, send(Client.json("group", list("more-" + group)), "still"));
            assertHeard(in, "still");
            assertHeard(out);
        }
    }

    @Test
    void shouldJoinAndLeaveByATarget() {
        try (Socket one = welcomed(of("a"), MANAGED);
                Socket two = welcomed(of("b"), MANAGED)) {
            JsonObject both = Client.json("appid", list(app));
            assertEquals(2, order(MANAGED + ".join", both, "groups", list(group)).json().getInt("count"));
            assertCounts(2, send(Client.json("group", list(group)), "both"));
            assertCounts(1, send(Client.json("group", list(group), "device", list("b")), "b"));
            JsonObject first = Client.json("cid", list(one.cid()));
            assertEquals(1, order(MANAGED + ".leave", first, "groups", list(group)).json().getInt("count"));
            assertCounts(1, send(Client.json("group", list(group)), "left"));
            assertHeard(one, "both");
            assertHeard(two, "both", "b", "left");
        }
    }

    @Test
    void shouldEndWithTheConnectionAndBelongToItsObject() {
        try (Socket one = welcomed(of("a"), MANAGED)) {
            one.send(Client.json("groups", list(group)));
            assertEquals(text("done"), one.value());
            JsonObject elsewhere = Client.json("group", list(group), "path", list(EVERYONE));
            assertCounts(0, send(elsewhere, "x"));
            one.leave();
        }
        assertCounts(0, send(Client.json("group", list(group)), "x"));
    }

    @Test
    void shouldNeedAConnectionToJoinWithout() {
        assertEquals(500, Client.anonymous().call(MANAGED + ".joinNobody").code());
    }
}
