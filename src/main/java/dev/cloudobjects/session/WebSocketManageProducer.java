package dev.cloudobjects.session;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.call.CurrentCall;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.objects.ObjectDirectory;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Hands out {@link WebSocketManage}, preset to the object that it is injected into. */
@ApplicationScoped
class WebSocketManageProducer {

    @EJB
    WebSocketManageBean manage;

    @Inject
    SignedURLs signedURLs;

    @Inject
    JsonMapper json;

    @Inject
    CurrentCall current;

    @Inject
    ObjectDirectory objects;

    @Produces
    @Dependent
    WebSocketManage forObject(InjectionPoint point) {
        return of(path(point.getBean()));
    }

    /** One that is preset to the object at a path. */
    WebSocketManage of(@Nullable String path) {
        return new WebSocketManageView(manage, signedURLs, json, new Addressing(current, path, this::isObject));
    }

    private boolean isObject(String path) {
        return objects.find(path).isPresent();
    }

    private static @Nullable String path(@Nullable Bean<?> bean) {
        CloudObject object = bean == null ? null : bean.getBeanClass().getAnnotation(CloudObject.class);
        return object == null ? null : object.value();
    }
}
