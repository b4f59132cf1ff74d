package dev.cloudobjects.transport;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Part;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.observe.Meters;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.JsonMapper;
import dev.cloudobjects.protocol.MalformedMessage;
import dev.cloudobjects.protocol.Payload;
import dev.cloudobjects.session.NanoClock;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a POST brings: JSON or a form, and the query behind it. */
@Part
class Bodies {

    private static final int CHUNK = 8192;

    private final int maxBytes;
    private final int maxParameters;
    private final Duration timeout;
    private final NanoClock clock;
    private final JsonMapper json;
    private final Meters meters;

    @Inject
    Bodies(Settings settings, NanoClock clock, JsonMapper json, Meters meters) {
        this.maxBytes = settings.get(Keys.HTTP_MAX_BODY);
        this.maxParameters = settings.get(Keys.JSON_MAX_KEYS);
        this.timeout = settings.get(Keys.HTTP_BODY_TIMEOUT);
        this.clock = clock;
        this.json = json;
        this.meters = meters;
    }

    /** The body, which must be a JSON object or a form. */
    JsonObject object(HttpServletRequest request) throws IOException {
        if (json.tree(params(request)) instanceof JsonObject object) {
            return object;
        }
        throw new Refused(Code.BAD_REQUEST, "the body must be a JSON object");
    }

    /**
     * The parameters of a call: the query and the body, which wins.
     *
     * @throws Refused with code 400, 405, 408, 413 or 415
     */
    Payload.Json params(HttpServletRequest request) throws IOException {
        if (!"POST".equals(request.getMethod())) {
            throw new Refused(Code.METHOD_NOT_ALLOWED, "use POST here, not " + request.getMethod());
        }
        byte[] body = read(request);
        Map<String, List<String>> query = counted(request.getQueryString());
        String type = type(request.getContentType());
        if (body.length == 0) {
            return query.isEmpty() ? Payload.NULL : limited(merged(query, JsonValue.EMPTY_JSON_OBJECT));
        }
        Payload.Json sent = switch (type) {
            case "application/json" -> parse(body);
            case "application/x-www-form-urlencoded" -> form(new String(body, StandardCharsets.UTF_8));
            default -> throw new Refused(
                    Code.UNSUPPORTED_MEDIA_TYPE,
                    "content type '" + type + "' is not supported: send application/json or a form");
        };
        return !query.isEmpty() && json.tree(sent) instanceof JsonObject object
                ? limited(merged(query, object))
                : sent;
    }

    /** Command lines send JSON as a form when no type is given; to read it as one would only puzzle. */
    private Payload.Json form(String body) {
        if (body.startsWith("{")) {
            throw new Refused(
                    Code.UNSUPPORTED_MEDIA_TYPE, "this form looks like JSON: send it with Content-Type: application/json");
        }
        return limited(merged(counted(body), JsonValue.EMPTY_JSON_OBJECT));
    }

    /** The parameters of a text of the client's, counted first: each takes far more room than its text. */
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

    /** Parameters as JSON, each a text or a list of texts, with what an object says put over them. */
    static JsonObject merged(Map<String, List<String>> parameters, JsonObject over) {
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

    /** Many parameters are as many keys. */
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

    private byte[] read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        long end = clock.nanos() + timeout.toNanos();
        InputStream in = request.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        // By hand, because one byte now and then would keep the thread for as long as the client likes.
        for (int count = read(in, chunk); count >= 0; count = read(in, chunk)) {
            body.write(chunk, 0, count);
            if (body.size() > maxBytes) {
                throw tooLarge();
            }
            if (clock.nanos() > end) {
                throw tooSlow();
            }
        }
        return body.toByteArray();
    }

    private int read(InputStream in, byte[] into) throws IOException {
        try {
            return in.read(into);
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        }
    }

    private Refused tooSlow() {
        meters.count(Meter.HTTP_BODIES_UNFINISHED);
        return new Refused(Code.REQUEST_TIMEOUT, Code.REQUEST_TIMEOUT.message());
    }

    private Refused tooLarge() {
        meters.count(Meter.HTTP_BODIES_TOO_LARGE);
        return new Refused(Code.TOO_LARGE, "the body is larger than " + maxBytes + " bytes");
    }

    /** The media type without its parameters; a body of no type is taken for JSON. */
    private static String type(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return "application/json";
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
