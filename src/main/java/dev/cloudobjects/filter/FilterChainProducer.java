package dev.cloudobjects.filter;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudFilter;
import dev.cloudobjects.api.CloudFilter.FilterCall;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.objects.ObjectBeans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.List;

/** Makes the chain of the application out of the filters that are deployed. */
@ApplicationScoped
class FilterChainProducer {

    @Inject
    @Any
    Instance<CloudFilter> filters;

    @Inject
    AccessCheck access;

    @Inject
    JsonMapper json;

    @Inject
    ClientInfo client;

    @Inject
    ObjectBeans beans;

    /** @throws IllegalArgumentException naming a filter of which a pattern can't be compiled */
    @Produces
    @Singleton
    FilterChain chain() {
        List<CustomFilter> enabled =
                filters.stream().filter(CloudFilter::enabled).map(CustomFilter::new).toList();
        return new FilterChain(enabled, access, json, this::view, this::part);
    }

    private FilterCall view(Call call) {
        return new FilterCall(call.url(), client, call.tree(json), call.requestId());
    }

    private ObjectPart part(Call call) {
        Method handler = call.method().method();
        return handler == null
                ? ObjectPart.UNHANDLED
                : new BeanPart(call, handler, beans.instance(call.object()), json);
    }
}
