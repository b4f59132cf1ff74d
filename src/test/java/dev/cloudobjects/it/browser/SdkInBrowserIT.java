package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK on its platform for browsers, under the policy of the server's pages, without anything of the page's own. */
class SdkInBrowserIT extends InBrowser {

    private static final String START =
            """
            async () => {
              const { createVk } = await import("/sdk/index.js");
              window.vk = createVk({ storagePrefix: "it." });
            }
            """;

    private Visitor visitor() {
        Visitor visitor = visitors.arrives();
        visitor.page().evaluate(START);
        return visitor;
    }

    @Test
    void shouldConnectAndEchoBytes() {
        Object heard = visitor()
                .page()
                .evaluate(
                        """
                        async () => {
                          const socket = await vk.connectWebSocket({ url: "template/web-socket/pub.echo" });
                          const heard = [];
                          socket.onMessage((data) => heard.push(data instanceof Uint8Array ? [...data].join() : typeof data));
                          await socket.send({ data: Uint8Array.of(0, 1, 255) });
                          return heard;
                        }
                        """);
        assertEquals(List.of("object", "0,1,255"), heard);
    }

    /** To call, its origin would have to be listed. */
    @ParameterizedTest
    @ValueSource(strings = {"/sdk/index.js", "/sdk/%s/index.js"})
    void shouldBeImportedByAPageOfAnotherOrigin(String path) throws IOException {
        Page page = visitors.arrives().page();
        String server = page.evaluate("() => location.origin").toString();
        Object version = page.evaluate("async () => (await import('/sdk/index.js')).version");
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/") ? 200 : 204, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            page.navigate("http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/");
            Object found = page.evaluate(
                    """
                    async (address) => {
                      const { version, browserPlatform } = await import(address);
                      return [version, browserPlatform().baseUrl];
                    }
                    """,
                    server + path.formatted(version));
            assertEquals(List.of(version, server + "/"), found);
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void shouldMaskThePageUntilItIsConnected() {
        Page page = visitor().page();
        page.evaluate("() => void vk.showLoading('One moment')");
        assertThat(page.locator(".co-mask")).isVisible();
        assertThat(page.locator(".co-mask")).hasCSS("position", "fixed");
        assertThat(page.locator(".co-mask[role=status]")).hasText("One moment");
        page.evaluate("() => vk.hideLoading()");
        assertThat(page.locator(".co-mask")).isHidden();
        // Without any room, but there for screen readers.
        assertThat(page.locator(".co-mask")).hasCSS("display", "grid");
        assertThat(page.locator(".co-toast")).hasCSS("display", "block");
        page.evaluate(
                "() => vk.connectWebSocket({ url: 'template/web-socket/pub.echo', title: 'Connecting' })"
                        + ".then((socket) => new Promise((resolve) => socket.onOpen(() => setTimeout(resolve))))");
        assertThat(page.locator(".co-mask")).isHidden();
    }

    @Test
    void shouldShowAFailureAsAToast() {
        visitors.expectFailingRequests();
        Page page = visitor().page();
        // Noted as it appears: a toast does not stay for a slow test to find it.
        page.evaluate(
                """
                () => {
                  window.seen = [];
                  new MutationObserver(() => {
                    const toast = document.querySelector(".co-toast[role=status]");
                    if (toast?.textContent) {
                      seen.push(toast.textContent, getComputedStyle(toast).position);
                    }
                  }).observe(document.body, { childList: true, subtree: true });
                }
                """);
        page.evaluate("() => vk.callFunction({ url: 'no/pub/object' }).catch(() => {})");
        page.waitForFunction("() => seen.length > 0");
        assertEquals(List.of("no such object or method", "fixed"), page.evaluate("() => seen.slice(0, 2)"));
        assertThat(page.locator(".co-toast")).isHidden();
    }

    @Test
    void shouldComeBackWhenTheNetworkDoes() {
        visitors.expectFailingRequests();
        Visitor visitor = visitor();
        Page page = visitor.page();
        page.evaluate(
                """
                async () => {
                  window.socket = await vk.connectWebSocket({ url: "template/web-socket/pub.echo" });
                  window.cids = [];
                  socket.onOpen(({ cid }) => cids.push(cid));
                }
                """);
        page.waitForFunction("() => cids.length === 1");
        visitor.context().setOffline(true);
        page.waitForFunction("() => socket.state === 'waiting'");
        visitor.context().setOffline(false);
        page.waitForFunction("() => cids.length === 2 && cids[0] === cids[1]");
    }
}
