package dev.cloudobjects.filter;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one instance of a class and hands it out from then on. For a class without state, and without anything injected that
 * would end together with whom it was first made for.
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
            // Two that come at once make two, which does not matter.
            made = maker.produce(context);
            maker.inject(made, context);
            maker.postConstruct(made);
            shared = made;
        }
        return made;
    }

    @Override
    public void inject(T instance, CreationalContext<T> context) {
        // It was, when it was made.
    }

    @Override
    public void postConstruct(T instance) {
        // It was, when it was made.
    }

    @Override
    public void preDestroy(T instance) {
        // Others use it.
    }

    @Override
    public void dispose(T instance) {
        // Others use it.
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return maker.getInjectionPoints();
    }
}
