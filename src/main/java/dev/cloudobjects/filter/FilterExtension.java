package dev.cloudobjects.filter;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessInjectionTarget;

/** Has one {@link FilterInterceptor} made, where CDI would make one for each instance of an object, so for each message. */
public class FilterExtension implements Extension {

    void share(@Observes ProcessInjectionTarget<FilterInterceptor> interceptor) {
        interceptor.setInjectionTarget(new SharedInstance<>(interceptor.getInjectionTarget()));
    }
}
