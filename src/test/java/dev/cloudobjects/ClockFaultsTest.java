package dev.cloudobjects;

import dev.cloudobjects.oidc.OidcClockFaults;
import dev.cloudobjects.security.SecurityClockFaults;
import dev.cloudobjects.session.ClockFault;
import dev.cloudobjects.session.SessionClockFaults;
import dev.cloudobjects.time.ManualClock;
import dev.cloudobjects.users.UsersClockFaults;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fault 26: the time of day is set while the server runs. {@link ArchitectureTest} finds the classes that this is about. */
class ClockFaultsTest {

    private static final List<List<Duration>> SETTINGS = List.of(
            List.of(ClockFault.HOUR, Duration.ZERO),
            List.of(ClockFault.HOUR.negated(), Duration.ZERO),
            List.of(ClockFault.HOUR, ClockFault.HOUR.negated()),
            List.of(ClockFault.HOUR.negated(), ClockFault.HOUR));

    /** What holds, for every class. */
    static Stream<ClockFault> faults() {
        return Stream.of(
                        SecurityClockFaults.all(), UsersClockFaults.all(), OidcClockFaults.all(), SessionClockFaults.all())
                .flatMap(List::stream);
    }

    static Stream<Arguments> settings() {
        return faults().flatMap(fault -> SETTINGS.stream().map(times -> Arguments.of(fault, times)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldHoldWhileTheTimeOfDayIsSet(ClockFault fault, List<Duration> times) throws Exception {
        ManualClock clock = new ManualClock();
        Iterator<Duration> next = times.iterator();
        fault.check().run(clock, () -> clock.set(next.next()));
    }
}
