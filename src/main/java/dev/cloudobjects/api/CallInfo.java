package dev.cloudobjects.api;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The call in progress. Inject it; every method throws {@link IllegalStateException} outside a call. */
public interface CallInfo {

    /** The object's path and the method, parted by a dot: {@code template/web-socket/web-socket.send}. */
    String url();

    /** The path of the object that was called. */
    String objectPath();

    /** The name of the method, the event's name included: {@code onWebsocketMessage}. */
    String methodName();

    /** The caller's data; bytes are shown in their tagged form, {@link JsonValue#NULL} stands for none. */
    JsonValue params();

    /** The id of this call, also in log lines and in the answer to a failed one. */
    String requestId();

    /** The HTTP request behind the call; empty for events and internal calls. */
    Optional<HttpInfo> httpInfo();

    /**
     * What the request line and the headers said.
     *
     * @param method the HTTP method
     * @param path the path of the request, without the query
     * @param query the query parameters, in order; the names of credentials are left out
     * @param headers the headers by lower-case name; {@code authorization}, {@code cookie} and {@code uni-id-token} are left out
     */
    record HttpInfo(String method, String path, Map<String, List<String>> query, Map<String, List<String>> headers) {}
}
