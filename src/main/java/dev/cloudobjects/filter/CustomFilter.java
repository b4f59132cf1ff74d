package dev.cloudobjects.filter;

import dev.cloudobjects.api.CloudFilter;
import dev.cloudobjects.api.CloudFilter.FilterCall;
import dev.cloudobjects.log.Log;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A filter of the application with its patterns compiled. Filters are ordered by {@code order}, then by {@code id}. */
final class CustomFilter implements Comparable<CustomFilter> {

    private final CloudFilter filter;
    private final String id;
    private final int order;
    private final List<Pattern> patterns;

    /** @throws IllegalArgumentException naming the filter and the pattern that can't be compiled */
    CustomFilter(CloudFilter filter) {
        this.filter = filter;
        this.id = filter.id();
        this.order = filter.order();
        this.patterns = filter.patterns().stream().map(this::compile).toList();
    }

    private Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "filter " + id + ": '" + pattern + "' is not a regular expression: " + e.getDescription(), e);
        }
    }

    String id() {
        return id;
    }

    int order() {
        return order;
    }

    boolean matches(String url) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(url).find());
    }

    @Nullable Object before(FilterCall call) {
        return filter.before(call);
    }

    @Nullable Object after(FilterCall call, @Nullable Object answer) {
        return filter.after(call, answer);
    }

    /** Tells the filter of a refusal. The call stays refused, also when the filter throws. */
    void intercepted(FilterCall call, Refusal refusal) {
        try {
            filter.intercepted(call, refusal.code(), refusal.msg());
        } catch (RuntimeException e) {
            Log.FILTER_FAILED.log(e, id, call.url(), call.requestId());
        }
    }

    @Nullable Object error(FilterCall call, Throwable err) {
        return filter.error(call, err);
    }

    @Override
    public int compareTo(CustomFilter other) {
        return order != other.order ? Integer.compare(order, other.order) : id.compareTo(other.id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomFilter that && id.equals(that.id) && order == that.order;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
