import java.util.LinkedHashMap;
import java.util.Map;

/** One measurement: what was measured, and what came out. Round 0 warms up and does not count. */
record Row(String scenario, String server, int round, Map<String, Object> values) {

    static Row of(Map<String, Object> line) {
        Map<String, Object> values = new LinkedHashMap<>(line);
        String scenario = (String) values.remove("scenario");
        String server = (String) values.remove("server");
        return new Row(scenario, server, ((Number) values.remove("round")).intValue(), values);
    }

    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("scenario", scenario);
        line.put("server", server);
        line.put("round", round);
        line.putAll(values);
        return line;
    }

    /** A figure, or not a number if there is none. */
    double number(String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** What went wrong; empty if nothing did. */
    String problem() {
        return (String) values.getOrDefault("problem", "");
    }

    /** Whether its figures mean nothing, because the server fell silent or could not be measured at all. */
    boolean hung() {
        return values.get("hung") instanceof Boolean hung && hung;
    }
}
