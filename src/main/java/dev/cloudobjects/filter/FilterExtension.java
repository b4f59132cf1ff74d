package dev.cloudobjects.filter;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessInjectionTarget;

/**
 * Lets all beans share one {@link FilterInterceptor}. CDI makes an interceptor for each instance of a bean, which would be one
 * for each message.
 */
public class FilterExtension implements Extension {

    void share(@Observes ProcessInjectionTarget<FilterInterceptor> interceptor) {
        interceptor.setInjectionTarget(new SharedInstance<>(interceptor.getInjectionTarget()));
    }
}
