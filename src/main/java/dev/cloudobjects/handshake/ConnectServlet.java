package dev.cloudobjects.handshake;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.http.Bodies;
import dev.cloudobjects.http.PostServlet;
import dev.cloudobjects.http.Refused;
import dev.cloudobjects.http.RequestHead;
import dev.cloudobjects.manage.SignedURLs;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Login;
import dev.cloudobjects.security.Ticket;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code POST /connect}: returns a url with a ticket to a caller who may connect, so that no url contains a token. */
@WebServlet(value = "/connect", asyncSupported = true)
public class ConnectServlet extends PostServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Admission admission;

    @Inject
    transient ConnectLimiter limiter;

    @Inject
    transient SignedURLs urls;

    @Inject
    transient InstantSource time;

    @Override
    protected PostHandler handler(HttpServletRequest request) {
        String baseUrl = requests.baseUrl(RequestHead.of(request));
        return new PostHandler() {
            @Override
            public String method() {
                return "/connect";
            }

            @Override
            public boolean needsBody(Caller caller) {
                limiter.check(caller);
                return true;
            }

            @Override
            public void run(Caller caller, Bodies.Expected expected, byte[] body, Consumer<JsonObject> answers) {
                answers.accept(answer(ticket(caller, bodies.object(expected, body)), baseUrl));
            }
        };
    }

    private JsonObject answer(Ticket ticket, String baseUrl) {
        JsonObjectBuilder answer = Json.createObjectBuilder()
                .add("code", Code.OK.value())
                .add("msg", "")
                .add("url", urls.address(ticket, baseUrl));
        Login login = ticket.login();
        if (login != null) {
            // A duration in ms, because the client's clock may be wrong.
            answer.add("tokenExpiresIn", login.left(time).toMillis());
        }
        return answer.build();
    }

    private Ticket ticket(Caller caller, JsonObject request) {
        String path = text(request, "url");
        if (path == null) {
            throw new Refused(Code.BAD_REQUEST, "url is missing: it names the cloud object to connect to");
        }
        ObjectModel object = admission.object(path);
        String protocol = text(request, "protocol");
        if (protocol != null && !protocol.equals(Dialect.V1.label())) {
            throw new Refused(Code.BAD_REQUEST, "protocol must be " + Dialect.V1.label() + " or absent");
        }
        boolean encrypt = encrypt(request);
        admission.check(object, caller);
        String channel = Admission.channel(text(request, "channel"));
        return new Ticket(path, channel, protocol, encrypt, null, caller.login(), caller.client());
    }

    /** Any other value than a boolean is refused. Read as {@code false}, it would leave out the encryption that was asked for. */
    private static boolean encrypt(JsonObject request) {
        JsonValue value = request.getOrDefault("encrypt", JsonValue.FALSE);
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE, NULL -> false;
            default -> throw new Refused(Code.BAD_REQUEST, "encrypt must be true or false");
        };
    }

    private static @Nullable String text(JsonObject request, String name) {
        JsonValue value = request.get(name);
        if (value == null || value == JsonValue.NULL) {
            return null;
        }
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw new Refused(Code.BAD_REQUEST, name + " must be a text");
    }
}
