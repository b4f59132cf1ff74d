package dev.cloudobjects.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRuleTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
        a/b,             send,      -,   -,   KH,  0,  default
        sys/b,           send,      -,   -,   SYS, 1,  directory 'sys' of the path
        a/pub/b,         send,      -,   -,   PUB, 1,  directory 'pub' of the path
        sys/pub/b,       send,      -,   -,   SYS, 1,  directory 'sys' of the path
        kh/pub/b,        send,      -,   -,   KH,  1,  directory 'kh' of the path
        public/b,        send,      -,   -,   KH,  0,  default
        pub.x/b,         send,      -,   -,   KH,  0,  default
        sys/pub,         send,      -,   -,   PUB, 2,  name 'pub' of the object
        pub,             send,      -,   -,   PUB, 2,  name 'pub' of the object
        a/pub.chat,      send,      -,   -,   PUB, 2,  name 'pub.chat' of the object
        a/sys_chat,      send,      -,   -,   SYS, 2,  name 'sys_chat' of the object
        a/publish,       send,      -,   -,   KH,  0,  default
        a/pub-chat,      send,      -,   -,   KH,  0,  default
        sys/sys.x,       pub_send,  -,   -,   PUB, 3,  name 'pub_send' of the method
        pub/pub.x,       sys_send,  -,   -,   SYS, 3,  name 'sys_send' of the method
        pub/b,           kh_send,   -,   -,   KH,  3,  name 'kh_send' of the method
        a/b,             pubSend,   -,   -,   KH,  0,  default
        a/b,             pub,       -,   -,   KH,  0,  default
        sys/b,           sys_send,  -,   PUB, PUB, 10, @Pub on the class
        sys/b,           pub_send,  SYS, PUB, SYS, 11, @Sys on the method
        sys/b,           pub_send,  KH,  -,   KH,  11, @Kh on the method
        """)
    void shouldTakeTheHeaviestRule(
            String path, String method, @Nullable Access onMethod, @Nullable Access onClass,
            Access access, int weight, String reason) {
        assertEquals(
                new AccessRule(access, weight, reason + ", weight " + weight),
                AccessRule.decide(new ObjectPath(path), method, onMethod, onClass));
    }

    /** Every combination of names, against the table of weights written down the other way round. */
    @Test
    void shouldAgreeWithTheTableForAllCombinations() {
        List<String> directories = List.of("", "a/", "sys/", "kh/", "pub/", "sys/pub/", "pub/kh/", "pub/a/sys/");
        List<String> objects =
                List.of("x", "sys", "kh", "pub", "sys.x", "kh.x", "pub.x", "sys_x", "kh_x", "pub_x", "pubx");
        List<String> methods = List.of("m", "sys_m", "kh_m", "pub_m", "pubm");
        for (String directory : directories) {
            for (String object : objects) {
                for (String method : methods) {
                    String expected = expected(directory, object, method);
                    AccessRule rule = AccessRule.decide(new ObjectPath(directory + object), method, null, null);
                    assertEquals(expected, rule.access().word(), directory + object + "." + method);
                }
            }
        }
    }

    private static String expected(String directory, String object, String method) {
        for (String word : List.of("sys", "kh", "pub")) {
            if (method.matches(word + "_.*")) {
                return word;
            }
        }
        for (String word : List.of("sys", "kh", "pub")) {
            if (object.matches(word + "([._].*)?")) {
                return word;
            }
        }
        for (String word : List.of("sys", "kh", "pub")) {
            if (("/" + directory).contains("/" + word + "/")) {
                return word;
            }
        }
        return "kh";
    }

    @Test
    void shouldTakeAnUnderscoreForPrivate() {
        assertTrue(AccessRule.isPrivate("_before"));
        assertFalse(AccessRule.isPrivate("before_"));
    }

    @Test
    void shouldOrderAccessByStrictness() {
        assertEquals(List.of(Access.PUB, Access.KH, Access.SYS), List.of(Access.values()));
    }
}
