package dev.cloudobjects.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The server and the SDK together, on time, sockets and threads of the test's own: whatever breaks and in whatever order, each
 * message arrives once and in order, or those concerned are told.
 *
 * <p>{@code -Dsimulation.seed=…} plays one schedule, and prints what happens in it. {@code -Dsimulation.schedules=…} plays so
 * many, from {@code -Dsimulation.first=…} on.
 */
class SimulationTest {

    private static final int SCHEDULES = 400;
    private static final int REPEATED = 20;
    private static final Set<String> SEEN = Set.of(
            "recovered", "expired", "restarted", "incomplete", "changed", "handled", "refused", "lost", "closed", "full", "timeout",
            "answered", "cancelled", "answer", "no answer 0", "no answer 7", "no answer 410", "no answer 502");

    @Test
    void shouldDoAsTheModelSays() {
        Long seed = Long.getLong("simulation.seed");
        try (SdkProcess sdk = new SdkProcess();
                Faults faults = new Faults()) {
            if (seed != null) {
                Schedule schedule = Schedule.of(seed);
                List<String> notes = new ArrayList<>();
                boolean failed = schedule.run(sdk, faults, notes).fault() != null;
                notes.forEach(System.out::println);
                if (failed) {
                    tell(schedule, sdk, faults);
                }
                return;
            }
            long first = Long.getLong("simulation.first", 1);
            int schedules = Integer.getInteger("simulation.schedules", SCHEDULES);
            long events = 0;
            long begun = System.nanoTime();
            Set<String> seen = new TreeSet<>();
            for (long next = first; next < first + schedules; next++) {
                Schedule schedule = Schedule.of(next);
                Schedule.Outcome outcome = schedule.run(sdk, faults, null);
                events += outcome.events();
                seen.addAll(outcome.seen());
                if (outcome.fault() != null) {
                    tell(schedule, sdk, faults);
                }
            }
            if (schedules >= SCHEDULES) {
                assertTrue(seen.containsAll(SEEN), "so many schedules show each of " + SEEN + ", not only " + seen);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf("Simulation: %d schedules, %d events in %.1f s%n", schedules, events, seconds);
        }
    }

    @Test
    void shouldRepeatWhatASeedSays() {
        assertEquals(events(), events());
    }

    private static List<Long> events() {
        List<Long> events = new ArrayList<>();
        try (SdkProcess sdk = new SdkProcess();
                Faults faults = new Faults()) {
            for (long seed = 1; seed <= REPEATED; seed++) {
                events.add(Schedule.of(seed).run(sdk, faults, null).events());
            }
        }
        return events;
    }

    private static void tell(Schedule failed, SdkProcess sdk, Faults faults) {
        Schedule shrunk = failed.shrunk(sdk, faults);
        List<String> notes = new ArrayList<>();
        Throwable fault = shrunk.run(sdk, faults, notes).fault();
        StringWriter trace = new StringWriter();
        if (fault != null) {
            fault.printStackTrace(new PrintWriter(trace));
        }
        fail(fault + "\nSeed " + failed.seed() + ": play it again with -Dsimulation.seed=" + failed.seed()
                + "\nThe shortest schedule found, with " + failed.clients() + " clients: " + shrunk.steps() + "\n"
                + String.join("\n", notes) + "\n" + trace);
    }
}
