package dev.cloudobjects.socket.jakarta;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A request without an HTTP session. The container would make one for each upgrade, with a cookie, and keep it until its timeout,
 * though nothing uses it.
 */
final class SessionlessRequest extends HttpServletRequestWrapper {

    private static final InvocationHandler EMPTY = (proxy, method, arguments) -> switch (method.getName()) {
        case "getId" -> "none";
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> arguments != null && proxy == arguments[0];
        case "isNew" -> true;
        case "getMaxInactiveInterval" -> 0;
        case "getCreationTime", "getLastAccessedTime" -> 0L;
        default -> null;
    };

    private static final HttpSession NO_SESSION = (HttpSession) Proxy.newProxyInstance(
            SessionlessRequest.class.getClassLoader(), new Class<?>[] {HttpSession.class}, EMPTY);

    SessionlessRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return create ? NO_SESSION : null;
    }

    @Override
    public HttpSession getSession() {
        return NO_SESSION;
    }
}
