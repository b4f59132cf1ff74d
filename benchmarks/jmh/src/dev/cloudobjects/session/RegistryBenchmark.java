package dev.cloudobjects.session;

import dev.cloudobjects.AverageTime;
import dev.cloudobjects.api.Target;
import java.util.Collection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Finding sessions among many, and being one of them. */
public class RegistryBenchmark extends AverageTime {

    @Param({"100", "100000"})
    public int registered;

    private Registry registry;
    private Session late;

    @Setup
    public void fill() {
        Crowd crowd = new Crowd(registered);
        registry = crowd.registry;
        late = crowd.opened(registered, SilentWire.INSTANCE).session();
    }

    @Benchmark
    public Object user() {
        return registry.select(Target.user("user-42"), Crowd.PATHS);
    }

    /** Everyone is in the channel: the cost is that of so many recipients. */
    @Benchmark
    public Object channelOfEveryone() {
        Collection<Session> found = registry.select(Target.channel(Crowd.CHANNEL), Crowd.PATHS);
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
