package dev.cloudobjects.handshake;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.http.JsonServlet;
import dev.cloudobjects.http.Refused;
import dev.cloudobjects.http.Responses;
import dev.cloudobjects.security.EncryptionKeys;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;

/**
 * {@code /connect/keys}: the public keys of the encrypted channel, for clients that have none configured. They are as
 * trustworthy as the connection that this answer comes over.
 */
@WebServlet("/connect/keys")
public class KeysServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient EncryptionKeys keys;

    /** A platform of the SDK may know no request but POST. */
    @Override
    protected String methods() {
        return "GET, POST";
    }

    @Override
    protected void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"GET".equals(request.getMethod()) && !"POST".equals(request.getMethod())) {
            throw new Refused(Code.METHOD_NOT_ALLOWED, "use GET or POST here, not " + request.getMethod());
        }
        JsonArrayBuilder all = Json.createArrayBuilder();
        keys.all().forEach(key -> all.add(Json.createObjectBuilder()
                .add("id", key.id())
                .add("key", key.publicKey())
                .add("role", key.role().name().toLowerCase(Locale.ROOT))));
        Responses.write(
                response,
                Json.createObjectBuilder()
                        .add("code", Code.OK.value())
                        .add("msg", "")
                        .add("keys", all)
                        .build());
    }
}
