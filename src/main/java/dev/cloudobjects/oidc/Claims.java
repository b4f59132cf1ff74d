package dev.cloudobjects.oidc;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds claims by name or by path: names of nested objects, separated by dots. */
final class Claims {

    private static final int LONGEST_TEXT = 255;
    private static final int MOST_ROLES = 200;

    private Claims() {}

    /** The claim with a name or at a path. */
    static Optional<Object> find(Map<String, Object> claims, String path) {
        // The name first: names may contain dots, such as those that are URLs.
        if (claims.containsKey(path)) {
            return Optional.ofNullable(claims.get(path));
        }
        Object at = claims;
        for (String name : path.split("\\.")) {
            if (!(at instanceof Map<?, ?> object) || object.get(name) == null) {
                return Optional.empty();
            }
            at = object.get(name);
        }
        return Optional.of(at);
    }

    /** A claim that is a displayable text: not empty, not too long, without control characters. */
    static Optional<String> text(Map<String, Object> claims, String path) {
        return find(claims, path)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank()
                        && text.length() <= LONGEST_TEXT
                        && text.chars().noneMatch(Character::isISOControl));
    }

    /** A claim with a list of names: an array of texts, or a text with names separated by spaces. */
    static Set<String> names(Map<String, Object> claims, String path) {
        Object claim = find(claims, path).orElse(List.of());
        Collection<?> listed = claim instanceof String text
                ? List.of(text.strip().split("\\s+"))
                : claim instanceof Collection<?> list ? list : List.of();
        Set<String> names = new LinkedHashSet<>();
        for (Object name : listed) {
            if (name instanceof String text && !text.isEmpty() && text.length() <= LONGEST_TEXT && names.size() < MOST_ROLES) {
                names.add(text);
            }
        }
        return names;
    }
}
