package dev.cloudobjects.routing;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a url names, and who may call it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RoutingBenchmark {

    @Param({"chat/room.main", "template/kh/web-socket/pub.web-socket.sys_close"})
    public String url;

    private ObjectPath path;
    private String method;

    @Setup
    public void read() {
        CallUrl likelier = CallUrl.candidates(url).get(0);
        path = likelier.object();
        method = likelier.method();
    }

    @Benchmark
    public Object candidates() {
        return CallUrl.candidates(url);
    }

    /** The rules that the names of directories, object and method make. */
    @Benchmark
    public Object decide() {
        return AccessRule.decide(path, method, null, null);
    }

    /** The same under annotations, which weigh most. */
    @Benchmark
    public Object decideAnnotated() {
        return AccessRule.decide(path, method, Access.PUB, Access.SYS);
    }
}
