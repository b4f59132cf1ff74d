package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.filter.Chains;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.objects.ObjectInstance;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvokerTest {

    private final List<String> life = new ArrayList<>();
    private final Bench bench = new Bench();
    private final CurrentCall current = new CurrentCall();
    private final Invoker invoker = new Invoker();

    {
        invoker.current = current;
        invoker.meters = bench.meters;
        invoker.running = new RunningCalls(new Settings(name -> Optional.empty()), bench.clock, bench.meters);
        invoker.chain = Chains.of(new FakeUsers(), call -> {
            life.add("constructed");
            return new ObjectInstance(new Room(), () -> life.add("destroyed"));
        });
    }

    public final class Room {

        public int twice(int number) {
            life.add("in " + current.required().url());
            return 2 * number;
        }

        public void crash() throws IOException {
            throw new IOException("secret");
        }

        public void refuse() {
            throw new CloudObjectException(7, "not you");
        }
    }

    private Answer call(Access access, String name, String data, Class<?>... parameters) throws NoSuchMethodException {
        ObjectMethod method = new ObjectMethod(
                name,
                Room.class.getMethod(name, parameters),
                parameters.length == 0 ? null : parameters[0],
                new AccessRule(access, 0, "a test"));
        Call call = Call.of(new ObjectModel("chat/room", Room.class, Map.of(), Map.of(), null, null), method, "r1")
                .from(Source.CLIENT, new Caller(Authentication.ANONYMOUS, null, Caller.Client.UNKNOWN))
                .params(new Payload.Json(data))
                .build();
        Answer answer = invoker.invoke(call, () -> {});
        assertEquals(Optional.empty(), current.frame());
        assertEquals(0, invoker.running.size());
        return answer;
    }

    private Answer.Failed failed(String name, String data, Class<?>... parameters) throws NoSuchMethodException {
        return assertInstanceOf(Answer.Failed.class, call(Access.PUB, name, data, parameters));
    }

    @Test
    void shouldCallTheMethodWithTheDataInTheCall() throws Exception {
        Answer.Returned answer =
                assertInstanceOf(Answer.Returned.class, call(Access.PUB, "twice", "21", int.class));
        assertEquals(42, answer.value());
        assertEquals(List.of("constructed", "in chat/room.twice", "destroyed"), life);
    }

    @Test
    void shouldConstructNothingForARefusedCall() throws Exception {
        Answer.Refused answer =
                assertInstanceOf(Answer.Refused.class, call(Access.KH, "twice", "21", int.class));
        assertEquals(Code.TOKEN_INVALID.value(), answer.refusal().code());
        assertTrue(life.isEmpty(), life::toString);
    }

    @Test
    void shouldTellOfDataThatDoesNotFit() throws Exception {
        assertEquals(Code.BAD_REQUEST.value(), failed("twice", "\"text\"", int.class).code());
    }

    @Test
    void shouldTellWhatTheObjectSaysAndConcealWhatItThrows() throws Exception {
        Answer.Failed said = failed("refuse", "null");
        assertEquals(7, said.code());
        assertEquals("not you", said.msg());
        Answer.Failed crashed = failed("crash", "null");
        assertEquals(Code.INTERNAL.value(), crashed.code());
        assertEquals(Code.INTERNAL.message(), crashed.msg());
        assertSame(IOException.class, crashed.cause().getClass());
    }
}
