package dev.cloudobjects.objects;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.config.UnproxiedSingleton;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Supplies the instances of the cloud objects, each in the scope of its bean. Safe for use by many threads. */
@UnproxiedSingleton
public class ObjectBeans {

    private final BeanManager beans;
    private final Map<String, Bean<?>> byPath = new ConcurrentHashMap<>();

    /** Supplies instances of the beans that this manager knows. */
    @Inject
    public ObjectBeans(BeanManager beans) {
        this.beans = beans;
    }

    /**
     * The instance of an object that a call uses: the one of the current context, made if there is none yet; of a
     * {@link Dependent} object a new one, which ends when it is closed. The container's interceptors run around its
     * methods.
     *
     * @throws jakarta.enterprise.context.ContextNotActiveException when the scope of the object has no active context
     */
    public ObjectInstance instance(ObjectModel object) {
        return instance(byPath.computeIfAbsent(object.path(), path -> find(object)));
    }

    private Bean<?> find(ObjectModel object) {
        return beans.resolve(beans.getBeans(object.type(), CloudObject.Literal.of(object.path())));
    }

    private <T> ObjectInstance instance(Bean<T> bean) {
        CreationalContext<T> creation = beans.createCreationalContext(bean);
        if (bean.getScope() == Dependent.class) {
            T instance = bean.create(creation);
            return new ObjectInstance(instance, () -> bean.destroy(instance, creation));
        }
        return new ObjectInstance(beans.getContext(bean.getScope()).get(bean, creation), ObjectInstance.KEPT);
    }
}
