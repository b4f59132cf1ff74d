package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext.GrantPermissionsOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.WebSocketRoute;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The small buttons: those that help out when something went wrong, or lead to what others do as well. */
class ButtonsPageIT extends InBrowser {

    private static final String ACCOUNT = "section[aria-labelledby=account-title]";
    private static final String CONNECTION = "section[aria-labelledby=connection-title]";
    private static final String OPERATIONS = "section[aria-labelledby=operations-title]";
    private static final String CHAT = "#conversation";

    private final String word = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void shouldSendAMessageAgainThatFailed() {
        Visitor ann = visitors.arrives();
        AtomicBoolean spoilt = new AtomicBoolean();
        ann.context().routeWebSocket(Pattern.compile("/ws/"), page -> spoilTheFirst(page, spoilt));
        ann.page().reload();
        // In clear, so that it can be changed on its way.
        ann.page().getByLabel("Encrypt payloads").uncheck();
        ann.signsUp("Ann").connects();
        Visitor ben = visitors.arrives().signsUp("Ben").connects();

        ann.says("second try " + word);
        assertThat(ann.at("#messages .failed .bubble")).hasText("second try " + word);
        ann.button("Try again").click();
        assertThat(ann.said("second try " + word)).hasCount(1);
        assertThat(ann.at("#messages .failed")).hasCount(0);
        assertThat(ben.heard("second try " + word)).hasCount(1);
    }

    /** To a group that does not exist. */
    private static void spoilTheFirst(WebSocketRoute page, AtomicBoolean spoilt) {
        WebSocketRoute server = page.connectToServer();
        page.onMessage(frame -> {
            String text = frame.text() != null ? frame.text() : new String(frame.binary(), StandardCharsets.UTF_8);
            boolean first = text.contains("\"groupId\":\"001\"") && spoilt.compareAndSet(false, true);
            server.send(first ? text.replace("\"groupId\":\"001\"", "\"groupId\":\"009\"") : text);
        });
    }

    @Test
    void shouldCopyAFrame() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.context()
                .grantPermissions(
                        List.of("clipboard-read", "clipboard-write"),
                        new GrantPermissionsOptions().setOrigin(origin(ann)));
        ann.says("copy me " + word);
        Locator frame = ann.at(".frame[data-direction=out]").filter(new FilterOptions().setHasText("copy me " + word));
        frame.locator("summary").click();
        frame.getByText("Copy", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(ann.at(".toast").last()).hasText("Copied");
        String copied = (String) ann.page().evaluate("navigator.clipboard.readText()");
        JsonObject message = Json.createReader(new StringReader(copied)).readObject();
        assertEquals("copy me " + word, message.getJsonObject("data").getString("content"));
    }

    private static String origin(Visitor visitor) {
        URI page = URI.create(visitor.page().url());
        return page.getScheme() + "://" + page.getAuthority();
    }

    @Test
    void shouldDismissWhatWentWrongWithAnAccount() {
        Visitor ann = visitors.arrives();
        answer(ann, "/user/pub/login", "the accounts are away");
        ann.at("#account-1").click();
        dismiss(ann, ACCOUNT, "the accounts are away");
    }

    @Test
    void shouldDismissWhatWentWrongWithAConnection() {
        Visitor ann = visitors.arrives().signsUp("Ann");
        answer(ann, "/connect$", "not today");
        ann.at("#connect").click();
        dismiss(ann, CONNECTION, "not today");
    }

    @Test
    void shouldDismissWhatWentWrongInTheChatAndWithAnOperation() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        answer(ann, "/web-socket\\.(send|close)$", "the cloud is busy");
        ann.at("#receive").click();
        dismiss(ann, CHAT, "the cloud is busy");
        ann.at("#close-cloud").click();
        dismiss(ann, OPERATIONS, "the cloud is busy");
        ann.isConnected();
    }

    private static void answer(Visitor visitor, String url, String problem) {
        String body = Json.createObjectBuilder()
                .add("code", 403)
                .add("msg", problem)
                .add("requestId", "refused-by-a-test")
                .build()
                .toString();
        visitor.page()
                .route(
                        Pattern.compile(url),
                        route -> route.fulfill(new FulfillOptions().setContentType("application/json").setBody(body)));
    }

    private static void dismiss(Visitor visitor, String place, String problem) {
        Locator alert = visitor.at(place + " .alert .notice");
        assertThat(alert).hasText(problem);
        alert.getByLabel("Dismiss").click();
        assertThat(alert).hasCount(0);
    }

    @Test
    void shouldDismissHowAConnectionEnded() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#close-client").click();
        assertThat(ann.at("#ended")).containsText("1000");
        ann.at("#ended").getByLabel("Dismiss").click();
        assertThat(ann.at("#ended")).hasCount(0);
        ann.sees("closed");
    }

    @Test
    void shouldLeadANewcomerFromTheWelcomeToAConversation() {
        Visitor newcomer = visitors.arrives();
        Locator steps = newcomer.at(".welcome .steps");
        steps.getByText("As test1").click();
        newcomer.isConnected();
        assertThat(newcomer.at("#account-1")).hasAttribute("aria-pressed", "true");
        assertThat(steps).hasCount(0);
    }

    @Test
    void shouldConnectFromTheWelcomeWhoIsLoggedIn() {
        Visitor ann = visitors.arrives().signsUp("Ann");
        Locator now = ann.at(".welcome .step[data-step=now]");
        assertThat(now.locator("b")).hasText("Connect");
        now.locator("button").click();
        ann.isConnected();
        assertThat(ann.at(".connection")).hasCount(1);
    }

    @Test
    void shouldLogInAndOutInThePanelOfTheAccount() {
        Visitor known = visitors.arrives().signsUp("Ann");
        Visitor ann = visitors.arrives();
        ann.at(ACCOUNT).getByText("Log in", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(ann.at("#login-title")).isVisible();
        ann.logsIn(known.username());
        assertThat(ann.at("#signed-in")).containsText("Ann");
        ann.connects();

        ann.at("#signed-in").getByText("Log out").click();
        assertThat(ann.at(".toast").last()).hasText("Logged out");
        assertThat(ann.at("#signed-in")).hasCount(0);
        ann.sees("closed");
        assertThat(known.at("#signed-in")).containsText("Ann");
    }
}
