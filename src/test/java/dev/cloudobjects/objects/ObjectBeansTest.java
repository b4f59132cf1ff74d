package dev.cloudobjects.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectBeansTest {

    private static final ObjectModel ROOM = new ObjectModel("chat/room", Object.class, Map.of(), Map.of(), null, null);

    private final List<String> steps = new ArrayList<>();

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The beans of a container that has one, of this scope, whose context has this instance. */
    private ObjectBeans beans(Class<? extends Annotation> scope, Object contextual) {
        Bean<?> bean = fake(Bean.class, (self, method, arguments) -> switch (method.getName()) {
            case "getScope" -> scope;
            case "create" -> {
                steps.add("created");
                yield new Object();
            }
            case "destroy" -> steps.add("destroyed");
            default -> throw new UnsupportedOperationException(method.toString());
        });
        Context context = fake(Context.class, (self, method, arguments) -> contextual);
        return new ObjectBeans(fake(BeanManager.class, (self, method, arguments) -> switch (method.getName()) {
            case "getBeans" -> {
                steps.add("looked up");
                yield Set.of();
            }
            case "resolve" -> bean;
            case "createCreationalContext" -> fake(CreationalContext.class, (creation, called, none) -> null);
            case "getContext" -> context;
            default -> throw new UnsupportedOperationException(method.toString());
        }));
    }

    @Test
    void shouldMakeADependentObjectForEachCallAndDestroyIt() {
        ObjectBeans beans = beans(Dependent.class, new Object());
        Object first;
        try (ObjectInstance instance = beans.instance(ROOM)) {
            first = instance.object();
            assertEquals(List.of("looked up", "created"), steps);
        }
        try (ObjectInstance second = beans.instance(ROOM)) {
            assertNotSame(first, second.object());
        }
        assertEquals(List.of("looked up", "created", "destroyed", "created", "destroyed"), steps);
    }

    @Test
    void shouldLeaveAnObjectOfAContextToThat() {
        Object contextual = new Object();
        ObjectBeans beans = beans(RequestScoped.class, contextual);
        for (int call = 0; call < 2; call++) {
            try (ObjectInstance instance = beans.instance(ROOM)) {
                assertSame(contextual, instance.object());
            }
        }
        assertEquals(List.of("looked up"), steps);
    }
}
