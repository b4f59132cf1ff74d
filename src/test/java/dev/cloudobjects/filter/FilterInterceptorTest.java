package dev.cloudobjects.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.api.Sys;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.security.Authentication;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FilterInterceptorTest {

    public static class Room {
        public String call() {
            return "called";
        }
    }

    @Sys
    public static class Vault {
        public String open() {
            return "opened";
        }
    }

    public static class Shelf {
        public String look() {
            return "looked";
        }
    }

    private final List<String> chained = new ArrayList<>();
    private final FakeUsers users = new FakeUsers().grant("admin", Set.of("admin"));
    private final AccessCheck access = new AccessCheck(users);
    private final FilterInterceptor interceptor = new FilterInterceptor();

    {
        interceptor.current = new CurrentCall();
        interceptor.access = access;
        interceptor.json = Bench.JSON;
        interceptor.chain = new FilterChainHolder() {
            @Override
            Object run(Call call, FilterChain.Body body) throws Throwable {
                chained.add(call.url());
                return new FilterChain(List.of(), FilterInterceptorTest.this.access, Bench.JSON).run(call, seen -> null, body);
            }
        };
    }

    private void inCall(Access rule, Authentication caller) {
        interceptor.current.enter(
                new CurrentCall.InCall(Calls.of(Room.class, rule, "call", caller).build()));
    }

    private Object reach(Object target, String method) throws Exception {
        return interceptor.filter(new Invocation(target, target.getClass().getMethod(method)));
    }

    private int refused(Object target, String method) {
        return assertThrows(CloudObjectException.class, () -> reach(target, method)).code();
    }

    @Nested
    class WithoutACall {

        @Test
        void shouldReachNothing() {
            assertEquals(Code.DENIED.value(), refused(new Room(), "call"));
            assertEquals(Code.DENIED.value(), refused(new Vault(), "open"));
        }

        @Test
        void shouldReachEverythingAsTheServer() throws Exception {
            interceptor.current.enter(new CurrentCall.AsServer(Source.TIMING));
            assertEquals("called", reach(new Room(), "call"));
            assertEquals("opened", reach(new Vault(), "open"));
            interceptor.current.leave();
            assertEquals(Code.DENIED.value(), refused(new Vault(), "open"));
        }
    }

    @Nested
    class InACall {

        @Test
        void shouldPassTheChainOnce() throws Exception {
            inCall(Access.PUB, Authentication.ANONYMOUS);
            assertEquals("called", reach(new Room(), "call"));
            assertEquals("called", reach(new Room(), "call"));
            assertEquals(List.of("chat/room.call"), chained);
        }

        @Test
        void shouldBeRefusedByTheChain() {
            inCall(Access.KH, Authentication.ANONYMOUS);
            assertEquals(Code.TOKEN_INVALID.value(), refused(new Room(), "call"));
        }

        @Test
        void shouldGuardOtherBeansByWhatTheyDeclare() throws Exception {
            inCall(Access.PUB, FakeUsers.of("ann"));
            reach(new Room(), "call");
            assertEquals("looked", reach(new Shelf(), "look"));
            assertEquals(Code.DENIED.value(), refused(new Vault(), "open"));
        }

        @Test
        void shouldOpenOtherBeansToWhoMay() throws Exception {
            inCall(Access.PUB, FakeUsers.of("admin"));
            reach(new Room(), "call");
            assertEquals("opened", reach(new Vault(), "open"));
        }

        @Test
        void shouldNotTakeABeanThatTheObjectUsesWhileItIsMadeForTheObject() throws Exception {
            inCall(Access.KH, Authentication.ANONYMOUS);
            assertEquals("looked", reach(new Shelf(), "look"));
            assertEquals(Code.TOKEN_INVALID.value(), refused(new Vault(), "open"));
            assertTrue(chained.isEmpty());
            assertEquals(Code.TOKEN_INVALID.value(), refused(new Room(), "call"));
        }
    }

    /** A call of a method on its way through interceptors. */
    private record Invocation(Object target, Method method) implements InvocationContext {

        @Override
        public Object getTarget() {
            return target;
        }

        @Override
        public Object getTimer() {
            return null;
        }

        @Override
        public Method getMethod() {
            return method;
        }

        @Override
        public Constructor<?> getConstructor() {
            return null;
        }

        @Override
        public Object[] getParameters() {
            return new Object[0];
        }

        @Override
        public void setParameters(Object[] parameters) {}

        @Override
        public Map<String, Object> getContextData() {
            return Map.of();
        }

        @Override
        public Object proceed() throws Exception {
            return method.invoke(target);
        }
    }
}
