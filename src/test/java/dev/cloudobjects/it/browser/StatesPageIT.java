package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in each of its states, on screens of each size: nothing is cut, covered, pale or out of reach. */
class StatesPageIT extends InBrowser {

    private static final int PANELS = 3;
    private static final int MANY = 25;
    private static final List<String> POINTED_AT = List.of(
            ".button.danger", ".button.ghost", ".connection", ".groups [role=tab]", ".panel-foot a",
            ".frame summary", "#close-client");

    @ParameterizedTest
    @CsvSource({"360, en-GB, light", "360, zh-CN, dark", "768, zh-CN, light", "1024, en-GB, dark", "1440, en-GB, light", "1440, zh-CN, dark"})
    void shouldBeInOrder(int width, String language, String theme) {
        visitors.expectFailingRequests();
        Visitor ann = visitors.arrives(options -> options.setViewportSize(width, width < 800 ? 740 : 900)
                .setLocale(language)
                .setReducedMotion(ReducedMotion.REDUCE));
        ann.page().evaluate("theme => localStorage.setItem('cloudobjects.page', JSON.stringify({ theme }))", theme);
        ann.page().reload();
        assertThat(ann.at("html")).hasAttribute("data-theme", theme);
        assertThat(ann.at("#health")).hasAttribute("data-health", "ready");
        look(ann, "disconnected");
        ann.at("#open-login").click();
        assertThat(ann.at("#username")).isFocused();
        look(ann, "login");
        ann.at("#login .segments button").last().click();
        assertThat(ann.at("#nickname")).isVisible();
        look(ann, "registration");
        ann.at("#submit-login").hover();
        look(ann, "registration, the pointer over its button");
        ann.page().keyboard().press("Escape");

        panel(ann, 0);
        ann.signsUp("Ann");
        ann.at("#connect-several").click();
        ann.isConnected();
        assertThat(ann.at(".connection[data-state=open] .latency")).hasCount(2);
        look(ann, "connected");
        if (!ann.at("nav.tabs").isVisible()) {
            for (String control : POINTED_AT) {
                ann.at(control + ":visible").first().hover();
                assertEquals(List.of(), Sight.faults(ann), "the pointer over " + control);
            }
        }

        panel(ann, 1);
        for (int i = 0; i < MANY; i++) {
            ann.at("#send-sample").click();
        }
        ann.at("#receive").click();
        assertThat(ann.at("#messages .message:not(.pending)")).hasCount(MANY + 1);
        panel(ann, 2);
        ann.at(".frame summary").last().click();
        ann.at("#pause").click();
        look(ann, "many messages, and a frame open");
        panel(ann, 2);
        assertTrue(ann.at("#frame-list").boundingBox().height > 100, "no room for frames");

        ann.context().route("**/connect", route -> route.abort());
        ann.context().setOffline(true);
        ann.sees("waiting");
        look(ann, "reconnecting");
        panel(ann, 0);
        ann.at("#logout").click();
        assertThat(ann.at("#open-login")).isVisible();
        look(ann, "ended");
    }

    private static void panel(Visitor visitor, int index) {
        if (visitor.at("nav.tabs").isVisible()) {
            visitor.at("nav.tabs button").nth(index).click();
        }
    }

    /** On a narrow screen at each of the panels, which a dialog covers. */
    private static void look(Visitor visitor, String state) {
        boolean one = !visitor.at("nav.tabs").isVisible() || visitor.at("#login").isVisible();
        for (int i = 0; i < (one ? 1 : PANELS); i++) {
            if (!one) {
                panel(visitor, i);
            }
            assertEquals(List.of(), Sight.faults(visitor), state + ", panel " + i);
        }
    }
}
