import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON objects of texts, numbers and booleans: all that the load generator and the results need. */
final class Json {

    private static final Pattern MEMBER =
            Pattern.compile("\"([^\"]+)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(true|false)|(-?[0-9.]+(?:[eE][-+]?[0-9]+)?))");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private Json() {}

    static Map<String, Object> read(String text) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Matcher member = MEMBER.matcher(text); member.find(); ) {
            Object value = member.group(2) != null
                    ? ESCAPE.matcher(member.group(2)).replaceAll(escape -> Matcher.quoteReplacement(plain(escape.group(1))))
                    : member.group(3) != null ? (Object) Boolean.valueOf(member.group(3)) : Double.valueOf(member.group(4));
            members.put(member.group(1), value);
        }
        return members;
    }

    private static String plain(String escaped) {
        return escaped.equals("n") ? "\n" : escaped;
    }

    static String write(Map<String, ?> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> json.append(json.length() > 1 ? "," : "").append(text(name)).append(':').append(value(value)));
        return json.append('}').toString();
    }

    private static String value(Object value) {
        return switch (value) {
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Number number when number.doubleValue() == Math.rint(number.doubleValue())
                    && Math.abs(number.doubleValue()) < 1e15 -> String.valueOf(number.longValue());
            case Number number -> String.format(Locale.ROOT, "%.4g", number.doubleValue()).contains("e")
                    ? String.valueOf(number.doubleValue())
                    : String.format(Locale.ROOT, "%.4f", number.doubleValue());
            case Boolean flag -> flag.toString();
            default -> text(value.toString());
        };
    }

    private static String text(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                default -> json.append(c < ' ' ? ' ' : c);
            }
        }
        return json.append('"').toString();
    }
}
