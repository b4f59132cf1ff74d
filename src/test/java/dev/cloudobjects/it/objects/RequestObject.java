package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers requests, makes some of its own, and counts what happens under a name that the client gives. */
@CloudObject("it/pub.requests")
public class RequestObject {

    @Inject
    WebSocketManage ws;

    @Inject
    ClientInfo client;

    @Inject
    Counts counts;

    public record Order(String what, String name, int number) {}

    public record Sum(int a, int b) {}

    /** How often something has happened, by its name. */
    @ApplicationScoped
    public static class Counts {
        private final Map<String, AtomicInteger> byName = new ConcurrentHashMap<>();

        int next(String name) {
            return byName.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
        }

        int of(String name) {
            AtomicInteger count = byName.get(name);
            return count == null ? 0 : count.get();
        }
    }

    public @Nullable Object onWebsocketMessage(Order order) throws Exception {
        return switch (order.what()) {
            case "double" -> order.number() * 2;
            case "count" -> counts.next(order.name());
            case "bytes" -> new byte[] {1, 2, (byte) order.number()};
            case "fail" -> throw new CloudObjectException(1001, "no " + order.name());
            case "wait" -> await(order);
            // The handler waits for its own client.
            case "ask" -> ws.request(Target.cid(String.valueOf(client.cid())), order.number(), String.class)
                    .toCompletableFuture()
                    .get()
                    .length();
            default -> null;
        };
    }

    private @Nullable Object await(Order order) throws InterruptedException {
        counts.next(order.name());
        try {
            new CountDownLatch(1).await();
            return null;
        } catch (InterruptedException e) {
            counts.next(order.name());
            throw e;
        }
    }

    public int add(Sum sum) {
        return sum.a() + sum.b();
    }

    public Stream<Integer> numbers(Order order) {
        return IntStream.range(0, order.number())
                .peek(number -> counts.next(order.name()))
                .boxed()
                .onClose(() -> counts.next("closed " + order.name()));
    }

    /** Called over HTTP. */
    public Result counted(Order order) {
        return Result.ok("count", counts.of(order.name()));
    }
}
