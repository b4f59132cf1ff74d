package dev.cloudobjects.routing;

import dev.cloudobjects.AverageTime;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Whether one of a user's permissions opens a url: the last one does, so all are tried. */
public class PermissionBenchmark extends AverageTime {

    @Param({"10", "1000"})
    public int permissions;

    private final PermissionMatcher matcher = new PermissionMatcher((pattern, problem) -> {
        throw new AssertionError(pattern + ": " + problem);
    });
    private final List<String> exact = new ArrayList<>();
    private final List<String> wildcards = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();
    private String url;

    @Setup
    public void grant() {
        for (int i = 0; i < permissions; i++) {
            exact.add("template/module-" + i + "/web-socket.close");
            wildcards.add("template/module-" + i + "/*.close");
            expressions.add("template/module-" + i + "/[a-z-]+\\.(close|send)");
        }
        url = exact.get(permissions - 1);
    }

    @Benchmark
    public boolean exact() {
        return granted(exact.stream().anyMatch(pattern -> matcher.exact(url, pattern)));
    }

    @Benchmark
    public boolean wildcard() {
        return granted(wildcards.stream().anyMatch(pattern -> matcher.wildcard(url, pattern)));
    }

    @Benchmark
    public boolean regex() {
        return granted(expressions.stream().anyMatch(pattern -> matcher.regex(url, pattern)));
    }

    private static boolean granted(boolean is) {
        if (!is) {
            throw new AssertionError("no permission matched");
        }
        return is;
    }
}
