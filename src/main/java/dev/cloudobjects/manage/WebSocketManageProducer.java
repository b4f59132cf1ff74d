package dev.cloudobjects.manage;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import org.jspecify.annotations.Nullable;

/** Hands out {@link WebSocketManage}, preset to the object that it is injected into. */
@ApplicationScoped
class WebSocketManageProducer {

    @EJB
    WebSocketManageBean manage;

    @Produces
    @Dependent
    WebSocketManage forObject(InjectionPoint point) {
        return of(path(point.getBean()));
    }

    /** One that is preset to the object at a path. */
    WebSocketManage of(@Nullable String path) {
        return manage.of(path);
    }

    private static @Nullable String path(@Nullable Bean<?> bean) {
        CloudObject object = bean == null ? null : bean.getBeanClass().getAnnotation(CloudObject.class);
        return object == null ? null : object.value();
    }
}
