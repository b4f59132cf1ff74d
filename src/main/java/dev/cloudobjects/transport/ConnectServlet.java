package dev.cloudobjects.transport;

import dev.cloudobjects.api.Code;
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

/** {@code POST /connect}: gives whoever may connect an address with a ticket, so that no token stands in a url. */
@WebServlet(value = "/connect", asyncSupported = true)
public class ConnectServlet extends PostServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Admission admission;

    @Inject
    transient Doorkeeper door;

    @Inject
    transient SignedURLs urls;

    @Inject
    transient InstantSource time;

    @Override
    Errand errand(HttpServletRequest request) {
        String baseUrl = requests.baseUrl(request);
        return new Errand() {
            @Override
            public String method() {
                return "/connect";
            }

            @Override
            public boolean needsBody(Caller caller) {
                door.welcome(caller);
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
            // A duration, because the client's clock may be wrong.
            answer.add("tokenExpiresIn", login.left(time).toMillis());
        }
        return answer.build();
    }

    private Ticket ticket(Caller caller, JsonObject wish) {
        String path = text(wish, "url");
        if (path == null) {
            throw new Refused(Code.BAD_REQUEST, "url is missing: it names the cloud object to connect to");
        }
        ObjectModel object = admission.object(path);
        String protocol = text(wish, "protocol");
        if (protocol != null && !protocol.equals(Dialect.V1.label())) {
            throw new Refused(Code.BAD_REQUEST, "protocol must be " + Dialect.V1.label() + " or absent");
        }
        boolean encrypt = encrypt(wish);
        admission.check(object, caller);
        String channel = Admission.channel(text(wish, "channel"));
        return new Ticket(path, channel, protocol, encrypt, null, caller.login(), caller.client());
    }

    /** Anything but a boolean is refused: taken for {@code false}, it would be a demand that nobody heard. */
    private static boolean encrypt(JsonObject wish) {
        JsonValue value = wish.getOrDefault("encrypt", JsonValue.FALSE);
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE, NULL -> false;
            default -> throw new Refused(Code.BAD_REQUEST, "encrypt must be true or false");
        };
    }

    private static @Nullable String text(JsonObject wish, String name) {
        JsonValue value = wish.get(name);
        if (value == null || value == JsonValue.NULL) {
            return null;
        }
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw new Refused(Code.BAD_REQUEST, name + " must be a text");
    }
}
