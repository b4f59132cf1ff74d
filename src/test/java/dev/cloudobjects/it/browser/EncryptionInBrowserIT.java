package dev.cloudobjects.it.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The encrypted channel with the WebCrypto of a real browser, under the policy that the page is served with. */
class EncryptionInBrowserIT extends InBrowser {

    private static final String CHAT =
            """
            async () => {
                const { createVk } = await import("/sdk/index.js");
                const vk = createVk();
                const socket = await vk.connectWebSocket({
                    url: "template/web-socket/pub.echo", encrypt: true, channel: "encrypted", data: { room: "001" },
                });
                const heard = [];
                socket.onMessage((message) => heard.push(JSON.stringify(message)));
                socket.onError((event) => heard.push(`error: ${JSON.stringify(event)}`));
                for (const data of [1, "你好 👋", { deep: [true] }]) {
                    await socket.send({ data }).catch(() => {});
                }
                heard.unshift(`encrypted: ${socket.encrypted}`);
                vk.close();
                return heard;
            }
            """;

    @Test
    void shouldCarryMessages() {
        Visitor ann = visitors.arrives();
        assertEquals(
                List.of(
                        "encrypted: true",
                        "{\"hello\":\"send me something\",\"query\":{\"room\":\"001\"}}",
                        "1",
                        "\"你好 👋\"",
                        "{\"deep\":[true]}"),
                ann.page().evaluate(CHAT));
    }
}
