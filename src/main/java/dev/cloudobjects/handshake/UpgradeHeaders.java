package dev.cloudobjects.handshake;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.http.Refused;
import dev.cloudobjects.http.RequestHead;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The headers of a WebSocket handshake (RFC 6455, section 4.2.1). */
final class UpgradeHeaders {

    /** The version of WebSocket. */
    static final String VERSION = "13";

    private static final String KEY = "Sec-WebSocket-Key";
    private static final int KEY_BYTES = 16;

    /** The length of a key in base64, padding included. */
    private static final int KEY_LETTERS = 24;

    private UpgradeHeaders() {}

    /** Checks a handshake. @throws Refused with code 426 when it is no WebSocket handshake of version 13, with 400 when it is malformed */
    static void check(RequestHead request) {
        if (!"GET".equals(request.method()) || !lists(request, "Upgrade", "websocket")) {
            throw new Refused(Code.UPGRADE_REQUIRED, Code.UPGRADE_REQUIRED.message());
        }
        if ("HTTP/1.0".equals(request.protocol())) {
            throw malformed("a WebSocket handshake needs HTTP/1.1");
        }
        if (only(request, "Host").isEmpty()) {
            throw malformed("Host has to be there once");
        }
        // The bytes of a body would be read as frames.
        if (request.contentLength() > 0 || request.header("Transfer-Encoding") != null) {
            throw malformed("a WebSocket handshake has no body");
        }
        if (!lists(request, "Connection", "upgrade")) {
            throw malformed("Connection has to name Upgrade");
        }
        if (!VERSION.equals(only(request, "Sec-WebSocket-Version"))) {
            throw new Refused(Code.UPGRADE_REQUIRED, "the version of WebSocket has to be " + VERSION);
        }
        if (!isKey(key(request))) {
            throw malformed("Sec-WebSocket-Key has to be 16 bytes in base64, once");
        }
    }

    private static Refused malformed(String msg) {
        return new Refused(Code.BAD_REQUEST, msg);
    }

    /** The key of a handshake; empty when there is none, or more than one. */
    static String key(RequestHead request) {
        return only(request, KEY);
    }

    /** The value of a header, without blanks around it; empty when the header is absent or repeated. */
    private static String only(RequestHead request, String header) {
        List<String> all = request.headers(header);
        return all.size() == 1 ? all.get(0).strip() : "";
    }

    /** The subprotocols that the client offers. */
    static List<String> subprotocols(RequestHead request) {
        return tokens(request, "Sec-WebSocket-Protocol");
    }

    private static boolean lists(RequestHead request, String header, String token) {
        return tokens(request, header).stream().anyMatch(token::equalsIgnoreCase);
    }

    /** The elements of a header that is a list, and may be repeated. */
    private static List<String> tokens(RequestHead request, String header) {
        List<String> all = new ArrayList<>();
        for (String list : request.headers(header)) {
            for (String token : list.split(",")) {
                all.add(token.strip());
            }
        }
        return all;
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == KEY_LETTERS && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
