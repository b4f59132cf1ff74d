package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** What happened to each device, for tests to read; and gates, at which handlers wait until a test opens them. */
@CloudObject("it/pub.journal")
public class Journal {

    private static final Map<String, List<String>> ENTRIES = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

    @Inject
    ClientInfo client;

    static void note(String device, String entry) {
        ENTRIES.computeIfAbsent(device, first -> new CopyOnWriteArrayList<>()).add(entry);
    }

    static void awaitGate(String device) throws InterruptedException {
        gate(device).await();
    }

    private static CountDownLatch gate(String device) {
        return GATES.computeIfAbsent(device, first -> new CountDownLatch(1));
    }

    /** What happened to the calling device. */
    public List<String> read() {
        return ENTRIES.getOrDefault(String.valueOf(client.deviceId()), List.of());
    }

    /** Lets the calling device's handlers go on. */
    public void open() {
        gate(String.valueOf(client.deviceId())).countDown();
    }
}
