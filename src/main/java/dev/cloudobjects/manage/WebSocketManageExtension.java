package dev.cloudobjects.manage;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedField;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives each cloud object one {@link WebSocketManage}, preset to it, for its fields. A producer, which serves whatever
 * else asks for one, is told by CDI where it is asked from: a search for each instance of an object, so for each message.
 */
public class WebSocketManageExtension implements Extension {

    private final Set<String> paths = ConcurrentHashMap.newKeySet();

    <T> void preset(
            @Observes @WithAnnotations(CloudObject.class) ProcessAnnotatedType<T> type, BeanManager beans) {
        CloudObject object = type.getAnnotatedType().getAnnotation(CloudObject.class);
        if (object != null && paths.add(object.value())) {
            OfObject preset = new OfObject.Literal(object.value());
            type.configureAnnotatedType()
                    .filterFields(field -> asks(field, beans))
                    .forEach(field -> field.add(preset));
        }
    }

    private static boolean asks(AnnotatedField<?> field, BeanManager beans) {
        return field.getBaseType() == WebSocketManage.class
                && field.isAnnotationPresent(Inject.class)
                && field.getAnnotations().stream().noneMatch(mark -> beans.isQualifier(mark.annotationType()));
    }

    void provide(@Observes AfterBeanDiscovery discovery) {
        for (String path : paths) {
            discovery.<WebSocketManage>addBean()
                    .types(WebSocketManage.class, Object.class)
                    .qualifiers(new OfObject.Literal(path))
                    .scope(Singleton.class)
                    .produceWith(beans -> beans.select(WebSocketManageProducer.class).get().of(path));
        }
    }
}
