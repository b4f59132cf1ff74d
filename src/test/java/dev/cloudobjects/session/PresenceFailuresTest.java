package dev.cloudobjects.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Place;
import dev.cloudobjects.link.FakeWire;
import dev.cloudobjects.log.LogLines;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.reach.Scope;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No failure while changes are published loses a change of anybody else, or what comes after it. */
class PresenceFailuresTest {

    private static final Place GROUP = Place.group("g").at(Bench.PATH);
    private static final Place OTHER = Place.group("h").at(Bench.PATH);

    private final Bench bench = Bench.roomy(0, 1, 1);
    private final LogLines log = new LogLines();
    private final FakeWire wire = new FakeWire();
    private final Session watcher = watcher(wire);

    /** Can't be compared for a while. */
    private static final class Fragile implements JsonString {
        private final JsonString text;
        private boolean broken;

        Fragile(String text) {
            this.text = Json.createValue(text);
        }

        @Override
        public String getString() {
            return text.getString();
        }

        @Override
        public CharSequence getChars() {
            return text.getChars();
        }

        @Override
        public ValueType getValueType() {
            return ValueType.STRING;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return text.equals(other);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Scope only(Session session) {
        return Scope.ofCids(List.of(session.cid()));
    }

    private Session watcher(FakeWire of) {
        return bench.client().channel("aside").speaks(Dialect.V1).accepted(of);
    }

    private Session member(String user, String group) {
        Session session = bench.client().user(user).accepted();
        bench.reach.join(only(session), List.of(group));
        return session;
    }

    private void publish() {
        bench.publisher.tick();
        bench.run();
    }

    private void watch(Session who, Place place) {
        bench.presence.watch(only(who), place);
        publish();
    }

    /** The changes that have come on a socket since this was asked last. */
    private static List<String> changes(FakeWire of) {
        List<String> found = new ArrayList<>();
        for (String text : of.log()) {
            if (text.startsWith("{")) {
                try (JsonReader reader = Json.createReader(new StringReader(text))) {
                    JsonObject frame = reader.readObject();
                    if (frame.containsKey("changes")) {
                        frame.getJsonArray("changes").getValuesAs(JsonObject.class).forEach(change ->
                                found.add(change.getString("member") + " " + change.getString("change")));
                    }
                }
            }
        }
        of.log().clear();
        return found;
    }

    private List<String> fired() {
        return bench.fired.stream()
                .map(change -> change.member() + " " + change.kind())
                .toList();
    }

    private long logged(String id) {
        return log.lines().stream().filter(line -> line.startsWith(id)).count();
    }

    @Test
    void shouldKeepTheChangesOfAPlaceUntilTheyCanBePublished() {
        watch(watcher, GROUP);
        watch(watcher, OTHER);
        Session ann = member("ann", "g");
        Fragile data = new Fragile("at home");
        bench.presence.data(ann.cid(), data);
        publish();
        assertEquals(List.of("ann joined"), changes(wire));
        data.broken = true;
        bench.presence.data(ann.cid(), Json.createValue("out"));
        member("bob", "g");
        member("cid", "h");
        publish();
        assertEquals(List.of("cid joined"), changes(wire));
        publish();
        member("dan", "g");
        publish();
        assertEquals(List.of(), changes(wire));
        assertEquals(1, logged("COBJ2017W"));
        data.broken = false;
        publish();
        assertEquals(List.of("ann updated", "bob joined", "dan joined"), changes(wire));
        publish();
        assertEquals(List.of(), changes(wire));
    }

    @Test
    void shouldTellOfANewFailure() {
        watch(watcher, GROUP);
        Session ann = member("ann", "g");
        Fragile data = new Fragile("at home");
        for (int i = 0; i < 2; i++) {
            data.broken = false;
            bench.presence.data(ann.cid(), data);
            publish();
            data.broken = true;
            bench.presence.data(ann.cid(), Json.createValue("out"));
            publish();
        }
        assertEquals(2, logged("COBJ2017W"));
    }

    @Test
    void shouldForgetThePlaceOfAFailureWithItsLastWatcher() {
        watch(watcher, GROUP);
        Session ann = member("ann", "g");
        Fragile data = new Fragile("at home");
        bench.presence.data(ann.cid(), data);
        publish();
        data.broken = true;
        bench.presence.data(ann.cid(), Json.createValue("out"));
        bench.presence.unwatch(only(watcher), GROUP);
        publish();
        assertEquals(0, bench.places.size());
        assertTrue(!bench.places.hasChanges());
    }

    @Test
    void shouldTellTheOtherWatchersAndTheApplicationWhereOneCanNotBeTold() {
        FakeWire second = new FakeWire();
        watch(watcher, GROUP);
        watch(watcher(second), GROUP);
        bench.presence.observe(GROUP);
        publish();
        changes(wire);
        changes(second);
        member("ann", "g");
        bench.sending.runAll();
        bench.publisher.tick();
        bench.sending.refuseNext();
        bench.run();
        List<String> told = new ArrayList<>(wire.log());
        told.addAll(second.log());
        assertEquals(2, told.size());
        // Who was not told would show something wrong from now on.
        assertEquals(1, told.stream().filter("close 1011 the server failed"::equals).count());
        List<String> known = changes(wire);
        known.addAll(changes(second));
        assertEquals(List.of("ann joined"), known);
        assertEquals(List.of("ann JOINED"), fired());
        assertEquals(1, logged("COBJ2018W"));
        member("bob", "g");
        publish();
        known.addAll(changes(wire));
        known.addAll(changes(second));
        assertEquals(List.of("ann joined", "bob joined"), known);
    }

    @Test
    void shouldFireTheNextChangeWhereOneCanNotBeFired() {
        bench.presence.observe(GROUP);
        var working = bench.observers;
        bench.observers = change -> {
            if (!change.member().equals("cid")) {
                throw new IllegalStateException("broken");
            }
            return working.apply(change);
        };
        member("ann", "g");
        member("bob", "g");
        member("cid", "g");
        publish();
        assertEquals(List.of("cid JOINED"), fired());
        assertEquals(List.of("COBJ2019W: 2 changes of Place[path=chat/room, kind=GROUP, name=g]"), log.lines().stream()
                .filter(line -> line.startsWith("COBJ2019W"))
                .map(line -> line.replaceAll(" were not fired.*", ""))
                .toList());
        bench.observers = working;
        member("dan", "g");
        publish();
        assertEquals(List.of("cid JOINED", "dan JOINED"), fired());
    }

    @Test
    void shouldFireTheRestInOrderAfterNoThreadWasThereForIt() {
        bench.presence.observe(GROUP);
        CompletableFuture<Void> first = new CompletableFuture<>();
        var working = bench.observers;
        bench.observers = change -> {
            CompletionStage<?> done = working.apply(change);
            return change.member().equals("ann") ? first : done;
        };
        member("ann", "g");
        member("bob", "g");
        publish();
        assertEquals(List.of("ann JOINED"), fired());
        bench.handlers.refuse(true);
        first.complete(null);
        bench.handlers.refuse(false);
        member("cid", "g");
        publish();
        assertEquals(List.of("ann JOINED", "bob JOINED", "cid JOINED"), fired());
    }

    @Test
    void shouldFireAChangeLaterThatFindsNoThread() {
        bench.presence.observe(GROUP);
        member("ann", "g");
        var working = bench.observers;
        bench.observers = change -> {
            bench.handlers.execute(() -> {});
            return working.apply(change);
        };
        bench.publisher.tick();
        bench.handlers.refuseNext();
        bench.run();
        assertEquals(List.of(), fired());
        publish();
        assertEquals(List.of("ann JOINED"), fired());
    }
}
