import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Something that is measured of each server that takes part, once a round. */
sealed interface Scenario permits Traffic, Stalled, Idle, Connects, StartTime, Encrypted {

    /** All, in the order in which a round goes through them. */
    static List<Scenario> all(Scale scale) {
        return List.of(
                Traffic.broadcast("broadcast-1000", 1000, scale),
                Traffic.broadcast("broadcast-5000", 5000, scale),
                Traffic.backlog("backlog-8x1000", 1000, scale),
                Traffic.echo("echo-100", 100, scale),
                Traffic.paced("paced-30000", 1000, 30, scale),
                Traffic.paced("paced-10000", 1000, 10, scale),
                Traffic.paced("paced-1000", 100, 10, scale),
                Traffic.incoming("incoming-100", 100, scale),
                new Stalled("stalled-16k", scale),
                new Encrypted("encrypted-1k", scale),
                new Idle("idle-5000", scale),
                new Connects("connect-10000", scale),
                new StartTime("start", scale));
    }

    String name();

    /** What is measured, for readers of the report. */
    String about();

    /** Whether a server takes part; all do, unless it says otherwise. */
    default boolean takes(Peer peer) {
        return true;
    }

    /** How long one measurement takes, in seconds, about. */
    double estimate(Peer peer);

    /** The table's columns; the first one is what counts: it makes the chart, and less of it is better unless it says otherwise. */
    List<Column> columns();

    /** Whether more of the first column is better. */
    default boolean moreIsBetter() {
        return false;
    }

    /** Measures one server. What it returns has a {@code problem} if not all went well. */
    Map<String, Object> measure(Lab lab, Peer peer) throws IOException, InterruptedException;
}
