package dev.cloudobjects.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudFilter;
import dev.cloudobjects.api.CloudFilter.FilterCall;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Completion;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.log.AuditLines;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FilterChainTest {

    private final List<String> log = new ArrayList<>();
    private Call call = Calls.of(Access.PUB, "call", Authentication.ANONYMOUS).build();
    private final Body body = new Body();
    private RuntimeException constructionFails;

    /** An object whose parts do what a test says. */
    private final class Body implements ObjectPart {
        private Object before;
        private Object result = "result";
        private Throwable thrown;
        private Throwable beforeThrows;
        private Throwable afterThrows;
        private Object after;
        private Completion seen;

        @Override
        public Object before() throws Throwable {
            log.add("_before");
            if (beforeThrows != null) {
                throw beforeThrows;
            }
            return before;
        }

        @Override
        public Object invoke() throws Throwable {
            log.add("method");
            if (thrown != null) {
                throw thrown;
            }
            return result;
        }

        @Override
        public Object after(Completion completion) throws Throwable {
            log.add("_after");
            seen = completion;
            if (afterThrows != null) {
                throw afterThrows;
            }
            return after;
        }

        @Override
        public void close() {
            log.add("closed");
        }
    }

    /** A filter that writes down its turns. */
    private class Noted implements CloudFilter {
        private final String id;
        private final int order;
        private final Object said;

        Noted(String id, int order, Object said) {
            this.id = id;
            this.order = order;
            this.said = said;
        }

        Noted(String id, int order) {
            this(id, order, null);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Object before(FilterCall seen) {
            log.add(id);
            return said;
        }

        @Override
        public Object after(FilterCall seen, Object answer) {
            log.add(id + " after " + answer);
            return null;
        }

        @Override
        public void intercepted(FilterCall seen, int code, String msg) {
            log.add(id + " intercepted " + code);
        }

        @Override
        public Object error(FilterCall seen, Throwable err) {
            log.add(id + " error " + err.getMessage());
            return null;
        }
    }

    private Outcome outcome(CloudFilter... filters) {
        AccessCheck access = new AccessCheck(new FakeUsers()) {
            @Override
            java.util.Optional<Refusal> check(Call checked) {
                log.add("built-in");
                return super.check(checked);
            }
        };
        FilterChain chain = new FilterChain(
                Stream.of(filters).map(CustomFilter::new).toList(),
                access,
                Bench.JSON,
                seen -> new FilterCall(seen.url(), null, JsonValue.NULL, "r1"),
                admitted -> {
                    log.add("constructed");
                    if (constructionFails != null) {
                        throw constructionFails;
                    }
                    return body;
                });
        return chain.run(call);
    }

    private Object run(CloudFilter... filters) {
        return assertInstanceOf(Outcome.Returned.class, outcome(filters)).value();
    }

    private Refusal refused(CloudFilter... filters) {
        return assertInstanceOf(Outcome.Refused.class, outcome(filters)).refusal();
    }

    private Throwable failed(CloudFilter... filters) {
        return assertInstanceOf(Outcome.Failed.class, outcome(filters)).cause();
    }

    /** The log without the life of the object. */
    private List<String> steps() {
        return log.stream()
                .filter(entry -> !entry.equals("constructed") && !entry.equals("closed"))
                .toList();
    }

    private static JsonObject failure(String msg) {
        return Json.createObjectBuilder().add("code", -1).add("msg", msg).build();
    }

    /** What nobody understands may have been meant to refuse. */
    @ParameterizedTest
    @MethodSource("notUnderstood")
    void shouldNotLetACallPassByAnAnswerThatIsNotUnderstood(Object said) {
        Throwable failure = failed(new Noted("odd", 10, said), new Noted("next", 20));
        assertInstanceOf(IllegalStateException.class, failure);
        assertTrue(failure.getMessage().startsWith("filter odd "), failure.getMessage());
        assertEquals(List.of("odd"), log);
    }

    static Stream<Object> notUnderstood() {
        return Stream.of(
                false,
                true,
                "no",
                403,
                List.of(Map.of("code", 403)),
                JsonValue.NULL,
                Map.of("code", "403"),
                Map.of("code", true),
                Map.of("code", 0.5),
                Map.of("code", 4_294_967_296L),
                Json.createObjectBuilder().addNull("code").build());
    }

    @Test
    void shouldUnderstandCodesInAnyNotation() {
        assertEquals("result", run(new Noted("zero", 10, Map.of("code", 0.0)), new Noted("none", 20, Map.of("a", 1))));
        assertEquals(403, refused(new Noted("odd", 10, Map.of("code", 403.0))).code());
    }

    /** Whoever tries what needs rights that he has not is written down, with whom he meant. */
    @Nested
    class Auditing {

        private List<String> refused(Access access, Authentication who, String params) {
            call = Calls.of(access, "call", who).params(new Payload.Json(params)).build();
            try (AuditLines audit = new AuditLines()) {
                FilterChainTest.this.refused();
                return audit.lines();
            }
        }

        @Test
        void shouldTellOfWhatOnlyAdministratorsMay() {
            List<String> lines = refused(
                    Access.SYS, FakeUsers.of("ann"), "{\"user_id\":\"bob\",\"cid\":[\"c1\",\"c\\n2\",7],\"password\":\"secret\"}");
            assertEquals(1, lines.size(), lines::toString);
            String line = lines.get(0);
            assertTrue(line.startsWith("COBJ6004I: permission denied: user=\"ann\" "), line);
            assertTrue(line.contains(" target=\"cid=c1 cid=c\\u000a2 user_id=bob\" outcome=\"it needs the role admin"), line);
        }

        @Test
        void shouldNotTellOfAMissingLogin() {
            assertEquals(List.of(), refused(Access.SYS, Authentication.ANONYMOUS, "{}"));
            assertEquals(List.of(), refused(Access.KH, Authentication.ANONYMOUS, "{}"));
        }
    }

    @Nested
    class Order {

        @ParameterizedTest
        @CsvSource({"PUB, 100", "KH, 200", "SYS, 300"})
        void shouldPutFiltersAroundTheBuiltInOne(Access access, int place) {
            call = Calls.of(access, "call", FakeUsers.of("ann")).build();
            CloudFilter[] filters = {
                new Noted("later", place + 1), new Noted("at", place), new Noted("earlier", place - 1)
            };
            if (access == Access.SYS) {
                refused(filters);
                assertEquals(List.of("earlier", "built-in"), log.subList(0, 2));
                return;
            }
            run(filters);
            assertEquals(List.of("earlier", "built-in", "at", "later", "_before", "method", "_after"), steps().subList(0, 7));
        }

        @Test
        void shouldSortEqualPlacesByName() {
            run(new Noted("b", 150), new Noted("a", 150));
            assertEquals(List.of("built-in", "a", "b"), log.subList(0, 3));
        }

        @ParameterizedTest
        @EnumSource(Access.class)
        void shouldRunNothingOfTheObjectBeforeAuthentication(Access access) {
            call = Calls.of(access, "call", Authentication.ANONYMOUS).build();
            if (access != Access.PUB) {
                assertEquals(Code.TOKEN_INVALID.value(), refused().code());
                assertEquals(List.of("built-in"), log);
            }
        }

        @Test
        void shouldDecideOnceWithoutAnyFilter() {
            assertEquals("result", run());
            assertEquals(List.of("built-in", "_before", "method", "_after"), steps());
        }

        @Test
        void shouldAskOnlyFiltersWhosePatternIsFound() {
            run(new Noted("no", 1) {
                @Override
                public List<String> patterns() {
                    return List.of("^other/", "room$");
                }
            }, new Noted("yes", 2) {
                @Override
                public List<String> patterns() {
                    return List.of("^other/", "room\\.c");
                }
            });
            assertEquals("yes", log.get(0));
        }

        @Test
        void shouldRefuseAPatternThatIsNone() {
            String message = assertThrows(IllegalArgumentException.class, () -> new CustomFilter(new Noted("f", 1) {
                @Override
                public List<String> patterns() {
                    return List.of("(");
                }
            })).getMessage();
            assertTrue(message.startsWith("filter f: '('"), message);
        }
    }

    @Nested
    class Executing {

        @Test
        void shouldMergeWhatFiltersReturn() {
            run(
                    new Noted("a", 1, Map.of("one", 1, "same", "a")),
                    new Noted("b", 2, Map.of("code", 0, "same", "b")),
                    new Noted("c", 3));
            assertEquals(
                    Json.createObjectBuilder().add("one", 1).add("same", "b").add("code", 0).build(),
                    call.filterResponse());
        }

        @Test
        void shouldStopAtTheFirstRefusalAndTellAllFilters() {
            Refusal refusal = refused(
                    new Noted("a", 1),
                    new Noted("b", 2, Map.of("code", 7, "msg", "no", "more", true)),
                    new Noted("c", 3));
            assertEquals(7, refusal.code());
            assertEquals("no", refusal.msg());
            assertTrue(refusal.response().getBoolean("more"));
            assertEquals(
                    List.of("a", "b", "a intercepted 7", "b intercepted 7", "c intercepted 7"), log);
        }

        @Test
        void shouldRefuseByAnExceptionToo() {
            Refusal refusal = refused(new Noted("a", 1) {
                @Override
                public Object before(FilterCall seen) {
                    throw new CloudObjectException(8, "closed on Sundays");
                }
            });
            assertEquals(8, refusal.code());
            assertEquals("closed on Sundays", refusal.msg());
        }

        @Test
        void shouldReachNothingWhenAFilterFails() {
            IllegalStateException bug = new IllegalStateException("a bug");
            assertSame(bug, failed(new Noted("a", 1) {
                @Override
                public Object before(FilterCall seen) {
                    throw bug;
                }
            }));
            assertEquals(List.of(), log);
        }

        @Test
        void shouldTellFiltersOfTheBuiltInRefusal() {
            call = Calls.of(Access.KH, "call", Authentication.ANONYMOUS).build();
            refused(new Noted("a", 1), new Noted("b", 400));
            assertEquals(List.of("a", "built-in", "a intercepted 30204", "b intercepted 30204"), log);
        }
    }

    @Nested
    class Executed {

        @Test
        void shouldShowEachFilterTheAnswerSoFar() {
            CloudFilter replaces = new Noted("a", 1) {
                @Override
                public Object after(FilterCall seen, Object answer) {
                    return answer + "!";
                }
            };
            assertEquals("result!", run(replaces, new Noted("b", 2)));
            assertEquals("b after result!", log.get(log.size() - 1));
        }

        @Test
        void shouldKeepTheAnswerOtherwise() {
            assertEquals("result", run(new Noted("a", 1)));
            assertTrue(log.contains("a after result"));
        }
    }

    @Nested
    class Failing {

        private final IOException failure = new IOException("broken");

        @Test
        void shouldLetTheErrorStandWhenNobodyAnswers() {
            body.thrown = failure;
            assertSame(failure, failed(new Noted("a", 1), new Noted("b", 2)));
            assertEquals(List.of("a error broken", "b error broken"), log.subList(log.size() - 2, log.size()));
        }

        @Test
        void shouldAnswerByTheFirstFilterThatDoes() {
            body.thrown = failure;
            CloudFilter answers = new Noted("a", 1) {
                @Override
                public Object error(FilterCall seen, Throwable err) {
                    return "mended";
                }
            };
            assertEquals("mended", run(answers, new Noted("b", 2)));
            assertTrue(!log.contains("b error broken") && log.contains("b after mended"), log::toString);
        }

        @Test
        void shouldTellFiltersOfAHookThatThrows() {
            body.beforeThrows = failure;
            assertSame(failure, failed(new Noted("a", 1)));
            assertEquals("a error broken", log.get(log.size() - 1));
            assertTrue(!log.contains("method") && !log.contains("_after"), log::toString);
        }

        @Test
        void shouldTellFiltersOfAnAfterHookThatThrows() {
            body.afterThrows = failure;
            assertSame(failure, failed(new Noted("a", 1)));
            assertEquals("a error broken", log.get(log.size() - 1));
        }
    }

    /** The object is made for calls that the filters have admitted, and for no other. */
    @Nested
    class Construction {

        @Test
        void shouldFollowAllFilters() {
            run(new Noted("early", 1), new Noted("late", 400));
            assertEquals(
                    List.of("early", "built-in", "late", "constructed", "_before", "method", "_after", "closed"),
                    log.subList(0, 8));
        }

        @Test
        void shouldNotFollowARefusal() {
            refused(new Noted("early", 1), new Noted("late", 400, Map.of("code", 7)));
            call = Calls.of(Access.KH, "call", Authentication.ANONYMOUS).build();
            refused();
            assertTrue(!log.contains("constructed"), log::toString);
        }

        @Test
        void shouldBeAFailureThatFiltersSee() {
            constructionFails = new IllegalStateException("unmade");
            assertSame(constructionFails, failed(new Noted("a", 1)));
            assertEquals(List.of("a", "built-in", "constructed", "a error unmade"), log);
        }

        @Test
        void shouldEndWithTheCallHoweverThatEnds() {
            body.before = "not today";
            run();
            body.before = null;
            body.thrown = new IOException("broken");
            failed();
            body.beforeThrows = new IOException("broken");
            failed();
            assertEquals(3, log.stream().filter("closed"::equals).count());
        }

        @Test
        void shouldPassOnTheRefusalOfAGuardedBeanThatTheObjectCalls() {
            Refusal refusal = Refusal.of(Code.DENIED, "sys", "a test");
            body.thrown = RefusedException.of(refusal, call, Bench.JSON);
            assertSame(refusal, refused(new Noted("a", 1)));
            assertTrue(log.contains("a error " + Code.DENIED.message()), log::toString);
        }
    }

    @Nested
    class BeforeHook {

        @Test
        void shouldAnswerWithATextAsMessage() {
            body.before = "not today";
            assertEquals(failure("not today"), run());
            assertEquals(List.of("built-in", "_before"), steps());
        }

        @Test
        void shouldAnswerWithFalseAsFailureWithoutMessage() {
            body.before = false;
            assertEquals(failure(""), run());
            body.before = JsonValue.FALSE;
            assertEquals(failure(""), run());
        }

        @Test
        void shouldAnswerWithAnyOtherObject() {
            body.before = Map.of("cached", 1);
            assertEquals(Map.of("cached", 1), run());
            body.before = true;
            assertEquals(true, run());
            assertTrue(!log.contains("method") && !log.contains("_after"), log::toString);
        }

        @Test
        void shouldGoOnWithNull() {
            assertEquals("result", run());
        }
    }

    @Nested
    class AfterHook {

        @Test
        void shouldSeeTheResultAndKeepIt() {
            assertEquals("result", run());
            assertEquals(Completion.returned("result"), body.seen);
        }

        @Test
        void shouldReplaceTheResult() {
            body.after = "other";
            assertEquals("other", run());
        }

        @Test
        void shouldSeeTheErrorAndLetItStand() {
            body.thrown = new IOException("broken");
            assertSame(body.thrown, failed());
            assertEquals(Completion.failed(body.thrown), body.seen);
        }

        @Test
        void shouldAnswerForTheError() {
            body.thrown = new IOException("broken");
            body.after = "mended";
            assertEquals("mended", run(new Noted("a", 1)));
            assertTrue(!log.contains("a error broken") && log.contains("a after mended"), log::toString);
        }

        @Test
        void shouldKeepAMethodThatReturnsNothing() {
            body.result = null;
            assertNull(run());
        }
    }
}
