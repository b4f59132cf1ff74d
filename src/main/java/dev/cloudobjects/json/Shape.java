package dev.cloudobjects.json;

import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Java type as data must fit it: its class, what its type variables stand for, and the members of its JSON object.
 *
 * @param type the type, neither a type variable nor a wildcard
 * @param variables what the variables in it stand for
 */
public record Shape(Type type, Map<TypeVariable<?>, Type> variables) {

    /** Annotations under which only JSON-B itself knows what JSON fits. */
    private static final List<Class<? extends Annotation>> OWN_RULES = List.of(
            JsonbTypeAdapter.class,
            JsonbTypeDeserializer.class,
            JsonbTypeInfo.class,
            JsonbDateFormat.class,
            JsonbNumberFormat.class);

    // Held by the classes themselves, so that an undeployed application is not kept in memory.
    private static final ClassValue<Map<String, Type>> MEMBERS = new ClassValue<>() {
        @Override
        protected Map<String, Type> computeValue(Class<?> type) {
            return membersOf(type);
        }
    };

    /** The shape of a type that stands for itself. */
    public static Shape of(Type type) {
        return of(type, Map.of());
    }

    private static Shape of(Type type, Map<TypeVariable<?>, Type> variables) {
        Type known = type;
        // A bound may name another variable, but never itself in a circle.
        while (!(known instanceof Class || known instanceof ParameterizedType)) {
            if (known instanceof TypeVariable<?> variable) {
                known = variables.containsKey(variable) ? variables.get(variable) : variable.getBounds()[0];
            } else if (known instanceof WildcardType wildcard) {
                known = wildcard.getUpperBounds()[0];
            } else {
                break;
            }
        }
        return new Shape(known, variables);
    }

    /** The class behind the type; {@code Object[]} for an array of a generic type. */
    public Class<?> raw() {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object[].class;
    }

    /** The type argument at an index; {@code Object} for a raw type. */
    public Shape argument(int index) {
        if (type instanceof ParameterizedType generic && index < generic.getActualTypeArguments().length) {
            return of(generic.getActualTypeArguments()[index], variables);
        }
        return of(Object.class);
    }

    /** The type of another type that stands in this one, for example that of an array's elements. */
    public Shape inner(Type inner) {
        return of(inner, variables);
    }

    /** Whether it is a record or a bean: an object with members of its own. */
    public boolean hasMembers() {
        Class<?> raw = raw();
        return !(raw.isPrimitive()
                || raw.isArray()
                || raw.isEnum()
                || raw.isInterface()
                || raw.getName().startsWith("java.")
                || CharSequence.class.isAssignableFrom(raw)
                || Collection.class.isAssignableFrom(raw)
                || Map.class.isAssignableFrom(raw)
                || hasOwnRules());
    }

    /** Whether the class says by an annotation how it is read. */
    public boolean hasOwnRules() {
        return hasOwnRules(raw());
    }

    /** The types of a record's components or a bean's fields, by their names in JSON; of those that can be checked. */
    public Map<String, Shape> members() {
        Map<TypeVariable<?>, Type> inside = variables;
        if (type instanceof ParameterizedType generic) {
            inside = new HashMap<>(variables);
            TypeVariable<?>[] parameters = raw().getTypeParameters();
            for (int i = 0; i < parameters.length; i++) {
                // As a shape first: an argument may itself be a variable of where this type stands.
                inside.put(parameters[i], argument(i).type);
            }
        }
        Map<String, Shape> members = new LinkedHashMap<>();
        for (Map.Entry<String, Type> member : MEMBERS.get(raw()).entrySet()) {
            members.put(member.getKey(), of(member.getValue(), inside));
        }
        return members;
    }

    private static Map<String, Type> membersOf(Class<?> type) {
        Map<String, Type> members = new LinkedHashMap<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                boolean property = !Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && !field.isSynthetic()
                        && !field.isAnnotationPresent(JsonbTransient.class)
                        && !hasOwnRules(field);
                if (property) {
                    JsonbProperty renamed = field.getAnnotation(JsonbProperty.class);
                    String name = renamed == null || renamed.value().isEmpty() ? field.getName() : renamed.value();
                    members.putIfAbsent(name, field.getGenericType());
                }
            }
        }
        return members;
    }

    private static boolean hasOwnRules(AnnotatedElement element) {
        return OWN_RULES.stream().anyMatch(element::isAnnotationPresent);
    }
}
