package dev.cloudobjects.transport;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as a test describes it. */
final class FakeRequest {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String method = "POST";
    private @Nullable String query;
    private String contextPath = "";
    private String servletPath = "";
    private @Nullable String pathInfo;
    private String remote = "192.0.2.1";
    private String scheme = "http";
    private byte[] body = new byte[0];
    private boolean lengthKnown = true;
    private int atOnce = Integer.MAX_VALUE;
    private Runnable beforeRead = () -> {};
    private @Nullable IOException failure;

    FakeRequest header(String name, String value) {
        headers.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
        return this;
    }

    FakeRequest method(String name) {
        method = name;
        return this;
    }

    /** The path of the servlet, and what is behind it. */
    FakeRequest path(String ofServlet, String behind) {
        servletPath = ofServlet;
        pathInfo = behind;
        return this;
    }

    /** The context root that the application is behind; none at the root of the server. */
    FakeRequest root(String ofApplication) {
        contextPath = ofApplication;
        return this;
    }

    FakeRequest query(String text) {
        query = text;
        return this;
    }

    FakeRequest from(String address) {
        remote = address;
        return this;
    }

    FakeRequest scheme(String name) {
        scheme = name;
        return this;
    }

    FakeRequest body(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Gives so many bytes of the body at a time, after doing something. */
    FakeRequest reading(int bytes, Runnable before) {
        atOnce = bytes;
        beforeRead = before;
        return this;
    }

    FakeRequest failing(IOException failure) {
        this.failure = failure;
        return this;
    }

    FakeRequest chunked() {
        lengthKnown = false;
        return this;
    }

    HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getContextPath" -> contextPath;
                    case "getServletPath" -> servletPath;
                    case "getPathInfo" -> pathInfo;
                    case "getRequestURI" -> contextPath + servletPath + (pathInfo == null ? "" : pathInfo);
                    case "getQueryString" -> query;
                    case "getRemoteAddr" -> remote;
                    case "getScheme" -> scheme;
                    case "getServerName" -> "here";
                    case "getServerPort" -> 9080;
                    case "getContentType" -> first("Content-Type");
                    case "getContentLengthLong" -> lengthKnown ? body.length : -1L;
                    case "getHeader" -> first((String) arguments[0]);
                    case "getHeaders" -> Collections.enumeration(
                            headers.getOrDefault((String) arguments[0], List.of()));
                    case "getAttribute" -> attribute((String) arguments[0]);
                    case "getInputStream" -> stream();
                    default -> throw new UnsupportedOperationException(called.getName());
                });
    }

    private @Nullable String attribute(String name) {
        return name.equals("jakarta.servlet.request.cipher_suite") && scheme.equals("https")
                ? "TLS_AES_128_GCM_SHA256"
                : null;
    }

    private @Nullable String first(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    private ServletInputStream stream() {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                beforeRead.run();
                if (failure != null) {
                    throw failure;
                }
                return bytes.read(into, from, Math.min(length, atOnce));
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
