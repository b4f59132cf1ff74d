package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.filter.AccessCheck;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.ObjectPath;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import dev.cloudobjects.threads.WorkerPool;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {

    private static final Caller.Client CLIENT = new Caller.Client(null, null, null, null, null, null, "192.0.2.1");

    private final FakeUsers users = new FakeUsers();
    private final WorkerPool handlers = new WorkerPool(task -> new Thread(task, "handler"), 1, 1, (threads, waiting) -> {});
    private final List<JsonObject> answers = new CopyOnWriteArrayList<>();
    private final Functions functions = new Functions();

    {
        functions.resolver = new Resolver();
        functions.resolver.objects = ObjectDirectory.of(List.of(model()));
        functions.access = new AccessCheck(users);
        functions.handlers = handlers;
        functions.json = Bench.JSON;
    }

    private static ObjectModel model() {
        Map<String, ObjectMethod> methods = Stream.of("pub", "kh", "sys")
                .collect(Collectors.toMap(name -> name, name -> new ObjectMethod(
                        name, null, null, AccessRule.decide(new ObjectPath(name + "/a"), name, null, null))));
        return new ObjectModel("a", Object.class, methods, Map.of(), null, null);
    }

    private static Caller caller(Authentication authentication) {
        return new Caller(authentication, null, CLIENT);
    }

    private void call(Invoker invoker) {
        functions.invoker = invoker;
        Caller nobody = caller(Authentication.ANONYMOUS);
        functions.call(new Functions.Request("a.pub", Source.HTTP, nobody, Payload.NULL, null, null), answers::add);
    }

    @AfterEach
    void end() {
        handlers.close();
    }

    @Test
    void shouldAnswerOnceInTime() {
        call(new Invoker() {
            @Override
            public Answer invoke(Call call, Overrun overrun) {
                return new Answer.Returned(7);
            }
        });
        assertEquals(7, answers.get(0).getInt("data"));
        assertEquals(1, answers.size());
    }

    @Test
    void shouldAnswerAtTheTimeLimitThoughTheMethodGoesOn() {
        call(new Invoker() {
            @Override
            public Answer invoke(Call call, Overrun overrun) {
                overrun.late();
                Awaitility.await().until(() -> !answers.isEmpty());
                JsonObject late = answers.get(0);
                assertEquals(Code.TIMEOUT.value(), late.getInt("code"));
                assertEquals(call.requestId(), late.getString("requestId"));
                overrun.stuck();
                return new Answer.Returned(null);
            }
        });
        assertEquals(2, answers.size());
    }

    @Test
    void shouldKnowWhichMethodsThereAre() {
        assertEquals("a.pub", functions.method("a.pub"));
        for (String url : List.of("a.nothing", "b.pub", "", "a._pub")) {
            assertThrows(CloudObjectException.class, () -> functions.method(url), url);
        }
    }

    @ParameterizedTest
    @CsvSource({"pub, false", "kh, true", "sys, true"})
    void shouldKnowWhoLacksALoginWithoutAskingAnybody(String method, boolean needed) {
        for (Authentication none :
                List.of(Authentication.ANONYMOUS, new Authentication.Rejected(Code.TOKEN_EXPIRED))) {
            assertEquals(needed, functions.lacksLogin("a." + method, caller(none)));
        }
        assertFalse(functions.lacksLogin("a." + method, caller(FakeUsers.of("ann"))));
        assertEquals(0, users.questions);
        assertTrue(answers.isEmpty());
    }
}
