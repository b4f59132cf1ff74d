package dev.cloudobjects.it.client;

import jakarta.json.JsonString;
import java.util.List;

/** What the audit log of the server of the tests has: see the test object {@code it/pub.audit}. */
public final class AuditTrail {

    private AuditTrail() {}

    /** Begins to listen, if nobody has. */
    public static void listen() {
        lines("-", "-");
    }

    /** The lines with an id, such as {@code COBJ6001I}, and a part. */
    public static List<String> lines(String id, String part) {
        return Client.anonymous()
                .call("it/pub.audit.lines", "id", id, "part", part)
                .ok()
                .json()
                .getJsonArray("data")
                .getValuesAs(JsonString.class)
                .stream()
                .map(JsonString::getString)
                .toList();
    }
}
