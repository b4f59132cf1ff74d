package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody at the page, who finds things by what they are called. */
final class Visitor {

    static final String PASSWORD = "correct horse";

    private final BrowserContext context;
    private final Page page;
    private final String base;
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private String username = "";

    Visitor(BrowserContext context, String base) {
        this.context = context;
        this.base = base;
        this.page = context.newPage();
        page.onConsoleMessage(this::hear);
        page.onPageError(error -> errors.add("uncaught: " + error));
    }

    private void hear(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            errors.add(message.text());
        }
    }

    /** What the console said; without failing requests, where a test makes them fail. */
    List<String> problems(boolean networkFails) {
        return errors.stream()
                .filter(error -> !networkFails
                        || !(error.startsWith("Failed to load resource") || error.startsWith("WebSocket connection to")))
                .toList();
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Goes to a place of the page, such as {@code #/register}. */
    Visitor opens(String hash) {
        page.navigate(base + hash);
        assertThat(page.getByRole(AriaRole.BANNER)).isVisible();
        return this;
    }

    /** Signs up with a name that nobody has, and a nickname. */
    Visitor signsUp(String nickname) {
        at("#open-register").click();
        username = "u" + UUID.randomUUID().toString().substring(0, 13).replace('-', '_');
        at("#username").fill(username);
        at("#nickname").fill(nickname);
        submits();
        assertThat(at("#signed-in")).containsText(nickname);
        return this;
    }

    /** Logs in with the dialog that is open. */
    Visitor logsIn(String username) {
        at("#username").fill(username);
        submits();
        return this;
    }

    private void submits() {
        at("#password").fill(PASSWORD);
        at("#submit-login").click();
        assertThat(at("#login")).not().isVisible();
    }

    String username() {
        return username;
    }

    Visitor connects() {
        at("#connect").click();
        return isConnected();
    }

    Visitor isConnected() {
        assertThat(at("#state")).hasAttribute("data-state", "open");
        return this;
    }

    /** The page's state of the connection, as {@code open}, {@code waiting} or {@code closed}. */
    Visitor sees(String state) {
        assertThat(at("#state")).hasAttribute("data-state", state);
        return this;
    }

    /** The cid of the connection that the buttons are about. */
    String cid() {
        assertThat(at("#state-cid")).not().isEmpty();
        return at("#state-cid").textContent();
    }

    /** Writes a message and sends it with the Enter key. */
    Visitor says(String text) {
        at("#draft").fill(text);
        at("#draft").press("Enter");
        assertThat(at("#draft")).hasValue("");
        return this;
    }

    /** The messages of the group that is looked at. */
    Locator messages() {
        return page.locator("#messages .bubble");
    }

    /** A message of somebody else's. */
    Locator heard(String text) {
        return page.locator("#messages .message:not(.mine)").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** A message of one's own that has come back. */
    Locator said(String text) {
        return page.locator("#messages .message.mine:not(.pending):not(.failed)")
                .filter(new Locator.FilterOptions().setHasText(text));
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    /** Moves the focus there, once the page shows it: what is hidden takes no focus, and the page is drawn a frame after a change. */
    void focus(String selector) {
        assertThat(at(selector)).isVisible();
        at(selector).focus();
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void leaves() {
        context.close();
    }
}
