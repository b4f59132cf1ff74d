package dev.cloudobjects.socket.jakarta;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A request that never makes a session. The container asks for one at each upgrade and would keep it, cookie and all,
 * until its timeout; nothing here uses sessions.
 */
final class SessionlessRequest extends HttpServletRequestWrapper {

    private static final InvocationHandler NOTHING = (proxy, method, arguments) -> switch (method.getName()) {
        case "getId" -> "none";
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> arguments != null && proxy == arguments[0];
        case "isNew" -> true;
        case "getMaxInactiveInterval" -> 0;
        case "getCreationTime", "getLastAccessedTime" -> 0L;
        default -> null;
    };

    private static final HttpSession NONE = (HttpSession) Proxy.newProxyInstance(
            SessionlessRequest.class.getClassLoader(), new Class<?>[] {HttpSession.class}, NOTHING);

    SessionlessRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return create ? NONE : null;
    }

    @Override
    public HttpSession getSession() {
        return NONE;
    }
}
