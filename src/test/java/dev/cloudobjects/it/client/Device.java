package dev.cloudobjects.it.client;



import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A device of a test's own, whose events the server notes: see the test objects {@code it/pub.life} and
 * {@code it/pub.journal}.
 */
public final class Device {

    private final Client client;

    private Device(Client client) {
        this.client = client.with("vk-device-id", "d" + UUID.randomUUID());
    }

    /** A new device that nobody is logged in on. */
    public static Device ofNobody() {
        return new Device(Client.anonymous());
    }

    /** A new device of a client that is logged in. */
    public static Device of(Client client) {
        return new Device(client);
    }

    public Client client() {
        return client;
    }

    /** The events so far, in their order. */
    public List<String> events() {
        return client.call("it/pub.journal.read").ok().json().getJsonArray("data").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    /** How many events begin so. */
    public long count(String start) {
        return events().stream().filter(event -> event.startsWith(start)).count();
    }

    /** Waits for an event that begins so, and gives the first. */
    public String await(String start) {
        Predicate<String> wanted = event -> event.startsWith(start);
        Awaitility.await("an event " + start)
                .atMost(Client.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> events().stream().anyMatch(wanted));
        return events().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Lets the handlers that wait at this device's gate go on. */
    public void openGate() {
        client.call("it/pub.journal.open").ok();
    }

    /** How many rows of the table of connections are this device's. */
    public int rows(String path) {
        return client.call(path + ".held").ok().json().getInt("rows");
    }

    /** How many connections of an object are this device's. */
    public int connections(String path) {
        return client.call(path + ".held").ok().json().getInt("count");
    }
}
