package dev.cloudobjects.socket.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;

/** An endpoint without TLS, and the application behind it. @param host as a client would write it into {@code Host} */
public record SelfTestTarget(InetSocketAddress address, String host, String contextPath) {

    /** Where a request came to. */
    public static SelfTestTarget of(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return new SelfTestTarget(
                new InetSocketAddress(request.getLocalAddr(), request.getLocalPort()),
                host == null ? "localhost" : host,
                request.getContextPath());
    }
}
