package dev.cloudobjects.misuse;

import dev.cloudobjects.api.CloudFilter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Can't be compiled. */
@ApplicationScoped
public class BrokenFilter implements CloudFilter {

    @Override
    public String id() {
        return "misuse-broken-filter";
    }

    @Override
    public List<String> patterns() {
        return List.of("(");
    }

    @Override
    public int order() {
        return 1;
    }
}
