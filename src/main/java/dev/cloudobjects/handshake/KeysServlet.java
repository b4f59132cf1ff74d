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
 * {@code /connect/keys}: the public keys of the encrypted channel, for clients that have none configured. A client can trust them as
 * far as it can trust the connection over which it received them.
 */
@WebServlet("/connect/keys")
public class KeysServlet extends JsonServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient EncryptionKeys keys;

    /** Some platforms of the SDK can only send POST. */
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
