package dev.cloudobjects.objects;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Completion;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.routing.Access;
import dev.cloudobjects.routing.AccessRule;
import dev.cloudobjects.routing.ObjectPath;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the model of a cloud object from its class, and refuses a class that breaks the rules. */
final class ObjectModelReader {

    private static final String BEFORE = "_before";
    private static final String AFTER = "_after";
    private static final String EVENTS =
            Stream.of(Event.values()).map(Event::methodName).collect(Collectors.joining(", "));
    private static final List<Class<? extends Annotation>> LIFECYCLE =
            List.of(PostConstruct.class, PreDestroy.class, Inject.class);

    private ObjectModelReader() {}

    /**
     * The model of a class.
     *
     * @throws IllegalArgumentException naming the class and the rule that it breaks
     */
    static ObjectModel read(Class<?> type) {
        CloudObject qualifier = type.getAnnotation(CloudObject.class);
        if (qualifier == null) {
            throw broken(type, "a cloud object is made by @CloudObject on the class itself, not by a producer");
        }
        ObjectPath path = path(type, qualifier);
        Map<String, ObjectMethod> callables = new LinkedHashMap<>();
        Map<Event, ObjectMethod> events = new EnumMap<>(Event.class);
        Hook before = null;
        Hook after = null;
        for (Method method : methods(type)) {
            String name = method.getName();
            Event event = Event.ofMethod(name).orElse(null);
            if (Event.isMistaken(name)) {
                throw broken(type, name + " is no event; those are " + EVENTS);
            }
            if (event != null) {
                Class<?> data = event.dataType();
                ObjectMethod known = events.put(event, reserved(type, path, method, data));
                once(type, known, name);
            } else if (name.equals(BEFORE)) {
                once(type, before, name);
                before = hook(type, method, null);
            } else if (name.equals(AFTER)) {
                once(type, after, name);
                after = hook(type, method, Completion.class);
            } else if (isCallable(method)) {
                once(type, callables.put(name, callable(type, path, method)), name);
            }
        }
        for (Event event : Event.values()) {
            events.computeIfAbsent(event, missing -> unhandled(type, path, missing));
        }
        return new ObjectModel(path.value(), type, callables, events, before, after);
    }

    private static ObjectPath path(Class<?> type, CloudObject qualifier) {
        try {
            return new ObjectPath(qualifier.value());
        } catch (IllegalArgumentException e) {
            throw broken(type, e.getMessage());
        }
    }

    /**
     * The methods of the class and its superclasses that may be events, hooks or callable. Of an overridden method only the
     * overriding one counts: a method that a lifecycle method overrides is none of these.
     */
    private static List<Method> methods(Class<?> type) {
        Map<String, Method> found = new LinkedHashMap<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            Method[] declared = at.getDeclaredMethods();
            Stream.of(declared)
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .filter(method -> !method.isSynthetic() || overridesInOtherTypes(method, declared))
                    .sorted((a, b) -> a.toGenericString().compareTo(b.toGenericString()))
                    .forEach(method -> found.putIfAbsent(signature(method), method));
        }
        return found.values().stream()
                .filter(method -> !method.isSynthetic())
                .filter(method -> LIFECYCLE.stream().noneMatch(method::isAnnotationPresent))
                .toList();
    }

    /** Whether a bridge calls a method with narrower parameters, and overrides the inherited method of its own types. */
    private static boolean overridesInOtherTypes(Method bridge, Method[] declared) {
        return bridge.isBridge()
                && Stream.of(declared).anyMatch(method -> !method.isSynthetic()
                        && method.getName().equals(bridge.getName())
                        && method.getParameterCount() == bridge.getParameterCount()
                        && !Arrays.equals(method.getParameterTypes(), bridge.getParameterTypes()));
    }

    private static String signature(Method method) {
        StringBuilder text = new StringBuilder(method.getName());
        for (Class<?> parameter : method.getParameterTypes()) {
            text.append(',').append(parameter.getName());
        }
        return text.toString();
    }

    private static boolean isCallable(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !AccessRule.isPrivate(method.getName())
                && !overridesObject(method)
                && Stream.of(method.getParameterAnnotations())
                        .flatMap(Stream::of)
                        .noneMatch(mark -> mark.annotationType().getName().startsWith("jakarta.enterprise."));
    }

    private static boolean overridesObject(Method method) {
        try {
            Object.class.getMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static ObjectMethod callable(Class<?> type, ObjectPath path, Method method) {
        if (method.getParameterCount() > 1) {
            throw broken(
                    type,
                    "the callable method " + method.getName()
                            + " takes more than one parameter: let it take one record of them, or make it private");
        }
        return model(type, path, method, true);
    }

    private static ObjectMethod reserved(Class<?> type, ObjectPath path, Method method, @Nullable Class<?> data) {
        if (!Modifier.isPublic(method.getModifiers())) {
            throw broken(type, method.getName() + " must be public");
        }
        checkParameter(type, method, data);
        return model(type, path, method, data == null);
    }

    /** A hook of any visibility. */
    private static Hook hook(Class<?> type, Method method, @Nullable Class<?> data) {
        if (data == null && method.getParameterCount() > 0) {
            throw broken(type, method.getName() + " must take no parameter");
        }
        checkParameter(type, method, data);
        return Hook.of(method);
    }

    private static void checkParameter(Class<?> type, Method method, @Nullable Class<?> data) {
        if (method.getParameterCount() > 1) {
            throw broken(type, method.getName() + " must take no or one parameter, not " + method.getParameterCount());
        }
        if (data != null
                && method.getParameterCount() == 1
                && !method.getParameterTypes()[0].isAssignableFrom(data)) {
            throw broken(
                    type,
                    method.getName() + " must take a " + data.getSimpleName() + ", not a "
                            + method.getParameterTypes()[0].getSimpleName());
        }
    }

    private static ObjectMethod model(Class<?> type, ObjectPath path, Method method, boolean bound) {
        Type parameter = method.getParameterCount() == 0 ? null : method.getGenericParameterTypes()[0];
        if (parameter != null && bound) {
            JsonMapper.findBindingProblem(parameter).ifPresent(problem -> {
                throw broken(type, method.getName() + ": " + problem);
            });
        }
        method.setAccessible(true);
        AccessRule rule = AccessRule.decide(path, method.getName(), declared(type, method), declared(type, type));
        return new ObjectMethod(method.getName(), method, parameter, rule);
    }

    private static ObjectMethod unhandled(Class<?> type, ObjectPath path, Event event) {
        AccessRule rule = AccessRule.decide(path, event.methodName(), null, declared(type, type));
        return new ObjectMethod(event.methodName(), null, null, rule);
    }

    private static @Nullable Access declared(Class<?> type, AnnotatedElement element) {
        try {
            return DeclaredAccess.on(element);
        } catch (IllegalArgumentException e) {
            throw broken(type, e.getMessage());
        }
    }

    private static void once(Class<?> type, @Nullable Object known, String name) {
        if (known != null) {
            throw broken(type, "there are two methods " + name + ": a client could not tell them apart");
        }
    }

    private static IllegalArgumentException broken(Class<?> type, @Nullable String rule) {
        return new IllegalArgumentException("cloud object " + type.getName() + ": " + rule);
    }
}
