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
 * The chain that every call passes: filters in ascending order with the built-in one among them, the hook
 * {@code _before}, the method, {@code _after}, and the filters' second turn.
 *
 * <p>The built-in filter is there for every call, so nothing is reached that no filter decided on. Safe for use by many
 * threads.
 */
final class FilterChain {

    private final List<CustomFilter> filters;
    private final AccessCheck access;
    private final JsonMapper json;

    FilterChain(List<CustomFilter> filters, AccessCheck access, JsonMapper json) {
        this.filters = filters.stream().sorted().toList();
        this.access = access;
        this.json = json;
    }

    /**
     * Runs a call.
     *
     * @param call the call
     * @param view what custom filters see of it; asked for only when there are any
     * @param body the object's part
     * @return what the method returned
     * @throws RefusedException when a filter refused
     * @throws AnsweredException when a hook or a filter answered in the method's place
     * @throws Throwable what the method threw
     */
    @Nullable Object run(Call call, Function<Call, FilterCall> view, Body body) throws Throwable {
        List<CustomFilter> own = matching(call);
        FilterCall seen = own.isEmpty() ? null : view.apply(call);
        admit(call, seen, own);
        Outcome outcome;
        try {
            Object early = body.before();
            if (early != null) {
                throw new AnsweredException(earlyAnswer(early));
            }
            outcome = invoke(body);
        } catch (AnsweredException e) {
            throw e;
        } catch (Throwable failure) {
            outcome = new Outcome(instead(failure, seen, own), true);
        }
        return finish(seen, own, outcome);
    }

    private void admit(Call call, @Nullable FilterCall seen, List<CustomFilter> own) {
        boolean decided = false;
        int place = place(call.method().rule().access());
        for (CustomFilter filter : own) {
            if (!decided && filter.order() >= place) {
                decided = true;
                refuseIf(access.check(call), call, seen, own);
            }
            refuseIf(before(filter, call, seen), call, seen, own);
        }
        if (!decided) {
            refuseIf(access.check(call), call, seen, own);
        }
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

    /** What a filter says, if it can be understood: what can't may have been meant to refuse, so nothing passes by it. */
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

    private void refuseIf(
            Optional<Refusal> refused, Call call, @Nullable FilterCall seen, List<CustomFilter> own) {
        if (refused.isEmpty()) {
            return;
        }
        Refusal refusal = refused.get();
        if (seen != null) {
            own.forEach(filter -> filter.intercepted(seen, refusal));
        }
        throw RefusedException.of(refusal, call, json);
    }

    private static Outcome invoke(Body body) throws Throwable {
        Object returned;
        try {
            returned = body.proceed();
        } catch (Throwable failure) {
            Object replaced = body.after(Completion.failed(failure));
            if (replaced == null) {
                throw failure;
            }
            return new Outcome(replaced, true);
        }
        Object replaced = body.after(Completion.returned(returned));
        return replaced == null ? new Outcome(returned, false) : new Outcome(replaced, replaced != returned);
    }

    /** What the first filter that has an answer puts in the place of a failure; without one it stands. */
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

    private static @Nullable Object finish(@Nullable FilterCall seen, List<CustomFilter> own, Outcome outcome) {
        Outcome last = outcome;
        if (seen != null) {
            for (CustomFilter filter : own) {
                Object replaced = filter.after(seen, last.answer());
                last = replaced == null ? last : new Outcome(replaced, true);
            }
        }
        if (last.replaced()) {
            throw new AnsweredException(last.answer());
        }
        return last.answer();
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

    private record Outcome(@Nullable Object answer, boolean replaced) {}

    /** The object's part in a call. */
    interface Body {
        /** Does nothing. */
        Body NOTHING = new Body() {
            @Override
            public @Nullable Object before() {
                return null;
            }

            @Override
            public @Nullable Object proceed() {
                return null;
            }

            @Override
            public @Nullable Object after(Completion completion) {
                return null;
            }
        };

        /** Runs {@code _before}; {@code null} when there is none or it lets the call go on. */
        @Nullable Object before() throws Throwable;

        /** Runs the method. */
        @Nullable Object proceed() throws Throwable;

        /** Runs {@code _after}; {@code null} when there is none or it keeps the answer. */
        @Nullable Object after(Completion completion) throws Throwable;
    }
}
