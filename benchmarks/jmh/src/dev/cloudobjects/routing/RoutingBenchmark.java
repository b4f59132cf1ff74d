package dev.cloudobjects.routing;

import dev.cloudobjects.AverageTime;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a url names, and who may call it. */
public class RoutingBenchmark extends AverageTime {

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
