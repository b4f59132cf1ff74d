package dev.cloudobjects.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of a request that the servlet container has read. */
record ServletHead(HttpServletRequest request) implements RequestHead {

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String protocol() {
        return request.getProtocol();
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public long contentLength() {
        return request.getContentLengthLong();
    }

    @Override
    public String remoteAddress() {
        return request.getRemoteAddr();
    }

    @Override
    public String scheme() {
        return request.getScheme();
    }

    @Override
    public String server() {
        return request.getServerName() + ":" + request.getServerPort();
    }

    @Override
    public String contextPath() {
        return request.getContextPath();
    }

    @Override
    public String path() {
        return request.getPathInfo() == null ? "" : request.getPathInfo();
    }

    /** The container decodes escapes, and normalizes {@code ..}, {@code //} and {@code ;}. */
    @Override
    public boolean isPlain() {
        return request.getRequestURI().equals(request.getContextPath() + request.getServletPath() + path());
    }
}
