package dev.cloudobjects.session;

import static dev.cloudobjects.session.SessionState.AWAY;
import static dev.cloudobjects.session.SessionState.CLOSED;
import static dev.cloudobjects.session.SessionState.CLOSING;
import static dev.cloudobjects.session.SessionState.CONNECTING;
import static dev.cloudobjects.session.SessionState.OPEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStateTest {

    private static final Map<SessionState, Set<SessionState>> NEXT = Map.of(
            CONNECTING, Set.of(OPEN, CLOSING, CLOSED),
            OPEN, Set.of(AWAY, CLOSING, CLOSED),
            AWAY, Set.of(OPEN, CLOSING, CLOSED),
            CLOSING, Set.of(CLOSED),
            CLOSED, Set.of());

    @ParameterizedTest
    @EnumSource
    void shouldBeFollowedByThoseOnly(SessionState before) {
        assertEquals(
                NEXT.get(before),
                Stream.of(SessionState.values())
                        .filter(next -> next.mayFollow(before))
                        .collect(Collectors.toSet()));
    }

    @Test
    void shouldHearWhatCameBeforeThePeerClosedButNotBeforeTheServerDecidedTo() {
        assertEquals(
                Set.of(CONNECTING, OPEN, AWAY, CLOSED),
                Stream.of(SessionState.values()).filter(SessionState::isHeard).collect(Collectors.toSet()));
    }

    @Test
    void shouldBeHeardOnlyOnceItWasAccepted() {
        Bench bench = new Bench();
        assertFalse(bench.client().open().isHeard());
    }
}
