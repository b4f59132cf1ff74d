package dev.cloudobjects.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetTest {

    private static final @Nullable String ABSENT = null;

    private static void assertRefused(String part, Target target) {
        CloudObjectException refused = assertThrows(CloudObjectException.class, target::checked);
        assertEquals(Code.FAIL.value(), refused.code());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    @Nested
    class AsAValue {

        @Test
        void shouldEqualWhatSaysTheSame() {
            Target one = Target.channel("c").user("a", "b").except("x").exceptSender();
            Target same = Target.of(to -> to.exceptSender().user(List.of("b")).user("a").channel("c").except("x"));
            assertEquals(one, same);
            assertEquals(one.hashCode(), same.hashCode());
        }

        @Test
        void shouldDifferInEveryPart() {
            Set<Target> all = Set.of(
                    Target.none(),
                    Target.cid("x"),
                    Target.user("x"),
                    Target.device("x"),
                    Target.appid("x"),
                    Target.channel("x"),
                    Target.group("x"),
                    Target.path("x"),
                    Target.everyone(),
                    Target.none().except("x"),
                    Target.none().exceptUser("x"),
                    Target.none().exceptDevice("x"),
                    Target.none().exceptSender(),
                    Target.user(ABSENT));
            assertEquals(14, all.size());
            assertNotEquals(Target.user("x"), "x");
        }

        @Test
        void shouldStayAsItIsWhenItIsNarrowed() {
            Target users = Target.user("a");
            Target fewer = users.narrow().channel("c");
            assertNull(users.channels());
            assertEquals(Set.of("c"), fewer.channels());
            assertThrows(UnsupportedOperationException.class, () -> fewer.channels().add("d"));
        }

        @Test
        void shouldShowWhatItSays() {
            assertEquals(
                    "Target[ user=[a] except user=[b] except sender ]",
                    Target.user("a").exceptUser("b").exceptSender().toString());
            assertEquals("Target[ everyone ]", Target.everyone().toString());
            assertEquals("Target[ cid=6 values ]", Target.cid("1", "2", "3", "4", "5", "6").toString());
        }
    }

    @Nested
    class Checked {

        static Stream<Target> nobody() {
            return Stream.of(
                    Target.none(), Target.path("p"), Target.none().except("a"), Target.none().exceptSender(), Target.user(ABSENT));
        }

        @ParameterizedTest
        @MethodSource("nobody")
        void shouldRefuseWhoNamesNobody(Target target) {
            assertRefused("names nobody", target);
        }

        @Test
        void shouldTakeAnEmptyListForNobody() {
            assertEquals(Set.of(), Target.user(List.of()).checked().users());
            assertEquals(Set.of(), Target.channel("c").group(List.of()).checked().groups());
        }

        @Test
        void shouldRefuseEveryoneBesideASelector() {
            assertRefused("everyone() beside another selector", Target.everyone().channel("c"));
            Target most = Target.everyone().path("p").except("a").exceptSender();
            assertSame(most, most.checked());
        }

        @Test
        void shouldRefuseEmptyNames() {
            assertThrows(CloudObjectException.class, () -> Target.user(""));
            assertThrows(CloudObjectException.class, () -> Target.none().except(""));
        }
    }

    @Nested
    class Null {

        @Test
        void shouldSayNothingBesideWhoIsNamed() {
            assertEquals(Set.of("a"), Target.cid(ABSENT).user("a").checked().users());
            assertNull(Target.cid(ABSENT).user("a").cids());
            assertEquals(Set.of("c"), Target.cid("c").user(ABSENT).channel(ABSENT).group(ABSENT).checked().cids());
            assertEquals(Set.of("d"), Target.device("d").user((List<String>) null).path(ABSENT).checked().devices());
        }

        @Test
        void shouldBeSkippedAmongOtherNames() {
            assertEquals(Set.of("a"), Target.user("a", null).checked().users());
            assertEquals(Set.of("a"), Target.group(Arrays.asList(null, "a")).checked().groups());
        }

        /** A message for one user must not reach a channel because the user is not known. */
        @Test
        void shouldNeverMeanMoreConnections() {
            assertRefused("user is null", Target.user(ABSENT).channel("c"));
            assertRefused("user is null", Target.user(Collections.singletonList(null)).channel("c"));
            assertRefused("group is null", Target.channel("c").group(ABSENT));
            assertRefused("channel is null", Target.everyone().channel(ABSENT));
            assertRefused("path is null", Target.everyone().path(ABSENT));
        }

        @Test
        void shouldNotBeLeftOut() {
            assertThrows(CloudObjectException.class, () -> Target.everyone().except(ABSENT));
            assertThrows(CloudObjectException.class, () -> Target.everyone().except(Collections.singletonList(null)));
            assertThrows(CloudObjectException.class, () -> Target.everyone().exceptUser(ABSENT));
            assertThrows(CloudObjectException.class, () -> Target.everyone().exceptDevice(ABSENT));
        }
    }
}
