package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Socket;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The port of the specification's cloud example does what the page says. */
class PageExampleIT extends TargetsFixture {

    private static final String EXAMPLE = "it/page-example";

    private final Client ann = of("phone").register();

    @Test
    void shouldSendWhatIsSaidToTheChannel() {
        try (Socket own = ann.connect(EXAMPLE);
                Socket other = of("laptop").register().connect(EXAMPLE)) {
            own.send(Client.json("groupId", "001", "content", "hello"));
            JsonObject author = Client.json("_id", ann.uid(), "nickname", ann.username());
            JsonObject expected = Client.json("groupId", "001", "author", author, "content", "hello");
            assertEquals(expected, own.object());
            assertEquals(expected, other.object());
        }
    }

    @Test
    void shouldSendToTheCallerWithAnAuthorWithoutAnId() {
        try (Socket own = ann.connect(EXAMPLE)) {
            assertEquals(0, ann.call(EXAMPLE + ".send", "groupId", "002").ok().code());
            JsonObject heard = own.object();
            assertEquals(JsonValue.NULL, heard.getJsonObject("author").get("_id"));
            assertTrue(heard.getString("content").startsWith("这是只给你发的消息-"), heard.toString());
        }
    }

    @Test
    void shouldLetAnyClientConnectByASignedUrl() {
        URI address = URI.create(ann.call(EXAMPLE + ".signedURL").ok().text("url"));
        try (Socket own = of("tv").open(address, null).accepted()) {
            ann.call(EXAMPLE + ".send", "groupId", "001").ok();
            assertEquals("001", own.object().getString("groupId"));
        }
    }

    @Test
    void shouldCloseTheCallersConnections() {
        try (Socket own = ann.connect(EXAMPLE)) {
            ann.call(EXAMPLE + ".close").ok();
            assertEquals(4000, own.closed().code());
        }
    }

    @Test
    void shouldForceALogoutByCidOrByUser() {
        try (Socket phone = ann.connect(EXAMPLE);
                Socket laptop = of("laptop").login(ann.username()).connect(EXAMPLE)) {
            Client admin = of("other").register();
            admin.call(EXAMPLE + ".forceLogout", "cid", phone.cid()).ok();
            assertEquals("您已掉线,请重新登录", phone.event("forceLogout").getJsonObject("data").getString("msg"));
            assertEquals(4002, phone.closed().code());
            admin.call(EXAMPLE + ".forceLogout", "user_id", ann.uid()).ok();
            laptop.event("forceLogout");
            assertEquals(4002, laptop.closed().code());
            assertEquals(-1, admin.call(EXAMPLE + ".forceLogout").code());
            assertEquals(0, admin.call(EXAMPLE + ".test").code());
        }
    }
}
