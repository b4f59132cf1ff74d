package dev.cloudobjects.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Completion;
import dev.cloudobjects.api.Disconnection;
import dev.cloudobjects.api.Failure;
import dev.cloudobjects.api.Kh;
import dev.cloudobjects.api.Pub;
import dev.cloudobjects.api.Sys;
import dev.cloudobjects.routing.Access;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectModelReaderTest {

    private static Set<String> callables(Class<?> type) {
        return ObjectModelReader.read(type).callables().keySet();
    }

    @Nested
    class Callables {

        @CloudObject("a")
        public static class Mixed {
            public void none() {}

            public String one(Map<String, Object> data) {
                return "";
            }

            public static void ofTheClass() {}

            public void _private() {}

            void packaged() {}

            protected void inherited() {}

            private void hidden() {}

            public void observes(@Observes String event) {}

            @Override
            public String toString() {
                return "";
            }

            @Override
            public boolean equals(Object other) {
                return false;
            }

            @Override
            public int hashCode() {
                return 0;
            }
        }

        @Test
        void shouldBePublicMethodsWithoutAnUnderscore() {
            assertEquals(Set.of("none", "one"), callables(Mixed.class));
        }

        @CloudObject("a")
        public static class Private {
            private void same(int a, int b) {}

            private void same() {}

            public void same(String text) {}
        }

        @Test
        void shouldNotMindPrivateOverloads() {
            assertEquals(Set.of("same"), callables(Private.class));
        }

        @CloudObject("a")
        public static class Living {
            @PostConstruct
            public void start() {}

            @PreDestroy
            public void stop() {}

            @Inject
            public void take(String what) {}
        }

        @Test
        void shouldNotBeLifecycleMethods() {
            assertEquals(Set.of(), callables(Living.class));
        }

        public static class Startable {
            public void start() {}
        }

        @CloudObject("a")
        public static class Starting extends Startable {
            @Override
            @PostConstruct
            public void start() {}
        }

        @Test
        void shouldNotBeAMethodThatIsOverriddenAsLifecycle() {
            assertEquals(Set.of(), callables(Starting.class));
        }
    }

    @Nested
    class Inheritance {

        public static class Base {
            public void ping() {}

            public void overridden(String text) {}

            public void onWebsocketConnection() {}

            void _before() {}
        }

        @CloudObject("a")
        public static class Derived extends Base {
            @Override
            public void overridden(String text) {}
        }

        @Test
        void shouldGiveMethodsEventsAndHooks() {
            ObjectModel model = ObjectModelReader.read(Derived.class);
            assertEquals(Set.of("ping", "overridden"), model.callables().keySet());
            assertEquals(Derived.class, model.callables().get("overridden").method().getDeclaringClass());
            assertTrue(model.event(Event.CONNECTION).isHandled());
            assertTrue(model.before() != null);
        }

        public abstract static class Handler<T> {
            public abstract void onWebsocketMessage(T message);

            public Object reply(T message) {
                return message;
            }
        }

        @CloudObject("a")
        public static class TextHandler extends Handler<String> {
            @Override
            public void onWebsocketMessage(String message) {}

            @Override
            public String reply(String message) {
                return message;
            }
        }

        @Test
        void shouldSeeOneMethodWhereATypeVariableIsFilledIn() {
            ObjectModel model = ObjectModelReader.read(TextHandler.class);
            assertEquals(String.class, model.event(Event.MESSAGE).parameter());
            assertEquals(String.class, model.callables().get("reply").parameter());
        }

        static class Hidden {
            public void visible() {}
        }

        @CloudObject("a")
        public static class Shown extends Hidden {}

        @Test
        void shouldSeePublicMethodsOfAHiddenClass() {
            assertEquals(Set.of("visible"), callables(Shown.class));
        }
    }

    @Nested
    class Events {

        @CloudObject("a")
        public static class All {
            public String onWebsocketConnection(Map<String, Object> data) {
                return "";
            }

            public void onWebsocketMessage(List<String> message) {}

            public void onWebsocketDisConnection(Disconnection how) {}

            public void onWebsocketError(Failure what) {}

            Object _before() {
                return null;
            }

            private Object _after(Completion how) {
                return null;
            }
        }

        @Test
        void shouldBeFoundByNameAndNotBeCallable() {
            ObjectModel model = ObjectModelReader.read(All.class);
            assertEquals(Map.of(), model.callables());
            assertTrue(Stream.of(Event.values()).allMatch(event -> model.event(event).isHandled()));
            assertTrue(model.takesConnections());
            assertNotNull(model.before());
            assertNotNull(model.after());
        }

        @CloudObject("a")
        public static class Few {
            public void call() {}
        }

        @Test
        void shouldBeThereThoughTheyAreNotHandled() throws Throwable {
            ObjectModel model = ObjectModelReader.read(Few.class);
            assertFalse(model.takesConnections());
            assertNull(model.before());
            assertNull(model.event(Event.MESSAGE).invoke(new Few(), "x"));
            assertEquals(Access.KH, model.event(Event.MESSAGE).rule().access());
        }

        @CloudObject("a")
        public static class General {
            public void onWebsocketDisConnection(Object how) {}

            public void onWebsocketError() {}
        }

        @Test
        void shouldTakeWhateverTheDataFits() {
            assertTrue(ObjectModelReader.read(General.class).takesConnections());
        }
    }

    @Nested
    class Rules {

        @Pub
        @CloudObject("sys/a")
        public static class Annotated {
            public void byClass() {}

            @Sys
            public void byMethod() {}

            @Kh
            public void pub_named() {}
        }

        @Test
        void shouldPutAnnotationsOverNames() {
            ObjectModel model = ObjectModelReader.read(Annotated.class);
            assertEquals(Access.PUB, model.callables().get("byClass").rule().access());
            assertEquals(Access.SYS, model.callables().get("byMethod").rule().access());
            assertEquals(Access.KH, model.callables().get("pub_named").rule().access());
            assertEquals(Access.PUB, model.event(Event.CONNECTION).rule().access());
        }
    }

    @Nested
    class Broken {

        public static class NoObject {}

        @CloudObject("")
        public static class EmptyPath {}

        @CloudObject("/a")
        public static class Rooted {}

        @CloudObject("a/../b")
        public static class Climbing {}

        @CloudObject("a")
        public static class Overloaded {
            public void call() {}

            public void call(String text) {}
        }

        @CloudObject("a")
        public static class InheritedOverload extends Overloaded2 {
            public void call(String text) {}
        }

        public static class Overloaded2 {
            public void call() {}
        }

        @CloudObject("a")
        public static class TwoParameters {
            public void call(String a, String b) {}
        }

        @CloudObject("a")
        public static class TwoEvents {
            public void onWebsocketMessage() {}

            public void onWebsocketMessage(String text) {}
        }

        @CloudObject("a")
        public static class WideEvent {
            public void onWebsocketMessage(String a, String b) {}
        }

        @CloudObject("a")
        public static class WrongEvent {
            public void onWebsocketDisConnection(String how) {}
        }

        @CloudObject("a")
        public static class WrongError {
            public void onWebsocketError(Disconnection how) {}
        }

        @CloudObject("a")
        public static class HiddenEvent {
            void onWebsocketConnection() {}
        }

        @CloudObject("a")
        public static class MistypedEvent {
            public void onWebsocketDisconnection(Disconnection how) {}
        }

        @CloudObject("a")
        public static class MistypedSocket {
            void onWebSocketMessage(String text) {}
        }

        @CloudObject("a")
        public static class PrivateEvent {
            public void _onWebsocketMessage(String text) {}
        }

        @CloudObject("a")
        public static class WideBefore {
            void _before(String text) {}
        }

        @CloudObject("a")
        public static class WrongAfter {
            void _after(String text) {}
        }

        @CloudObject("a")
        public static class TwoAfters {
            void _after() {}

            void _after(Completion how) {}
        }

        @CloudObject("a")
        public static class TwoRules {
            @Pub
            @Sys
            public void call() {}
        }

        @Pub
        @Kh
        @CloudObject("a")
        public static class TwoRulesOfAll {
            public void call() {}
        }

        record Hidden(String text) {}

        @CloudObject("a")
        public static class HiddenData {
            public void call(Hidden data) {}
        }

        @CloudObject("a")
        public static class HiddenInside {
            public void call(List<Hidden> data) {}
        }

        static Stream<Arguments> classes() {
            return Stream.of(
                    Arguments.of(NoObject.class, "@CloudObject on the class itself"),
                    Arguments.of(EmptyPath.class, "the path is empty"),
                    Arguments.of(Rooted.class, "slash"),
                    Arguments.of(Climbing.class, "'..'"),
                    Arguments.of(Overloaded.class, "two methods call"),
                    Arguments.of(InheritedOverload.class, "two methods call"),
                    Arguments.of(TwoParameters.class, "call takes more than one parameter"),
                    Arguments.of(TwoEvents.class, "two methods onWebsocketMessage"),
                    Arguments.of(WideEvent.class, "onWebsocketMessage must take no or one parameter, not 2"),
                    Arguments.of(WrongEvent.class, "onWebsocketDisConnection must take a Disconnection, not a String"),
                    Arguments.of(WrongError.class, "onWebsocketError must take a Failure, not a Disconnection"),
                    Arguments.of(HiddenEvent.class, "onWebsocketConnection must be public"),
                    Arguments.of(MistypedEvent.class, "onWebsocketDisconnection is no event; those are onWebsocketConnection, "),
                    Arguments.of(MistypedSocket.class, "onWebSocketMessage is no event"),
                    Arguments.of(PrivateEvent.class, "_onWebsocketMessage is no event"),
                    Arguments.of(WideBefore.class, "_before must take no parameter"),
                    Arguments.of(WrongAfter.class, "_after must take a Completion, not a String"),
                    Arguments.of(TwoAfters.class, "two methods _after"),
                    Arguments.of(TwoRules.class, "leave one of them"),
                    Arguments.of(TwoRulesOfAll.class, "leave one of them"),
                    Arguments.of(HiddenData.class, "must be public"),
                    Arguments.of(HiddenInside.class, "must be public"));
        }

        @ParameterizedTest
        @MethodSource("classes")
        void shouldBeRefusedByName(Class<?> type, String rule) {
            String message = assertThrows(IllegalArgumentException.class, () -> ObjectModelReader.read(type))
                    .getMessage();
            assertTrue(message.startsWith("cloud object " + type.getName() + ": "), message);
            assertTrue(message.contains(rule), message);
        }

        @CloudObject("a")
        public static class One {}

        @CloudObject("a")
        public static class Other {}

        @Test
        void shouldBeTwoObjectsOnOnePath() {
            List<ObjectModel> both = List.of(ObjectModelReader.read(One.class), ObjectModelReader.read(Other.class));
            String message = assertThrows(IllegalArgumentException.class, () -> ObjectDirectory.of(both)).getMessage();
            assertTrue(message.contains(One.class.getName()) && message.contains(Other.class.getName()), message);
            assertEquals(1, ObjectDirectory.of(both.subList(0, 1)).all().size());
        }
    }

    @Nested
    class Invoking {

        @CloudObject("a")
        public static class Failing {
            public String call(String text) throws Exception {
                if (text == null) {
                    throw new java.io.IOException("checked");
                }
                return text + "!";
            }
        }

        @Test
        void shouldThrowWhatTheMethodThrew() throws Throwable {
            ObjectMethod call = ObjectModelReader.read(Failing.class).callable("call").orElseThrow();
            assertEquals("a!", call.invoke(new Failing(), "a"));
            assertThrows(java.io.IOException.class, () -> call.invoke(new Failing(), null));
        }
    }
}
