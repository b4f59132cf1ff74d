package dev.cloudobjects.filter;

import dev.cloudobjects.call.Call;
import dev.cloudobjects.objects.ObjectInstance;
import dev.cloudobjects.security.FakeUsers;
import dev.cloudobjects.session.Bench;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Chains without custom filters, for tests of what runs them. */
public final class Chains {

    private Chains() {}

    /** A chain that asks for an instance of the object for each call that it admits. */
    public static FilterChain of(FakeUsers users, Function<Call, ObjectInstance> instances) {
        return new FilterChain(
                List.of(),
                new AccessCheck(users),
                Bench.JSON,
                call -> null,
                call -> new BeanPart(
                        call, Objects.requireNonNull(call.method().method()), instances.apply(call), Bench.JSON));
    }
}
