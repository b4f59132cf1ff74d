package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CallInfo;
import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Completion;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.api.Failure;
import dev.cloudobjects.api.Result;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects with hooks, and with names that are not for callers. */
final class HookObjects {

    private HookObjects() {}

    /** Its {@code _before} answers what the caller asks for. */
    @CloudObject("it/pub.before")
    public static class Before {

        @Inject
        CallInfo call;

        private boolean ran;

        @Nullable Object _before() {
            ran = true;
            return switch (((JsonObject) call.params()).getString("before")) {
                case "text" -> "not now";
                case "false" -> false;
                case "true" -> Map.of("answer", "before");
                case "fails" -> Map.of("code", 77, "msg", "said before");
                case "throws" -> throw new CloudObjectException(78, "thrown before");
                default -> null;
            };
        }

        public Result main() {
            return Result.ok("ran", ran);
        }

        Result _after(Completion how) {
            return Result.ok("after", String.valueOf(how.res()));
        }
    }

    /** Its {@code _after} replaces some answers, and sees what failed. */
    @CloudObject("it/pub.after")
    public static class After {

        private @Nullable String kept;

        public Result keep() {
            kept = "kept";
            return Result.ok("answer", "own");
        }

        public Result replace() {
            return Result.ok("answer", "own");
        }

        public void fail() {
            throw new CloudObjectException(79, "a failure");
        }

        public void crash() {
            throw new IllegalStateException("secret");
        }

        @Nullable Object _after(Completion how) {
            Throwable err = how.err();
            if (err instanceof CloudObjectException failure) {
                return Result.ok("seen", failure.code());
            }
            return err != null || kept != null ? null : Map.of("answer", "replaced");
        }
    }

    /** Notes each event and the hooks around it in the journal of the device; the data says what the hooks answer. */
    @CloudObject("it/pub.hooked")
    public static class Hooked {

        @Inject
        CallInfo call;

        @Inject
        ClientInfo client;

        @Nullable Object _before() {
            note("before " + call.methodName());
            return switch (wish("before")) {
                case "text" -> "not now";
                case "throws" -> throw new CloudObjectException(78, "thrown before");
                default -> null;
            };
        }

        public void onWebsocketConnection(@Nullable JsonObject data) {
            note("connection");
        }

        public void onWebsocketMessage(JsonObject data) {
            note("message");
            if (wish("message").equals("throws")) {
                throw new CloudObjectException(79, "a failure");
            }
        }

        public void onWebsocketDisConnection() {
            note("disconnection");
        }

        public void onWebsocketError(Failure failure) {
            note("error " + failure.errMsg());
        }

        @Nullable Object _after(Completion how) {
            note("after " + call.methodName() + (how.err() == null ? "" : " that failed"));
            return switch (wish("after")) {
                case "refuses" -> Result.of(84, "after all");
                case "mends" -> Result.ok();
                default -> null;
            };
        }

        private String wish(String name) {
            return call.params() instanceof JsonObject data ? data.getString(name, "") : "";
        }

        private void note(String entry) {
            Journal.note(String.valueOf(client.deviceId()), entry);
        }
    }

    /** Names that callers must not reach. */
    @CloudObject("it/pub.names")
    public static class Names {

        public String _private() {
            return "private";
        }

        String packagePrivate() {
            return "package";
        }

        protected String inherited() {
            return "protected";
        }

        public static String shared() {
            return "static";
        }

        public void onWebsocketConnection() {}

        public String main() {
            return "main";
        }
    }

    /** It exists only where a key says so, and none does. */
    @EnabledBy("it.absent")
    @CloudObject("it/pub.absent")
    public static class Absent {

        public void onWebsocketConnection() {}

        public void main() {}
    }

    /** A key of the test server's says so. */
    @EnabledBy("cloudobjects.demo")
    @CloudObject("it/pub.present")
    public static class Present {

        public void main() {}
    }
}
