package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Languages, themes, narrow screens; what the page says of the server. */
class LookPageIT extends InBrowser {

    @Test
    void shouldSpeakTheLanguageOfTheBrowser() {
        Visitor english = visitors.arrives();
        assertThat(english.at("html")).hasAttribute("lang", "en");
        assertThat(english.at("#connect")).hasText("Connect");

        Visitor chinese = visitors.arrives(options -> options.setLocale("zh-TW"));
        assertThat(chinese.at("html")).hasAttribute("lang", "zh-CN");
        assertThat(chinese.at("#connect")).hasText("建立连接");
    }

    @Test
    void shouldSwitchTheLanguageAndRememberIt() {
        Visitor visitor = visitors.arrives();
        visitor.at("#language").click();
        assertThat(visitor.at("html")).hasAttribute("lang", "zh-CN");
        assertThat(visitor.at("#state")).containsText("未连接");
        visitor.page().reload();
        assertThat(visitor.at("#connect")).hasText("建立连接");
        visitor.at("#language").click();
        assertThat(visitor.at("#state")).containsText("Not connected");
    }

    @Test
    void shouldFollowTheSystemsThemeUntilOneIsChosen() {
        Visitor visitor = visitors.arrives(options -> options.setColorScheme(ColorScheme.DARK));
        String dark = background(visitor);
        visitor.page().emulateMedia(new com.microsoft.playwright.Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        String light = background(visitor);
        assertTrue(!light.equals(dark), light);

        visitor.at("#theme").click();
        assertThat(visitor.at("html")).hasAttribute("data-theme", "light");
        visitor.at("#theme").click();
        assertThat(visitor.at("html")).hasAttribute("data-theme", "dark");
        assertEquals(dark, background(visitor));
        visitor.page().reload();
        assertThat(visitor.at("html")).hasAttribute("data-theme", "dark");
        visitor.at("#theme").click();
        assertThat(visitor.at("html")).not().hasAttribute("data-theme", Pattern.compile(".*"));
        assertEquals(light, background(visitor));
    }

    private static String background(Visitor visitor) {
        return (String) visitor.page().evaluate("getComputedStyle(document.body).backgroundColor");
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 390, 768, 1024})
    void shouldFitNarrowScreens(int width) {
        Visitor ann = visitors.arrives(options -> options.setViewportSize(width, 740));
        assertNoSidewaysScrolling(ann);
        if (width <= 768) {
            tab(ann, "Connect");
            ann.signsUp("Ann").connects();
            assertNoSidewaysScrolling(ann);
            tab(ann, "Chat");
            ann.says("a word that does not end: " + "o".repeat(300));
            assertThat(ann.said("a word that does not end")).isVisible();
            assertNoSidewaysScrolling(ann);
            tab(ann, "Frames");
            assertThat(ann.at("#frame-list")).isVisible();
            assertThat(ann.at("#draft")).isHidden();
            assertNoSidewaysScrolling(ann);
        } else {
            assertThat(ann.at("nav.tabs")).isHidden();
            assertThat(ann.at("#draft")).isVisible();
        }
    }

    private static void tab(Visitor visitor, String name) {
        visitor.page()
                .getByRole(AriaRole.NAVIGATION, new GetByRoleOptions().setName("Parts of the page"))
                .getByText(name)
                .click();
    }

    private static void assertNoSidewaysScrolling(Visitor visitor) {
        Object beyond = visitor.page().evaluate("document.documentElement.scrollWidth - innerWidth");
        assertTrue(((Number) beyond).intValue() <= 0, beyond + " pixels beyond the edge");
    }

    @Test
    void shouldShowTheVersionOfThePomAndTheServersAddresses() throws Exception {
        Visitor visitor = visitors.arrives();
        var version = Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(version.find());
        assertThat(visitor.at(".brand .tag")).hasText(version.group(1));
        assertThat(visitor.at("#health")).hasText("Ready");
        for (String address : new String[] {"/health", "/metrics", "/openapi", "/openapi/ui/"}) {
            assertThat(visitor.at("a[href='" + address + "']")).isVisible();
            assertEquals(200, visitor.page().request().get(visitor.page().url().replaceAll("/#.*|/$", "") + address).status());
        }
    }

    @Test
    void shouldSayThatTheDemoIsOff() {
        visitors.expectFailingRequests();
        Visitor visitor = visitors.arrives();
        visitor.context().route("**/http/router/template/web-socket/pub.echo", route -> route.fulfill(
                new com.microsoft.playwright.Route.FulfillOptions()
                        .setStatus(404)
                        .setContentType("application/json")
                        .setBody("{\"code\":404,\"msg\":\"no such object or method\",\"requestId\":\"r\"}")));
        visitor.page().reload();
        assertThat(visitor.at("#demo-off")).containsText("cloudobjects.demo=true");
        assertThat(visitor.at("#demo-off")).containsText("/http/router/");
        assertThat(visitor.at("#draft")).hasCount(0);
        assertThat(visitor.at("#connection-off")).containsText("cloudobjects.demo=true");
        List<String> demo = List.of("#connect", "#account-1", ".groups", "#encrypt");
        for (String selector : demo) {
            assertThat(visitor.at(selector)).hasCount(0);
        }
        visitor.at("#open-login").click();
        assertThat(visitor.at("#username")).isVisible();
        assertThat(visitor.at("#demo-accounts")).hasCount(0);
    }

    @Test
    void shouldOfferTheDemoAccountsInTheLoginDialog() {
        Visitor visitor = visitors.arrives();
        visitor.at("#open-login").click();
        assertThat(visitor.at("#demo-accounts button")).hasText(new String[] {"test1", "test2"});
        visitor.context().route("**/user/pub/login", route -> {
            assertTrue(route.request().postData().contains("\"test2\""), route.request().postData());
            route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"code\":10002,\"msg\":\"no\",\"requestId\":\"r\"}"));
        });
        visitor.at("#demo-accounts button").last().click();
        assertThat(visitor.at("#login-problem")).containsText("has no account test2");
    }

    @Test
    void shouldOfferNoAddressThatAProxyDoesNotPassAndShowNoRedForWhatNobodyKnows() {
        visitors.expectFailingRequests();
        Visitor visitor = visitors.arrives();
        var notHere = new com.microsoft.playwright.Route.FulfillOptions()
                .setStatus(404)
                .setContentType("text/html")
                .setBody("<html>Not here</html>");
        visitor.context().route("**/metrics", route -> route.fulfill(notHere));
        visitor.page().reload();
        assertThat(visitor.at("a[href='/health']")).isVisible();
        assertThat(visitor.at("a[href='/metrics']")).hasCount(0);
        String good = color(visitor);

        visitor.context().route("**/health/**", route -> route.fulfill(notHere));
        visitor.page().reload();
        assertThat(visitor.at("#health")).hasText("Not known");
        assertThat(visitor.at(".panel-foot a")).hasCount(0);
        String unknown = color(visitor);
        visitor.context().unroute("**/health/**");
        visitor.context().route("**/health/**", route -> route.fulfill(
                new com.microsoft.playwright.Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/json")
                        .setBody("{\"status\":\"DOWN\",\"checks\":[]}")));
        visitor.page().reload();
        assertThat(visitor.at("#health")).hasText("Not ready");
        String bad = color(visitor);
        assertEquals(3, Set.of(good, unknown, bad).size());
    }

    private static String color(Visitor visitor) {
        return (String) visitor.at("[aria-labelledby=server-title] .dot")
                .evaluate("dot => getComputedStyle(dot).backgroundColor");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1024, 1440, 1920})
    void shouldShowToastsWhereTheyCoverNoControl(int width) {
        Visitor ann = visitors.arrives(options -> options.setViewportSize(width, 844));
        if (width == 390) {
            tab(ann, "Connect");
        }
        ann.signsUp("Ann");
        assertThat(ann.at(".toast")).isVisible();
        Object covered = ann.page()
                .evaluate(
                        """
                        () => {
                            const toast = [...document.querySelectorAll(".toast")].at(-1).getBoundingClientRect();
                            return [...document.querySelectorAll("button, a[href], input, textarea, summary")]
                                .filter((control) => control.checkVisibility() && !control.matches(".skip"))
                                .filter((control) => {
                                    const box = control.getBoundingClientRect();
                                    return box.left < toast.right && toast.left < box.right && box.top < toast.bottom && toast.top < box.bottom;
                                })
                                .map((control) => control.outerHTML);
                        }
                        """);
        assertEquals(List.of(), covered);
        assertNoSidewaysScrolling(ann);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1024, 1440, 1920})
    void shouldCutNeitherTheContentOfAMessageNorCode(int width) {
        Visitor ann = visitors.arrives(options -> options.setViewportSize(width, 844));
        if (width == 390) {
            tab(ann, "Connect");
        }
        ann.signsUp("Ann").connects();
        if (width == 390) {
            tab(ann, "Chat");
        }
        ann.says("what matters");
        assertThat(ann.said("what matters")).hasCount(1);
        if (width == 390) {
            tab(ann, "Frames");
        }
        assertThat(ann.at(".frame .whole").filter(new FilterOptions().setHasText("what matters"))).hasCount(2);
        Object cut = ann.page()
                .evaluate(
                        """
                        () => [...document.querySelectorAll(".frame .whole")]
                            .filter((text) => text.textContent.includes("what matters") && text.scrollHeight > text.clientHeight + 1)
                            .concat([...document.querySelectorAll("#code pre")].filter((code) => code.scrollWidth > code.clientWidth + 1))
                            .map((element) => element.textContent)
                        """);
        assertEquals(List.of(), cut);
    }
}
