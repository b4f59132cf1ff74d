package dev.cloudobjects.http;

import dev.cloudobjects.api.CallInfo.HttpInfo;
import dev.cloudobjects.api.Source;
import dev.cloudobjects.dispatch.Functions;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.manage.SignedURLs;
import dev.cloudobjects.security.Caller;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@code POST /http/router/<path>.<method>}: calls a method of a cloud object. */
@WebServlet(value = "/http/router/*", asyncSupported = true)
public class RouterServlet extends PostServlet {
    private static final long serialVersionUID = 1L;

    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "cookie", "uni-id-token");

    @Inject
    transient Functions functions;

    @Override
    protected PostHandler handler(HttpServletRequest request) {
        RequestHead head = RequestHead.of(request);
        String url = Requests.path(head);
        String method = functions.method(url);
        HttpInfo info = info(request);
        String baseUrl = requests.baseUrl(head);
        return new PostHandler() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public boolean needsBody(Caller caller) {
                return !functions.lacksLogin(url, caller);
            }

            @Override
            public void run(Caller caller, Bodies.Expected expected, byte[] body, Consumer<JsonObject> answers) {
                Payload params = bodies.params(expected, body);
                Source source = caller.client().platform() == null ? Source.HTTP : Source.CLIENT;
                functions.call(new Functions.Request(url, source, caller, params, info, baseUrl), answers);
            }
        };
    }

    private HttpInfo info(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!SECRET_HEADERS.contains(lower)) {
                headers.put(lower, Collections.list(request.getHeaders(name)));
            }
        }
        Map<String, List<String>> query = new LinkedHashMap<>(bodies.query(RequestHead.of(request)));
        query.keySet().removeIf(name -> name.equals(SignedURLs.TICKET) || SECRET_HEADERS.contains(name));
        return new HttpInfo(request.getMethod(), request.getRequestURI(), query, headers);
    }
}
