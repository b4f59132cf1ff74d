package dev.cloudobjects.http;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.config.UnproxiedSingleton;
import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses the body of a POST, which is JSON or a form, and the query of its url. */
@UnproxiedSingleton
public class Bodies {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final int maxBytes;
    private final int maxParameters;
    private final JsonMapper json;
    private final Meters meters;

    @Inject
    Bodies(Settings settings, JsonMapper json, Meters meters) {
        this.maxBytes = settings.get(Keys.HTTP_MAX_BODY);
        this.maxParameters = settings.get(Keys.JSON_MAX_KEYS);
        this.json = json;
        this.meters = meters;
    }

    /**
     * What the headers and the url of a request say about its body.
     *
     * @param type the media type without its parameters; a body of no type is taken for JSON
     * @param query the query of the address
     * @param length in bytes; -1 when the request does not say it
     */
    public record Expected(String type, @Nullable String query, long length) {

        /** Whether there is no body. */
        boolean isEmpty() {
            return length == 0;
        }
    }

    /**
     * Checks what can be checked before the body is read.
     *
     * @throws Refused with code 405, 413 or 415
     */
    Expected expect(HttpServletRequest request) {
        if (!"POST".equals(request.getMethod())) {
            throw new Refused(Code.METHOD_NOT_ALLOWED, "use POST here, not " + request.getMethod());
        }
        long length = request.getContentLengthLong();
        if (length < 0 && request.getHeader("Transfer-Encoding") == null) {
            length = 0;
        }
        if (length > maxBytes) {
            throw tooLarge();
        }
        Expected expected = new Expected(type(request.getContentType()), request.getQueryString(), length);
        if (length > 0) {
            check(expected.type());
        }
        return expected;
    }

    /** The body, which must be a JSON object or a form. @throws Refused with code 400 or 415 */
    public JsonObject object(Expected expected, byte[] body) {
        if (json.tree(params(expected, body)) instanceof JsonObject object) {
            return object;
        }
        throw new Refused(Code.BAD_REQUEST, "the body must be a JSON object");
    }

    /**
     * The parameters of a call: those of the query and of the body. Where both have a name, the body counts.
     *
     * @throws Refused with code 400 or 415
     */
    Payload.Json params(Expected expected, byte[] body) {
        Map<String, List<String>> query = counted(expected.query());
        if (body.length == 0) {
            return query.isEmpty() ? Payload.NULL : limited(merged(query, JsonValue.EMPTY_JSON_OBJECT));
        }
        check(expected.type());
        Payload.Json sent = expected.type().equals(FORM) ? form(new String(body, StandardCharsets.UTF_8)) : parse(body);
        return !query.isEmpty() && json.tree(sent) instanceof JsonObject object
                ? limited(merged(query, object))
                : sent;
    }

    private static void check(String type) {
        if (!type.equals(JSON) && !type.equals(FORM)) {
            throw new Refused(
                    Code.UNSUPPORTED_MEDIA_TYPE,
                    "content type '" + type + "' is not supported: send application/json or a form");
        }
    }

    /** curl sends JSON with the type of a form, unless told otherwise. Parsing that as a form would give a confusing error. */
    private Payload.Json form(String body) {
        if (body.startsWith("{")) {
            throw new Refused(
                    Code.UNSUPPORTED_MEDIA_TYPE, "this form looks like JSON: send it with Content-Type: application/json");
        }
        return limited(merged(counted(body), JsonValue.EMPTY_JSON_OBJECT));
    }

    /** The parameters of a request's query. @throws Refused with code 400 when there are too many */
    public Map<String, List<String>> query(RequestHead request) {
        return counted(request.query());
    }

    /** Parses parameters, after counting them: a parameter needs much more memory than its text. */
    private Map<String, List<String>> counted(@Nullable String text) {
        if (text != null && text.chars().filter(c -> c == '&').count() >= maxParameters) {
            throw new Refused(Code.BAD_REQUEST, "there are more than " + maxParameters + " parameters");
        }
        return parameters(text);
    }

    /** The parameters in a query or a form, in order. */
    static Map<String, List<String>> parameters(@Nullable String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return parameters;
        }
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                parameters
                        .computeIfAbsent(name, first -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** Parameters as JSON, each a string or an array of strings. The members of {@code over} replace those of the same name. */
    public static JsonObject merged(Map<String, List<String>> parameters, JsonObject over) {
        JsonObjectBuilder merged = Json.createObjectBuilder();
        parameters.forEach((name, values) -> {
            if (values.size() == 1) {
                merged.add(name, values.get(0));
            } else {
                JsonArrayBuilder list = Json.createArrayBuilder();
                values.forEach(list::add);
                merged.add(name, list);
            }
        });
        over.forEach(merged::add);
        return merged.build();
    }

    /** Applies the limits of JSON, such as the number of keys, to parameters. */
    private Payload.Json limited(JsonObject merged) {
        return parse(json.write(merged).text().getBytes(StandardCharsets.UTF_8));
    }

    private Payload.Json parse(byte[] body) {
        try {
            return json.parse(body);
        } catch (MalformedMessage e) {
            throw new Refused(e.code(), e.getMessage());
        }
    }

    /** The largest body, in bytes. */
    int maxBytes() {
        return maxBytes;
    }

    /** The refusal of a body that is too large, counted. */
    Refused tooLarge() {
        meters.count(Meter.HTTP_BODIES_TOO_LARGE);
        return new Refused(Code.TOO_LARGE, "the body is larger than " + maxBytes + " bytes");
    }

    /** The media type without its parameters; a body of no type is taken for JSON. */
    private static String type(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return JSON;
        }
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(Code.BAD_REQUEST, "the query or form is not correctly percent-encoded");
        }
    }
}
