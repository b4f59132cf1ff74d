package dev.cloudobjects.json;

import dev.cloudobjects.AverageTime;
import dev.cloudobjects.protocol.Messages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** JSON: checked as it comes in, and bound to records, whose bytes travel in base64. */
public class JsonBenchmark extends AverageTime {

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
