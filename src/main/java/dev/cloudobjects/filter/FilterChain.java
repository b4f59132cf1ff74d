package dev.cloudobjects.filter;

import dev.cloudobjects.api.CloudFilter;
import dev.cloudobjects.api.CloudFilter.FilterCall;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.api.Completion;
import dev.cloudobjects.call.Call;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.routing.Access;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The chain that every call passes: the filters in ascending order, with the built-in one among them; then the object with its
 * hook {@code _before}, the method and its hook {@code _after}; then the filters that see the answer.
 *
 * <p>The object's instance is asked for after all filters have admitted the call. The built-in filter is part of every run, so
 * no object is called that no filter decided on. Safe for use by many threads.
 */
public final class FilterChain {

    private final List<CustomFilter> filters;
    private final AccessCheck access;
    private final JsonMapper json;
    private final Function<Call, FilterCall> view;
    private final Function<Call, ObjectPart> objects;

    /**
     * A chain of these filters.
     *
     * @param view what custom filters see of a call; asked for only when there are any
     * @param objects supplies the object of a call that was admitted
     */
    FilterChain(
            List<CustomFilter> filters,
            AccessCheck access,
            JsonMapper json,
            Function<Call, FilterCall> view,
            Function<Call, ObjectPart> objects) {
        this.filters = filters.stream().sorted().toList();
        this.access = access;
        this.json = json;
        this.view = view;
        this.objects = objects;
    }

    /** Runs a call on this thread. Never throws: what is thrown is an {@link Outcome.Failed}. */
    public Outcome run(Call call) {
        return run(call, this::answer);
    }

    /** Asks the filters alone whether they admit a call; the object is not called. Never throws. */
    public Outcome check(Call call) {
        return run(call, (same, seen, own) -> null);
    }

    /** What is done with a call that all filters have admitted. */
    private interface Admitted {
        @Nullable Object answer(Call call, @Nullable FilterCall seen, List<CustomFilter> own) throws Throwable;
    }

    private Outcome run(Call call, Admitted admitted) {
        try {
            List<CustomFilter> own = matching(call);
            FilterCall seen = own.isEmpty() ? null : view.apply(call);
            Optional<Refusal> refusal = admit(call, seen, own);
            return refusal.isPresent()
                    ? refused(refusal.get(), call, seen, own)
                    : new Outcome.Returned(admitted.answer(call, seen, own));
        } catch (RefusedException e) {
            return new Outcome.Refused(e.refusal());
        } catch (Throwable e) {
            return new Outcome.Failed(e);
        }
    }

    /** The refusal of the first filter that refuses; empty when all admit the call. */
    private Optional<Refusal> admit(Call call, @Nullable FilterCall seen, List<CustomFilter> own) {
        boolean decided = false;
        int place = place(call.method().rule().access());
        for (CustomFilter filter : own) {
            if (!decided && filter.order() >= place) {
                decided = true;
                Optional<Refusal> refusal = access.check(call);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            Optional<Refusal> refusal = before(filter, call, seen);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return decided ? Optional.empty() : access.check(call);
    }

    private Optional<Refusal> before(CustomFilter filter, Call call, @Nullable FilterCall seen) {
        if (seen == null) {
            return Optional.empty();
        }
        JsonObject said;
        try {
            Object result = filter.before(seen);
            if (result == null) {
                return Optional.empty();
            }
            said = understood(filter, json.tree(json.write(result)));
        } catch (CloudObjectException e) {
            return Optional.of(Refusal.of(e.code(), e.getMessage(), filter.id(), "it said so"));
        }
        JsonObjectBuilder merged = Json.createObjectBuilder(call.filterResponse());
        said.forEach(merged::add);
        call.filterResponse(merged.build());
        return said.getInt("code", Code.OK.value()) == Code.OK.value()
                ? Optional.empty()
                : Optional.of(new Refusal(said, filter.id(), "it said so"));
    }

    /** The answer of a filter, of the form that admits or refuses. Any other may be meant to refuse, so the call fails. */
    private static JsonObject understood(CustomFilter filter, JsonValue said) {
        if (said instanceof JsonObject object && (!object.containsKey("code") || isWhole(object.get("code")))) {
            return object;
        }
        throw new IllegalStateException("filter " + filter.id() + " answered with "
                + (said instanceof JsonObject ? "a code that is no whole number" : "something that is no object")
                + ": it lets a call go on with null or an object, and refuses it with an object whose code is not 0");
    }

    private static boolean isWhole(JsonValue code) {
        return code instanceof JsonNumber number
                && number.bigDecimalValue().compareTo(BigDecimal.valueOf(number.intValue())) == 0;
    }

    private Outcome refused(Refusal refusal, Call call, @Nullable FilterCall seen, List<CustomFilter> own) {
        if (seen != null) {
            own.forEach(filter -> filter.intercepted(seen, refusal));
        }
        refusal.log(call, json);
        return new Outcome.Refused(refusal);
    }

    private @Nullable Object answer(Call call, @Nullable FilterCall seen, List<CustomFilter> own) throws Throwable {
        Object answer;
        try (ObjectPart object = objects.apply(call)) {
            Object early = object.before();
            if (early != null) {
                return earlyAnswer(early);
            }
            answer = invoke(object);
        } catch (Throwable failure) {
            answer = instead(failure, seen, own);
        }
        return after(answer, seen, own);
    }

    private static @Nullable Object invoke(ObjectPart object) throws Throwable {
        Object returned;
        try {
            returned = object.invoke();
        } catch (Throwable failure) {
            Object replaced = object.after(Completion.failed(failure));
            if (replaced == null) {
                throw failure;
            }
            return replaced;
        }
        Object replaced = object.after(Completion.returned(returned));
        return replaced == null ? returned : replaced;
    }

    /** The answer of the first filter that has one for the failure; without one the failure stands. */
    private static Object instead(Throwable failure, @Nullable FilterCall seen, List<CustomFilter> own)
            throws Throwable {
        if (seen != null) {
            for (CustomFilter filter : own) {
                Object answer = filter.error(seen, failure);
                if (answer != null) {
                    return answer;
                }
            }
        }
        throw failure;
    }

    private static @Nullable Object after(@Nullable Object answer, @Nullable FilterCall seen, List<CustomFilter> own) {
        Object last = answer;
        if (seen != null) {
            for (CustomFilter filter : own) {
                Object replaced = filter.after(seen, last);
                last = replaced == null ? last : replaced;
            }
        }
        return last;
    }

    /** VK's rules: a text is the message of a failure, and {@code false} a failure without one. */
    private static Object earlyAnswer(Object early) {
        if (early instanceof CharSequence text) {
            return Refusal.of(Code.FAIL.value(), text.toString(), "_before", "").response();
        }
        if (Boolean.FALSE.equals(early) || JsonValue.FALSE.equals(early)) {
            return Refusal.of(Code.FAIL.value(), "", "_before", "").response();
        }
        return early;
    }

    private List<CustomFilter> matching(Call call) {
        if (filters.isEmpty()) {
            return filters;
        }
        String url = call.url();
        return filters.stream().filter(filter -> filter.matches(url)).toList();
    }

    private static int place(Access access) {
        return switch (access) {
            case PUB -> CloudFilter.ORDER_PUB;
            case KH -> CloudFilter.ORDER_KH;
            case SYS -> CloudFilter.ORDER_SYS;
        };
    }
}
