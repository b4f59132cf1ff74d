package dev.cloudobjects.protocol;

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

/** Frames of a chat message, read and written. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CodecBenchmark {

    @Param
    public Dialect dialect;

    /** Of the data, in bytes. */
    @Param({"130", "1024"})
    public int size;

    private Codec codec;
    private String frame;
    private ServerFrame message;

    @Setup
    public void write() {
        JsonMapper mapper = new JsonMapper(Messages.LIMITS);
        String data = Messages.json(size);
        codec = dialect.codec(mapper);
        frame = dialect == Dialect.PLAIN ? data : "{\"type\":\"message\",\"id\":42,\"data\":" + data + '}';
        message = new ServerFrame.Message(mapper.parse(data));
    }

    @Benchmark
    public Object decode() {
        return codec.decode(frame);
    }

    /** As far as bytes in UTF-8: a broadcast does so once for each dialect. */
    @Benchmark
    public byte[] encode() {
        return codec.encode(message).orElseThrow().toBytes();
    }
}
