package dev.cloudobjects.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request, whoever has read it: the servlet container, or the application's own listener. What is decided by a
 * head alone is decided in the same way for both.
 */
public interface RequestHead {

    /** The head of a request to a servlet. */
    static RequestHead of(HttpServletRequest request) {
        return new ServletHead(request);
    }

    /** Such as {@code GET}. */
    String method();

    /** Such as {@code HTTP/1.1}. */
    String protocol();

    /** What is behind the question mark, as the client wrote it; {@code null} without one. */
    @Nullable String query();

    /** The values of a header, one for each line that has it. @param name in any case */
    List<String> headers(String name);

    /** The first value of a header; {@code null} when it is absent. */
    default @Nullable String header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? null : all.get(0);
    }

    /** The number of bytes in the body; -1 when the head does not say it. */
    long contentLength();

    /** The IP address of whoever sent the request, which may be a proxy. */
    String remoteAddress();

    /** {@code http} or {@code https}, or {@code ws} or {@code wss} with the same meaning. */
    String scheme();

    /** The name or address that the request came to, with its port. */
    String server();

    /** The path of the application on its server: empty, or with a slash at its beginning only. */
    String contextPath();

    /** The path behind that of the servlet, as the server understands it; empty, or with a slash at its beginning. */
    String path();

    /** Whether {@link #path} is exactly what the client wrote. */
    boolean isPlain();
}
