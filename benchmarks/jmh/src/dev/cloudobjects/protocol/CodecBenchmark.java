package dev.cloudobjects.protocol;

import dev.cloudobjects.AverageTime;
import dev.cloudobjects.json.JsonMapper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Frames of a chat message, read and written. */
public class CodecBenchmark extends AverageTime {

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
