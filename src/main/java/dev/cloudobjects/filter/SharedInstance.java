package dev.cloudobjects.filter;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one instance of a class and returns the same one to every caller. The class must have no state, and no injected
 * dependent object, which would be destroyed together with the bean that the instance was first made for.
 */
final class SharedInstance<T> implements InjectionTarget<T> {

    private final InjectionTarget<T> maker;
    private volatile @Nullable T shared;

    SharedInstance(InjectionTarget<T> maker) {
        this.maker = maker;
    }

    @Override
    public T produce(CreationalContext<T> context) {
        T made = shared;
        if (made == null) {
            // Two threads may make one each, which does no harm.
            made = maker.produce(context);
            maker.inject(made, context);
            maker.postConstruct(made);
            shared = made;
        }
        return made;
    }

    @Override
    public void inject(T instance, CreationalContext<T> context) {
        // Done when the instance was made.
    }

    @Override
    public void postConstruct(T instance) {
        // Done when the instance was made.
    }

    @Override
    public void preDestroy(T instance) {
        // Other beans use the instance.
    }

    @Override
    public void dispose(T instance) {
        // Other beans use the instance.
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return maker.getInjectionPoints();
    }
}
