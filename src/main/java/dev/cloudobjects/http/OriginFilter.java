package dev.cloudobjects.http;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.call.RequestIds;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.log.Log;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refuses pages of other origins than the server's own and the configured ones, for HTTP and WebSocket alike (CORS). */
@WebFilter(value = {"/http/*", "/connect/*", "/ws/*"}, asyncSupported = true)
public class OriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String ALLOWED_HEADERS = "Content-Type, Authorization, uni-id-token, vk-appid, vk-platform, "
            + "vk-locale, vk-device-id, vk-os, vk-app-version";
    private static final String PREFLIGHT_SECONDS = "600";

    @Inject
    transient Requests requests;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestHead head = RequestHead.of(request);
        String origin = head.header("Origin");
        response.addHeader("Vary", "Origin");
        if (!requests.originAllowed(head)) {
            String requestId = RequestIds.next();
            Log.REQUEST_REFUSED.logFrom(
                    requests.address(head),
                    request.getMethod(),
                    request.getRequestURI(),
                    Code.DENIED.value(),
                    "its origin " + origin + " is neither the server's own nor in " + Keys.ORIGINS.name(),
                    requestId);
            Responses.fail(response, Code.DENIED.value(), "this origin may not call here", requestId);
            return;
        }
        if (origin != null) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", "Retry-After");
        }
        if ("OPTIONS".equals(request.getMethod()) && request.getHeader("Access-Control-Request-Method") != null) {
            response.setHeader("Access-Control-Allow-Methods", "POST");
            response.setHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS);
            response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        chain.doFilter(request, response);
    }
}
