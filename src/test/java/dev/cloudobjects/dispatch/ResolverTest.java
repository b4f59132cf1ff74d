package dev.cloudobjects.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.ObjectPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {

    private final Resolver resolver = new Resolver();

    {
        resolver.objects = ObjectDirectory.of(List.of(
                object("a/b", "main", "both"),
                object("a/b.c", "main", "other"),
                object("a/b.both", "main"),
                object("a/b.bare"),
                object("a/b._hidden", "main"),
                object("a/b.onWebsocketMessage", "main"),
                object("x.y", "main")));
    }

    private static ObjectModel object(String path, String... methods) {
        Map<String, ObjectMethod> callables = new HashMap<>();
        for (String method : methods) {
            AccessRule rule = AccessRule.decide(new ObjectPath(path), method, null, null);
            callables.put(method, new ObjectMethod(method, null, null, rule));
        }
        return new ObjectModel(path, Object.class, callables, Map.of(), null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, main",
        "a/b.main, a/b, main",
        "a/b.both, a/b, both",
        "a/b.c, a/b.c, main",
        "a/b.c.other, a/b.c, other",
        "x.y, x.y, main"
    })
    void shouldTakeTheFirstReadingThatExists(String url, String path, String method) {
        Resolver.Found found = resolver.find(url);
        assertEquals(path, found.object().path());
        assertEquals(method, found.method().name());
    }

    @ParameterizedTest
    @CsvSource({
        "a/b.none, 404",
        "a/b.bare, 404",
        "a/b.c.none, 404",
        "x, 404",
        "x.y.z, 404",
        "a/b._hidden, 403",
        "a/b.onWebsocketMessage, 501",
        "a//b, 404"
    })
    void shouldRefuseWhatIsNotThereOrNotCallable(String url, int code) {
        assertEquals(
                code, assertThrows(CloudObjectException.class, () -> resolver.find(url)).code());
    }
}
