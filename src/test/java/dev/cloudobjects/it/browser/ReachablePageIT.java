package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page with the keyboard alone, and what assistive technology is told of it. */
class ReachablePageIT extends InBrowser {

    /** More tabs than the page has controls. */
    private static final int ENOUGH = 60;

    /** Controls without a name, ids that are used twice, pictures without a word, references to nothing. */
    private static final String FAULTS =
            """
            () => {
                const faults = [];
                const name = (element) => element.outerHTML.slice(0, 120);
                const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
                ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => faults.push("twice: " + id));
                for (const element of document.querySelectorAll("button, a[href], input, textarea, select, summary")) {
                    const labelled = element.labels?.length > 0 && element.labels[0].textContent.trim();
                    const by = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent).join("");
                    if (!(element.getAttribute("aria-label") || by || labelled || element.textContent.trim())) {
                        faults.push("no name: " + name(element));
                    }
                }
                for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
                    for (const element of document.querySelectorAll(`[${attribute}]`)) {
                        element.getAttribute(attribute).split(" ").filter((id) => !document.getElementById(id))
                            .forEach((id) => faults.push(`${attribute} to nothing: ${id}`));
                    }
                }
                document.querySelectorAll("img:not([alt])").forEach((image) => faults.push("no alt: " + name(image)));
                document.querySelectorAll("svg:not([aria-hidden])").forEach((svg) => faults.push("svg is read out: " + name(svg)));
                if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
                if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
                return faults;
            }
            """;

    @Test
    void shouldLeadByKeyboardFromSigningUpToTalking() {
        Visitor ann = visitors.arrives();
        reach(ann, "#open-register");
        press(ann, "Enter");
        assertThat(ann.page().getByLabel("Username")).isFocused();
        type(ann, "key_" + UUID.randomUUID().toString().substring(0, 8));
        press(ann, "Tab");
        type(ann, "Keyboard");
        press(ann, "Tab");
        type(ann, Visitor.PASSWORD);
        press(ann, "Enter");
        assertThat(ann.at("#signed-in")).containsText("Keyboard");

        reach(ann, "#connect");
        press(ann, "Enter");
        ann.isConnected();
        assertThat(ann.at("#draft")).isFocused();
        type(ann, "without a mouse");
        press(ann, "Enter");
        assertThat(ann.said("without a mouse")).hasCount(1);

        reach(ann, "#group-001");
        press(ann, "ArrowRight");
        assertThat(ann.at("#group-002")).isFocused();
        assertThat(ann.at("#group-002")).hasAttribute("aria-selected", "true");
        press(ann, "ArrowRight");
        assertThat(ann.said("without a mouse")).hasCount(1);

        reach(ann, "#close-client");
        press(ann, "Space");
        ann.sees("closed");
        assertThat(ann.at("#connect")).isFocused();
    }

    /** What had the focus is gone with the dialog, or hidden: the focus goes on to what comes next. */
    @ParameterizedTest
    @ValueSource(ints = {360, 1440})
    void shouldKeepTheFocusBehindTheDialogAndWhatGoes(int width) {
        Visitor ann = visitors.arrives(options -> options.setViewportSize(width, 800));
        boolean narrow = ann.at("nav.tabs").isVisible();
        ann.focus("#open-login");
        press(ann, "Enter");
        assertThat(ann.at("#username")).isFocused();
        press(ann, "Escape");
        assertThat(ann.at("#open-login")).isFocused();

        press(ann, "Enter");
        ann.at("#login .segments button").last().click();
        assertThat(ann.at("#nickname")).isVisible();
        type(ann.at("#username"), "u" + UUID.randomUUID().toString().substring(0, 8));
        type(ann.at("#password"), Visitor.PASSWORD);
        press(ann, "Enter");
        assertThat(ann.at(narrow ? "#draft" : "#connect")).isFocused();
        if (narrow) {
            ann.at("nav.tabs button").first().click();
        }
        ann.focus("#connect");
        press(ann, "Enter");
        ann.isConnected();
        assertThat(ann.at(narrow ? "#close-client" : "#draft")).isFocused();
        if (narrow) {
            ann.at("nav.tabs button").last().click();
        }
        ann.focus("#logout");
        press(ann, "Enter");
        assertThat(ann.at(narrow ? "#open-login" : "#connect")).isFocused();
    }

    private static void type(Locator field, String text) {
        field.focus();
        field.pressSequentially(text);
    }

    @Test
    void shouldSkipToTheConversation() {
        Visitor ann = visitors.arrives();
        press(ann, "Tab");
        assertThat(ann.at(".skip")).isFocused();
        press(ann, "Enter");
        assertThat(ann.at("#conversation")).isFocused();
        assertThat(ann.at("#login")).not().isVisible();
    }

    @Test
    void shouldShowWhereTheFocusIs() {
        Visitor ann = visitors.arrives();
        reach(ann, "#connect");
        assertEquals("solid", ann.page().evaluate("getComputedStyle(document.activeElement).outlineStyle"));
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void shouldNameEveryControlAndBeLegible(ColorScheme colors) {
        Visitor ann = visitors.arrives(options -> options.setColorScheme(colors).setReducedMotion(
                com.microsoft.playwright.options.ReducedMotion.REDUCE));
        assertEquals(List.of(), ann.page().evaluate(FAULTS));
        assertEquals(List.of(), Sight.faults(ann));

        ann.at("#open-register").click();
        assertThat(ann.at("#login")).isVisible();
        assertEquals(List.of(), ann.page().evaluate(FAULTS));
        assertEquals(List.of(), Sight.faults(ann));
        press(ann, "Escape");

        ann.signsUp("Ann");
        ann.at("#connect-several").click();
        ann.isConnected();
        ann.at("#send-sample").click();
        ann.at("#receive").click();
        assertThat(ann.at("#messages .message:not(.pending)")).hasCount(2);
        ann.at("#pause").click();
        ann.at(".frame summary").first().click();
        assertEquals(List.of(), ann.page().evaluate(FAULTS));
        assertEquals(List.of(), Sight.faults(ann));

        ann.at("#language").click();
        assertEquals(List.of(), ann.page().evaluate(FAULTS));
    }

    @Test
    void shouldHaveLandmarks() {
        Visitor ann = visitors.arrives();
        for (AriaRole role : List.of(AriaRole.BANNER, AriaRole.MAIN, AriaRole.TABLIST)) {
            assertThat(ann.page().getByRole(role)).hasCount(1);
        }
        for (String name : List.of("Account", "Connection", "Conversation", "Frames", "Behind the button", "Server")) {
            var region = new com.microsoft.playwright.Page.GetByRoleOptions().setName(name).setExact(true);
            assertThat(ann.page().getByRole(AriaRole.REGION, region)).hasCount(1);
        }
    }

    /** With the Tab key, as somebody without a mouse has to. */
    private static void reach(Visitor visitor, String selector) {
        for (int i = 0; i < ENOUGH; i++) {
            if (visitor.at(selector + ":focus").count() == 1) {
                return;
            }
            press(visitor, "Tab");
        }
        throw new AssertionError(selector + " can't be reached with the Tab key");
    }

    private static void press(Visitor visitor, String key) {
        visitor.page().keyboard().press(key);
    }

    private static void type(Visitor visitor, String text) {
        visitor.page().keyboard().type(text);
    }
}
