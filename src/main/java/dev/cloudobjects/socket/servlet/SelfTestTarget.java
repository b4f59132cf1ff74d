package dev.cloudobjects.socket.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;

/**
 * An address of this server without TLS, for a self-test.
 *
 * @param host the value for the header {@code Host}
 * @param contextPath of the application
 */
public record SelfTestTarget(InetSocketAddress address, String host, String contextPath) {

    /** The address that a request was sent to. */
    public static SelfTestTarget of(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return new SelfTestTarget(
                new InetSocketAddress(request.getLocalAddr(), request.getLocalPort()),
                host == null ? "localhost" : host,
                request.getContextPath());
    }
}
