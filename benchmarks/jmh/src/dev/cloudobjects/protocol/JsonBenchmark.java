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

/** JSON: checked as it comes in, and bound to records, whose bytes travel in base64. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JsonBenchmark {

    public record Said(String from, String channel, String body) {}

    public record Upload(String name, byte[] content) {}

    /** Of the text, or of the bytes in it. */
    @Param({"130", "1024"})
    public int size;

    private final JsonMapper mapper = new JsonMapper(Messages.LIMITS);
    private String text;
    private Payload said;
    private Upload upload;
    private Payload uploaded;

    @Setup
    public void write() {
        text = Messages.json(size);
        said = mapper.parse(text);
        upload = new Upload("picture.png", new byte[size]);
        uploaded = mapper.write(upload);
    }

    @Benchmark
    public Object scan() {
        return JsonScanner.scan(text, Messages.LIMITS);
    }

    @Benchmark
    public Said read() {
        return mapper.read(said, Said.class);
    }

    @Benchmark
    public Upload readNestedBytes() {
        return mapper.read(uploaded, Upload.class);
    }

    @Benchmark
    public Payload writeNestedBytes() {
        return mapper.write(upload);
    }
}
