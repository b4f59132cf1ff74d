package dev.cloudobjects.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as a test describes it. */
public final class FakeRequest {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String method = "POST";
    private String protocol = "HTTP/1.1";
    private @Nullable String query;
    private String contextPath = "";
    private String servletPath = "";
    private @Nullable String pathInfo;
    private String remote = "192.0.2.1";
    private String scheme = "http";
    private InetSocketAddress local = new InetSocketAddress("127.0.0.1", 9080);
    private byte[] body = new byte[0];
    private boolean lengthKnown = true;
    private final FakeStream stream = new FakeStream();
    private boolean asyncSupported = true;
    private boolean async;
    private int completed;

    public FakeRequest header(String name, String value) {
        headers.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
        return this;
    }

    public FakeRequest method(String name) {
        method = name;
        return this;
    }

    public FakeRequest protocol(String version) {
        protocol = version;
        return this;
    }

    /** The path of the servlet, and what is behind it. */
    public FakeRequest path(String ofServlet, String behind) {
        servletPath = ofServlet;
        pathInfo = behind;
        return this;
    }

    /** The context root that the application is behind; none at the root of the server. */
    public FakeRequest root(String ofApplication) {
        contextPath = ofApplication;
        return this;
    }

    public FakeRequest query(String text) {
        query = text;
        return this;
    }

    public FakeRequest from(String address) {
        remote = address;
        return this;
    }

    /** The endpoint that it came to. */
    public FakeRequest to(InetSocketAddress address) {
        local = address;
        return this;
    }

    public FakeRequest scheme(String name) {
        scheme = name;
        return this;
    }

    public FakeRequest body(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    public byte[] body() {
        return body;
    }

    public FakeRequest chunked() {
        lengthKnown = false;
        return header("Transfer-Encoding", "chunked");
    }

    /** Its head only. */
    public RequestHead head() {
        return RequestHead.of(request());
    }

    public HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getProtocol" -> protocol;
                    case "getContextPath" -> contextPath;
                    case "getServletPath" -> servletPath;
                    case "getPathInfo" -> pathInfo;
                    case "getRequestURI" -> contextPath + servletPath + (pathInfo == null ? "" : pathInfo);
                    case "getQueryString" -> query;
                    case "getRemoteAddr" -> remote;
                    case "getScheme" -> scheme;
                    case "getServerName" -> "here";
                    case "getServerPort" -> 9080;
                    case "getLocalAddr" -> local.getAddress().getHostAddress();
                    case "getLocalPort" -> local.getPort();
                    case "upgrade" -> ((Class<?>) arguments[0]).getConstructor().newInstance();
                    case "getContentType" -> first("Content-Type");
                    case "getContentLengthLong" -> lengthKnown ? body.length : -1L;
                    case "getHeader" -> first((String) arguments[0]);
                    case "getHeaders" -> Collections.enumeration(
                            headers.getOrDefault((String) arguments[0], List.of()));
                    case "getAttribute" -> attribute((String) arguments[0]);
                    case "getInputStream" -> stream;
                    case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                    case "isAsyncSupported" -> asyncSupported;
                    case "isAsyncStarted" -> async;
                    case "startAsync" -> async();
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

    /** The body as it comes, when a test says so. */
    public FakeStream stream() {
        return stream;
    }

    /** A filter of the application does not support asynchronous requests. */
    public FakeRequest synchronous() {
        asyncSupported = false;
        return this;
    }

    /** Whether the container's thread was let go. */
    public boolean isAsync() {
        return async;
    }

    /** How often it was ended. */
    public int completed() {
        return completed;
    }

    private AsyncContext async() {
        async = true;
        return (AsyncContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("complete")) {
                        completed++;
                    }
                    return null;
                });
    }
}
