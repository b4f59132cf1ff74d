package dev.cloudobjects.transport;

import dev.cloudobjects.api.Code;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a WebSocket handshake says in its headers (RFC 6455, section 4.2.1). */
final class UpgradeHeaders {

    /** The version of WebSocket. */
    static final String VERSION = "13";

    private static final int KEY_BYTES = 16;

    private UpgradeHeaders() {}

    /** Checks a handshake. @throws Refused with code 426 when it asks for something else, with 400 when it does so badly */
    static void check(HttpServletRequest request) {
        if (!"GET".equals(request.getMethod()) || !names(request, "Upgrade", "websocket")) {
            throw new Refused(Code.UPGRADE_REQUIRED, Code.UPGRADE_REQUIRED.message());
        }
        if (!names(request, "Connection", "upgrade")) {
            throw new Refused(Code.BAD_REQUEST, "Connection has to name Upgrade");
        }
        if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            throw new Refused(Code.UPGRADE_REQUIRED, "the version of WebSocket has to be " + VERSION);
        }
        if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
            throw new Refused(Code.BAD_REQUEST, "Sec-WebSocket-Key has to be 16 bytes in base64");
        }
    }

    /** The subprotocols that the client offers. */
    static List<String> subprotocols(HttpServletRequest request) {
        return tokens(request, "Sec-WebSocket-Protocol");
    }

    private static boolean names(HttpServletRequest request, String header, String token) {
        return tokens(request, header).stream().anyMatch(token::equalsIgnoreCase);
    }

    /** What a header lists, which may come as several headers. */
    private static List<String> tokens(HttpServletRequest request, String header) {
        List<String> all = new ArrayList<>();
        for (String list : Collections.list(request.getHeaders(header))) {
            for (String token : list.split(",")) {
                all.add(token.strip());
            }
        }
        return all;
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
