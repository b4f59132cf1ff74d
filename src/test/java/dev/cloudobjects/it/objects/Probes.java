package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CloudFilter;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Kh;
import dev.cloudobjects.api.Pub;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Sys;
import dev.cloudobjects.it.objects.Probe.Door;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object for each way to say who may call, each with its door. The name of an access stands where it decides, and
 * nowhere else.
 */
final class Probes {

    private Probes() {}

    // By a directory of the path

    @CloudObject("it/pub/probe")
    public static class PubByDirectory extends Probe {}

    @CloudObject("it/pub/door")
    public static class PubDoorByDirectory extends Door {}

    @CloudObject("it/kh/probe")
    public static class KhByDirectory extends Probe {}

    @CloudObject("it/kh/door")
    public static class KhDoorByDirectory extends Door {}

    @CloudObject("it/sys/probe")
    public static class SysByDirectory extends Probe {}

    @CloudObject("it/sys/door")
    public static class SysDoorByDirectory extends Door {}

    // By the name of the object

    @CloudObject("it/pub.probe")
    public static class PubByName extends Probe {}

    @CloudObject("it/pub.door")
    public static class PubDoorByName extends Door {}

    @CloudObject("it/kh.probe")
    public static class KhByName extends Probe {}

    @CloudObject("it/kh.door")
    public static class KhDoorByName extends Door {}

    @CloudObject("it/sys.probe")
    public static class SysByName extends Probe {}

    @CloudObject("it/sys.door")
    public static class SysDoorByName extends Door {}

    // By an annotation on the class, against what the path says

    @Pub
    @CloudObject("it/sys/annotated-pub/probe")
    public static class PubByAnnotation extends Probe {}

    @Pub
    @CloudObject("it/sys/annotated-pub/door")
    public static class PubDoorByAnnotation extends Door {}

    @Kh
    @CloudObject("it/pub/annotated-kh/probe")
    public static class KhByAnnotation extends Probe {}

    @Kh
    @CloudObject("it/pub/annotated-kh/door")
    public static class KhDoorByAnnotation extends Door {}

    @Sys
    @CloudObject("it/pub/annotated-sys/probe")
    public static class SysByAnnotation extends Probe {}

    @Sys
    @CloudObject("it/pub/annotated-sys/door")
    public static class SysDoorByAnnotation extends Door {}

    // By the method, against what the class says

    @Sys
    @CloudObject("it/methods")
    public static class ByMethod {

        @Pub
        public Result open() {
            return Result.ok();
        }

        @Kh
        public Result login() {
            return Result.ok();
        }

        public Result guarded() {
            return Result.ok();
        }
    }

    @CloudObject("it/method-names")
    public static class ByMethodName {

        public Result pub_open() {
            return Result.ok();
        }

        public Result kh_login() {
            return Result.ok();
        }

        public Result sys_guarded() {
            return Result.ok();
        }

        public Result other() {
            return Result.ok();
        }
    }

    // By filters of the application's own

    @CloudObject("it/pub.filtered/pub.probe")
    public static class Filtered extends Probe {}

    @CloudObject("it/pub.filtered/pub.door")
    public static class FilteredDoor extends Door {}

    @CloudObject("it/kh.filtered/kh.probe")
    public static class FilteredBehindLogin extends Probe {}

    @CloudObject("it/kh.filtered/kh.door")
    public static class FilteredDoorBehindLogin extends Door {}

    @CloudObject("it/kh.early/kh.probe")
    public static class FilteredBeforeLogin extends Probe {}

    @CloudObject("it/kh.early/kh.door")
    public static class FilteredDoorBeforeLogin extends Door {}

    /** Refuses devices named {@code banned}, behind the built-in filters. */
    @ApplicationScoped
    public static class BannedDevices implements CloudFilter {

        @Override
        public String id() {
            return "it-banned-devices";
        }

        @Override
        public List<String> patterns() {
            return List.of(
                    "^it/(pub|kh)\\.filtered/\\1\\.probe\\.",
                    "^it/(pub|kh)\\.filtered/\\1\\.door\\.(hit|onWebsocketMessage)$");
        }

        @Override
        public int order() {
            return ORDER_SYS + 1;
        }

        @Override
        public @Nullable Object before(FilterCall call) {
            return "banned".equals(call.client().deviceId())
                    ? Map.of("code", 4711, "msg", "this device is banned")
                    : Map.of("seen", String.valueOf(call.client().uid()));
        }
    }

    /** Refuses devices named {@code banned}, before the login is looked at. */
    @ApplicationScoped
    public static class BannedBeforeLogin implements CloudFilter {

        @Override
        public String id() {
            return "it-banned-early";
        }

        @Override
        public List<String> patterns() {
            return List.of("^it/kh\\.early/kh\\.(probe|door)\\.(hit|onWebsocketMessage)$");
        }

        @Override
        public int order() {
            return ORDER_PUB - 1;
        }

        @Override
        public @Nullable Object before(FilterCall call) {
            if ("banned".equals(call.client().deviceId())) {
                throw new CloudObjectException(4712, "this device is banned early");
            }
            return null;
        }
    }
}
