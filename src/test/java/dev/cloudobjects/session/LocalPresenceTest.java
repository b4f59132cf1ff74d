package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Here;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.PresenceChange;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.reach.Scope;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is present where, as a watcher and the application learn it. */
class LocalPresenceTest {

    private static final Place GROUP = Place.group("g").at(Bench.PATH);

    private final Bench bench = Bench.roomy(0, 1, 1);
    private final FakeWire wire = new FakeWire();
    private final Session watcher =
            bench.client().channel("aside").speaks(Dialect.V1).accepted(wire);

    private static Scope only(Session session) {
        return Scope.ofCids(List.of(session.cid()));
    }

    /** A device of a user, or of nobody, which can come back. */
    private Session device(@Nullable String user) {
        Bench.Client client = bench.client().speaks(Dialect.V1);
        Session session = (user == null ? client : client.user(user)).open();
        bench.attachments.makeResumable(session);
        bench.sessions.accept(session);
        return session;
    }

    private Session member(@Nullable String user) {
        Session session = device(user);
        bench.reach.join(only(session), List.of("g"));
        return session;
    }

    private void lose(Session session) {
        Link link = Objects.requireNonNull(session.link());
        bench.attachments.lost(session, link, SessionEnd.byServer(CloseCode.HEARTBEAT_MISSED));
    }

    private void comeBack(Session session) {
        Bench.Client client = bench.client().speaks(Dialect.V1);
        String user = session.uid();
        Session fresh = (user == null ? client : client.user(user)).open();
        bench.attachments.resume(session, fresh, 0);
    }

    private void end(Session session) {
        bench.sessions.end(session, SessionEnd.byPeer(1000, ""));
    }

    private void publish() {
        bench.publisher.tick();
        bench.run();
    }

    private void watch() {
        assertEquals(1, bench.presence.watch(only(watcher), GROUP));
        publish();
        wire.log().clear();
    }

    /** The frames that came of a type. */
    private List<JsonObject> frames(String type) {
        bench.run();
        List<JsonObject> found = new ArrayList<>();
        for (String text : wire.log()) {
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                JsonObject frame = reader.readObject();
                if (frame.getString("type").equals(type)) {
                    found.add(frame);
                }
            }
        }
        wire.log().clear();
        return found;
    }

    /** The changes that came, as texts. */
    private List<String> changes() {
        publish();
        List<String> found = new ArrayList<>();
        for (JsonObject frame : frames("presence")) {
            for (JsonObject change : frame.getJsonArray("changes").getValuesAs(JsonObject.class)) {
                found.add(change.getString("member") + " " + change.getString("change"));
            }
        }
        return found;
    }

    @Nested
    class AWatcher {

        @Test
        void shouldBeToldOfEachChangeOnceWhateverTheNumberOfDevices() {
            watch();
            Session one = member("ann");
            assertEquals(List.of("ann joined"), changes());
            Session two = member("ann");
            lose(one);
            assertEquals(List.of(), changes());
            lose(two);
            assertEquals(List.of("ann away"), changes());
            comeBack(one);
            comeBack(two);
            assertEquals(List.of("ann back"), changes());
            end(one);
            assertEquals(List.of(), changes());
            bench.reach.leave(only(two), List.of("g"));
            assertEquals(List.of("ann left"), changes());
        }

        @Test
        void shouldNotBeToldOfWhatPassesInBetween() {
            watch();
            end(member("ann"));
            assertEquals(List.of(), changes());
        }

        @Test
        void shouldGetTheDataThatWasSetLast() {
            watch();
            Session one = member("ann");
            bench.presence.data(one.cid(), Json.createValue("at home"));
            publish();
            JsonObject joined = frames("presence").get(0).getJsonArray("changes").getJsonObject(0);
            assertEquals("at home", joined.getString("data"));
            Session two = member("ann");
            bench.presence.data(two.cid(), Json.createValue("out"));
            publish();
            JsonObject updated = frames("presence").get(0).getJsonArray("changes").getJsonObject(0);
            assertEquals("updated out", updated.getString("change") + " " + updated.getString("data"));
            end(two);
            publish();
            assertEquals("at home", frames("presence").get(0).getJsonArray("changes").getJsonObject(0).getString("data"));
        }

        @Test
        void shouldSeeConnectionsOfNobodyByTheirCid() {
            watch();
            Session nobody = member(null);
            assertEquals(List.of(nobody.cid() + " joined"), changes());
        }

        @Test
        void shouldBeToldWhenItMayWatchNoLonger() {
            watch();
            assertEquals(1, bench.presence.unwatch(only(watcher), GROUP));
            assertTrue(frames("presence").get(0).getBoolean("over"));
            member("ann");
            assertEquals(List.of(), changes());
            bench.presence.here(watcher, new ClientFrame.Here(1L, Place.group("g"), null, 10));
            assertEquals(403, frames("event").get(0).getJsonObject("err").getInt("code"));
        }

        @Test
        void shouldNotAskWithoutBeingAllowedTo() {
            member("ann");
            bench.presence.here(watcher, new ClientFrame.Here(1L, Place.group("g"), null, 10));
            assertEquals(403, frames("event").get(0).getJsonObject("err").getInt("code"));
        }

        @Test
        void shouldGetPagesInTheOrderOfMembers() {
            List.of("dan", "ann", "cid", "bob", "ann").forEach(LocalPresenceTest.this::member);
            watch();
            bench.presence.here(watcher, new ClientFrame.Here(1L, Place.group("g"), null, 3));
            JsonObject first = frames("members").get(0);
            assertEquals(List.of("ann", "bob", "cid"), names(first.getJsonArray("members")));
            bench.presence.here(watcher, new ClientFrame.Here(2L, Place.group("g"), first.getString("next"), 3));
            JsonObject second = frames("members").get(0);
            assertEquals(List.of("dan"), names(second.getJsonArray("members")));
            assertTrue(!second.containsKey("next"));
        }

        private List<String> names(JsonArray members) {
            return members.getValuesAs(JsonObject.class).stream()
                    .map(member -> member.getString("member"))
                    .toList();
        }

        @Test
        void shouldGetManyChangesInSeveralFrames() {
            watch();
            for (int i = 0; i < 120; i++) {
                member("u" + i);
            }
            publish();
            assertEquals(3, frames("presence").size());
        }
    }

    @Nested
    class AUserAndAChannel {

        @Test
        void shouldBePlacesToo() {
            Place user = Place.user("ann").at(Bench.PATH);
            Place channel = Place.channel("default").at(Bench.PATH);
            bench.presence.watch(only(watcher), user);
            bench.presence.watch(only(watcher), channel);
            wire.log().clear();
            Session ann = device("ann");
            assertEquals(List.of("ann joined", "ann joined"), changes());
            lose(ann);
            assertEquals(List.of("ann away", "ann away"), changes());
        }
    }

    @Nested
    class TheApplication {

        @Test
        void shouldBeToldOfWhatItObserves() {
            member("bob");
            bench.presence.observe(GROUP);
            Session ann = member("ann");
            publish();
            lose(ann);
            publish();
            assertEquals(
                    List.of("ann JOINED 1", "ann AWAY 2"),
                    bench.fired.stream()
                            .map(change -> change.member() + " " + change.kind() + " " + change.version())
                            .toList());
            bench.presence.unobserve(GROUP);
            assertEquals(0, bench.places.size());
        }

        @Test
        void shouldSeeWhoIsHereWithoutAnyWatcher() {
            lose(member("ann"));
            member("bob");
            Here here = bench.presence.here(GROUP, null, 10);
            assertEquals(0, here.version());
            assertEquals(
                    List.of(new Here.Member("ann", true, null), new Here.Member("bob", false, null)), here.members());
            assertEquals("ann", bench.presence.here(GROUP, null, 1).next());
        }
    }

    @Nested
    class Memory {

        @Test
        void shouldBeGivenBackWithTheLastWatcher() {
            watch();
            member("ann");
            end(watcher);
            assertEquals(0, bench.places.size());
        }

        @Test
        void shouldBeBounded() {
            for (int i = 0; i < bench.places.limits().perConnection(); i++) {
                bench.presence.watch(only(watcher), Place.group("g" + i).at(Bench.PATH));
            }
            CloudObjectException refused =
                    assertThrows(CloudObjectException.class, () -> bench.presence.watch(only(watcher), GROUP));
            assertEquals(429, refused.code());
            for (int i = bench.places.size(); i < bench.places.limits().places(); i++) {
                bench.presence.observe(Place.group("o" + i).at(Bench.PATH));
            }
            assertEquals(503, assertThrows(CloudObjectException.class, () -> bench.presence.observe(GROUP)).code());
        }
    }

    /** What a watcher makes of pages and changes, by the rule of the protocol. */
    private static final class View {
        private record Seen(long version, @Nullable String state) {}

        private final Map<String, Seen> members = new TreeMap<>();

        void change(JsonObject frame) {
            long version = frame.getInt("version");
            for (JsonObject change : frame.getJsonArray("changes").getValuesAs(JsonObject.class)) {
                Seen before = members.get(change.getString("member"));
                if (before == null || version >= before.version()) {
                    String state = switch (change.getString("change")) {
                        case "left" -> null;
                        case "away" -> "away";
                        case "updated" -> before == null ? "?" : before.state();
                        default -> "here";
                    };
                    members.put(change.getString("member"), new Seen(version, state));
                }
            }
        }

        void page(JsonObject frame, @Nullable String after) {
            long version = frame.getInt("version");
            String next = frame.getString("next", null);
            Map<String, String> page = new TreeMap<>();
            for (JsonObject member : frame.getJsonArray("members").getValuesAs(JsonObject.class)) {
                page.put(member.getString("member"), member.getBoolean("away", false) ? "away" : "here");
            }
            members.replaceAll((name, seen) -> {
                boolean covered = (after == null || name.compareTo(after) > 0) && (next == null || name.compareTo(next) <= 0);
                return covered && seen.version() <= version && !page.containsKey(name) ? new Seen(version, null) : seen;
            });
            page.forEach((name, state) -> members.merge(
                    name, new Seen(version, state), (old, now) -> old.version() > version ? old : now));
        }

        Map<String, String> now() {
            Map<String, String> now = new TreeMap<>();
            members.forEach((name, seen) -> {
                if (seen.state() != null) {
                    now.put(name, seen.state());
                }
            });
            return now;
        }
    }

    private Map<String, String> truth() {
        Map<String, String> truth = new TreeMap<>();
        for (Session session : bench.registry.inGroup(Bench.PATH, "g")) {
            String name = Objects.requireNonNullElse(session.uid(), session.cid());
            String state = session.state().isAway() ? "away" : "here";
            truth.merge(name, state, (one, other) -> one.equals("here") ? one : other);
        }
        return truth;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldShowTheTruthWhenItIsQuiet(long seed) {
        Random random = new Random(seed);
        List<Session> devices = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            devices.add(member("u" + random.nextInt(4)));
        }
        watch();
        View view = new View();
        Map<String, PresenceChange.Kind> last = new TreeMap<>();
        String after = null;
        boolean asking = true;
        for (int step = 0; step < 600; step++) {
            Session one = devices.get(random.nextInt(devices.size()));
            switch (random.nextInt(8)) {
                case 0 -> devices.add(member(random.nextInt(5) == 0 ? null : "u" + random.nextInt(8)));
                case 1 -> bench.reach.leave(only(one), List.of("g"));
                case 2 -> bench.reach.join(only(one), List.of("g"));
                case 3 -> {
                    if (one.state() == SessionState.OPEN) {
                        lose(one);
                    }
                }
                case 4 -> {
                    if (one.state().isAway()) {
                        comeBack(one);
                    }
                }
                case 5 -> {
                    end(one);
                    devices.remove(one);
                    devices.add(member("u" + random.nextInt(8)));
                }
                case 6 -> publish();
                default -> {
                    if (asking) {
                        bench.presence.here(watcher, new ClientFrame.Here(1L, Place.group("g"), after, 2));
                    }
                }
            }
            for (JsonObject frame : all()) {
                if (frame.getString("type").equals("presence")) {
                    view.change(frame);
                    assertOnce(frame, last);
                } else if (frame.getString("type").equals("members")) {
                    view.page(frame, after);
                    after = frame.getString("next", null);
                    asking = after != null;
                }
            }
        }
        for (; asking; asking = after != null) {
            bench.presence.here(watcher, new ClientFrame.Here(1L, Place.group("g"), after, 2));
            for (JsonObject frame : all()) {
                view.page(frame, after);
                after = frame.getString("next", null);
            }
        }
        publish();
        all().forEach(view::change);
        assertEquals(truth(), view.now());
    }

    private List<JsonObject> all() {
        bench.run();
        List<JsonObject> found = new ArrayList<>();
        for (String text : wire.log()) {
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                found.add(reader.readObject());
            }
        }
        wire.log().clear();
        return found;
    }

    /** Nobody joins twice, or is away twice, without the opposite in between. */
    private static void assertOnce(JsonObject frame, Map<String, PresenceChange.Kind> last) {
        for (JsonObject change : frame.getJsonArray("changes").getValuesAs(JsonObject.class)) {
            PresenceChange.Kind kind =
                    PresenceChange.Kind.valueOf(change.getString("change").toUpperCase(Locale.ROOT));
            PresenceChange.Kind before = last.put(change.getString("member"), kind);
            assertTrue(before != kind, () -> change + " comes twice");
        }
    }
}
