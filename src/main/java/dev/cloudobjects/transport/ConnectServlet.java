package dev.cloudobjects.transport;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.security.Caller;
import dev.cloudobjects.security.Ticket;
import dev.cloudobjects.session.SignedURLs;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code POST /connect}: gives whoever may connect an address with a ticket, so that no token stands in a url. */
@WebServlet("/connect")
public class ConnectServlet extends AnsweringServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Bodies bodies;

    @Inject
    transient Requests requests;

    @Inject
    transient Admission admission;

    @Inject
    transient Doorkeeper door;

    @Inject
    transient SignedURLs urls;

    @Override
    protected void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Replies.write(
                response,
                Json.createObjectBuilder()
                        .add("code", Code.OK.value())
                        .add("msg", "")
                        .add("url", urls.address(ticket(request), requests.baseUrl(request)))
                        .build());
    }

    private Ticket ticket(HttpServletRequest request) throws IOException {
        JsonObject wish = bodies.object(request);
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
        Caller caller = requests.caller(request);
        admission.check(object, caller);
        door.welcome(caller);
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
