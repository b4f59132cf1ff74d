package dev.cloudobjects.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FilterInterceptorTest {

    public static class Room {
        public String call() {
            return "called";
        }

        @Sys
        public String open() {
            return "open";
        }

        @Sys
        public String clear() {
            return "cleared";
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

    private final FakeUsers users = new FakeUsers().grant("admin", Set.of("admin"));
    private final FilterInterceptor interceptor = new FilterInterceptor();

    {
        interceptor.current = new CurrentCall();
        interceptor.access = new AccessCheck(users);
        interceptor.json = Bench.JSON;
    }

    private Call inCall(Authentication caller) {
        Call call = Calls.of(Room.class, Access.PUB, "call", caller).build();
        interceptor.current.enter(new CurrentCall.InCall(call));
        return call;
    }

    private static Method method(Class<?> type, String name) {
        try {
            return type.getMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(e);
        }
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
        void shouldLetTheAnnouncedInvocationPassOnce() throws Exception {
            Vault vault = new Vault();
            Call call = inCall(Authentication.ANONYMOUS);
            call.announce(method(Vault.class, "open"));
            assertEquals("opened", reach(vault, "open"));
            assertEquals(Code.TOKEN_INVALID.value(), refused(vault, "open"));
        }

        @Test
        void shouldLetNoOtherInvocationPassInItsPlace() throws Exception {
            Call call = inCall(Authentication.ANONYMOUS);
            call.announce(method(Room.class, "open"));
            assertEquals(Code.TOKEN_INVALID.value(), refused(new Vault(), "open"));
            assertEquals(Code.TOKEN_INVALID.value(), refused(new Room(), "clear"));
            assertEquals("open", reach(new Room(), "open"));
            assertEquals(Code.TOKEN_INVALID.value(), refused(new Room(), "open"));
        }

        @Test
        void shouldLetNothingPassThatAnOuterCallAnnounced() {
            inCall(Authentication.ANONYMOUS).announce(method(Vault.class, "open"));
            inCall(Authentication.ANONYMOUS);
            assertEquals(Code.TOKEN_INVALID.value(), refused(new Vault(), "open"));
        }

        @Test
        void shouldGuardBeansByWhatTheyDeclare() throws Exception {
            inCall(FakeUsers.of("ann"));
            assertEquals("called", reach(new Room(), "call"));
            assertEquals("looked", reach(new Shelf(), "look"));
            assertEquals(Code.DENIED.value(), refused(new Vault(), "open"));
        }

        @Test
        void shouldLetBeansBeCalledByWhoMay() throws Exception {
            inCall(FakeUsers.of("admin"));
            assertEquals("opened", reach(new Vault(), "open"));
        }

        @Test
        void shouldLetAHookCallItsOwnInstanceOnly() throws Exception {
            Vault own = new Vault();
            Call call = inCall(Authentication.ANONYMOUS);
            call.beginHook(own);
            assertEquals("opened", reach(own, "open"));
            assertEquals(Code.TOKEN_INVALID.value(), refused(new Vault(), "open"));
            call.endHook();
            assertEquals(Code.TOKEN_INVALID.value(), refused(own, "open"));
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
