package dev.cloudobjects.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedInstanceTest {

    private final List<String> steps = new ArrayList<>();
    private final InjectionTarget<Object> target = new SharedInstance<>(new Maker());

    private Object life() {
        Object instance = target.produce(null);
        target.inject(instance, null);
        target.postConstruct(instance);
        target.preDestroy(instance);
        target.dispose(instance);
        return instance;
    }

    @Test
    void shouldMakeOneWholeAndKeepIt() {
        Object first = life();
        assertSame(first, life());
        assertEquals(List.of("produced", "injected", "constructed"), steps);
    }

    /** Makes instances as CDI does, and notes it. */
    private final class Maker implements InjectionTarget<Object> {

        @Override
        public Object produce(CreationalContext<Object> context) {
            steps.add("produced");
            return new Object();
        }

        @Override
        public void inject(Object instance, CreationalContext<Object> context) {
            steps.add("injected");
        }

        @Override
        public void postConstruct(Object instance) {
            steps.add("constructed");
        }

        @Override
        public void preDestroy(Object instance) {
            steps.add("destroyed");
        }

        @Override
        public void dispose(Object instance) {
            steps.add("disposed");
        }

        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return Set.of();
        }
    }
}
