package dev.cloudobjects.transport;

import dev.cloudobjects.api.CallInfo.HttpInfo;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.dispatch.Functions;
import dev.cloudobjects.protocol.Payload;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.session.SignedURLs;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code POST /http/router/<path>.<method>}: calls a method of a cloud object. */
@WebServlet("/http/router/*")
public class RouterServlet extends AnsweringServlet {
    private static final long serialVersionUID = 1L;

    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "cookie", "uni-id-token");

    @Inject
    transient Bodies bodies;

    @Inject
    transient Requests requests;

    @Inject
    transient Functions functions;

    @Override
    protected void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String url = Requests.path(request);
        Payload params = bodies.params(request);
        Caller caller = requests.caller(request);
        Source source = caller.client().platform() == null ? Source.HTTP : Source.CLIENT;
        Replies.write(
                response,
                functions.call(new Functions.Request(
                        url,
                        source,
                        caller,
                        params,
                        info(request),
                        requests.baseUrl(request))));
    }

    private static HttpInfo info(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!SECRET_HEADERS.contains(lower)) {
                headers.put(lower, Collections.list(request.getHeaders(name)));
            }
        }
        Map<String, List<String>> query = new LinkedHashMap<>(Bodies.parameters(request.getQueryString()));
        query.keySet().removeIf(name -> name.equals(SignedURLs.TICKET) || SECRET_HEADERS.contains(name));
        return new HttpInfo(request.getMethod(), request.getRequestURI(), query, headers);
    }
}
