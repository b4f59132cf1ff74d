package dev.cloudobjects.json;

import jakarta.json.bind.annotation.JsonbCreator;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks through a type, and the types in it, for what JSON-B would stumble over at the first message. */
final class BindingProblem {

    private final Set<Type> seen = new HashSet<>();

    Optional<String> find(Shape shape) {
        return find(shape, true);
    }

    /** @param bound whether JSON is bound to it for sure; a bean may have fields that no setter fills */
    private Optional<String> find(Shape shape, boolean bound) {
        Type type = shape.type();
        if (!seen.add(type)) {
            return Optional.empty();
        }
        if (type instanceof GenericArrayType array) {
            return find(shape.inner(array.getGenericComponentType()), bound);
        }
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                Optional<String> problem = find(shape.inner(argument), bound);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        Class<?> raw = shape.raw();
        if (raw.isArray()) {
            return find(shape.inner(raw.getComponentType()), bound);
        }
        String name = raw.getName();
        boolean platform = raw.isPrimitive() || name.startsWith("java.") || name.startsWith("jakarta.");
        if (raw.isEnum() || shape.hasOwnRules()) {
            return Optional.empty();
        }
        if (platform || raw.isInterface()) {
            return !bound || BindableTypes.contains(raw)
                    ? Optional.empty()
                    : Optional.of("JSON can't be bound to " + raw.getName());
        }
        if (bound && Modifier.isAbstract(raw.getModifiers())) {
            return Optional.of("JSON can't be bound to " + raw.getName() + ", which is abstract");
        }
        return ownProblem(raw).or(() -> shape.members().values().stream()
                .map(member -> find(member, raw.isRecord()))
                .flatMap(Optional::stream)
                .findFirst());
    }

    private static Optional<String> ownProblem(Class<?> type) {
        if (!Modifier.isPublic(type.getModifiers())) {
            return Optional.of(type.getName() + " must be public, or JSON can't be bound to it");
        }
        Optional<String> variable = type.isRecord() ? variableComponent(type) : Optional.empty();
        if (variable.isPresent()) {
            return variable;
        }
        boolean creator = Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(constructor -> constructor.isAnnotationPresent(JsonbCreator.class))
                || Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(JsonbCreator.class));
        if (creator) {
            return Optional.empty();
        }
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (type.isRecord()) {
            return constructors.length == 1
                    ? Optional.empty()
                    : Optional.of(type.getName() + " has several constructors: mark one with @JsonbCreator");
        }
        boolean usable = Arrays.stream(constructors)
                .anyMatch(constructor -> constructor.getParameterCount() == 0
                        && !Modifier.isPrivate(constructor.getModifiers()));
        return usable || Modifier.isAbstract(type.getModifiers())
                ? Optional.empty()
                : Optional.of(type.getName() + " has no constructor without parameters and none with @JsonbCreator");
    }

    /** Yasson resolves {@code List<T>} in a record, but not {@code T}. */
    private static Optional<String> variableComponent(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> component.getGenericType() instanceof TypeVariable)
                .findFirst()
                .map(component -> record.getName() + ": JSON can't be bound to component '" + component.getName()
                        + "', whose type is a type variable");
    }
}
