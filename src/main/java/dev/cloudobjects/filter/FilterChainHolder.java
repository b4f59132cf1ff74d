package dev.cloudobjects.filter;

import dev.cloudobjects.api.ClientInfo;
import dev.cloudobjects.api.CloudFilter;
import dev.cloudobjects.api.CloudFilter.FilterCall;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application's chain, made of the filters that are deployed. */
@ApplicationScoped
public class FilterChainHolder {

    @Inject
    @Any
    Instance<CloudFilter> filters;

    @Inject
    AccessCheck access;

    @Inject
    JsonMapper json;

    @Inject
    ClientInfo client;

    private FilterChain chain;

    @PostConstruct
    void build() {
        List<CustomFilter> enabled =
                filters.stream().filter(CloudFilter::enabled).map(CustomFilter::new).toList();
        chain = new FilterChain(enabled, access, json);
    }

    /** Builds the chain now, so that a malformed filter fails the deployment. */
    public void start() {
        // The work is done by the time a method can be called.
    }

    /** Runs an event that its object does not handle: only the filters see it. */
    public void runUnhandled(Call call) throws Throwable {
        chain.run(call, this::view, FilterChain.Body.NOTHING);
    }

    @Nullable Object run(Call call, FilterChain.Body body) throws Throwable {
        return chain.run(call, this::view, body);
    }

    private FilterCall view(Call call) {
        return new FilterCall(call.url(), client, json.tree(call.params()), call.requestId());
    }
}
