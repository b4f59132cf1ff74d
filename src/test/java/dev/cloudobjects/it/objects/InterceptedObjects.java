package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Completion;
import dev.cloudobjects.api.Pub;
import dev.cloudobjects.api.Sys;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Objects with interceptors of the application, and objects that call themselves and others. */
final class InterceptedObjects {

    private InterceptedObjects() {}

    /** Only an administrator may call what is not public, and the object itself may. */
    @Sys
    @Noted
    @CloudObject("it/intercepted")
    public static class Intercepted {

        @Inject
        ClientInfo client;

        @PostConstruct
        void prepare() {
            note(guarded());
        }

        @Nullable Object _before() {
            note("before");
            return guarded().equals("guarded") ? null : false;
        }

        @Pub
        public int next(int number) {
            note("method");
            return number + 1;
        }

        String guarded() {
            return "guarded";
        }

        @Nullable Object _after(Completion how) {
            note("after " + how.res());
            return Integer.valueOf(1).equals(how.res()) ? "one" : null;
        }

        private void note(String entry) {
            Journal.note(String.valueOf(client.deviceId()), entry);
        }
    }

    /** Calls its own methods, on itself and through its proxy, and those of another object. */
    @CloudObject("it/pub.calling")
    public static class Calling {

        @Inject
        @CloudObject("it/pub.calling")
        Calling proxy;

        @Inject
        @CloudObject("it/intercepted")
        Intercepted other;

        @Sys
        public String secret() {
            return "secret";
        }

        public String own() {
            return secret();
        }

        public String proxied() {
            return proxy.secret();
        }

        public String again(boolean once) {
            return once ? proxy.again(false) : "again";
        }

        public String other() {
            return other.guarded();
        }

        public int open() {
            return other.next(1);
        }
    }

    /** Calls a guarded method of another object while it is made. */
    @CloudObject("it/pub.calling-early")
    public static class CallingEarly {

        @Inject
        @CloudObject("it/intercepted")
        Intercepted other;

        private String seen = "";

        @PostConstruct
        void prepare() {
            seen = other.guarded();
        }

        public String main() {
            return seen;
        }
    }
}
