package dev.cloudobjects.session;

import dev.cloudobjects.api.Target;
import java.util.Collection;
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

/** Finding connections among many, and being one of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RegistryBenchmark {

    @Param({"100", "100000"})
    public int registered;

    private Registry registry;
    private Connection late;

    @Setup
    public void fill() {
        Crowd crowd = new Crowd(registered);
        registry = crowd.registry;
        late = crowd.opened(registered, SilentWire.INSTANCE);
    }

    @Benchmark
    public Object user() {
        return registry.select(Target.none().user("user-42"), Crowd.PATHS);
    }

    /** Everyone is in the channel: the cost is that of so many recipients. */
    @Benchmark
    public Object channelOfEveryone() {
        Collection<Connection> found = registry.select(Target.none().channel(Crowd.CHANNEL), Crowd.PATHS);
        if (found.size() != registered) {
            throw new AssertionError("found " + found.size());
        }
        return found;
    }

    @Benchmark
    public void addAndRemove() {
        registry.add(late);
        registry.remove(late);
    }
}
