package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two people talk in two groups. All tests share the groups, so each has words of its own. */
class ChatPageIT extends InBrowser {

    @Test
    void shouldBeToldInTheLanguageOfThePage() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#receive").click();
        assertThat(ann.heard("A message only for you-")).containsText("System");
        ann.at("#language").click();
        ann.at("#receive").click();
        assertThat(ann.heard("这是只给你发的消息-")).hasCount(1);
        ann.at("#logout-device").click();
        assertThat(ann.at("#login-notice")).containsText("您已掉线,请重新登录");
    }

    private final String word = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void shouldBringWhatOneSaysToTheOther() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        Visitor ben = visitors.arrives().signsUp("Ben").connects();

        ann.says("hello " + word);
        assertThat(ann.said("hello " + word)).hasCount(1);
        assertThat(ben.heard("hello " + word)).hasCount(1);

        ben.says("good evening " + word);
        assertThat(ann.heard("good evening " + word)).containsText("Ben");
        assertThat(ben.said("good evening " + word)).containsText("Me");
        assertThat(ann.at("#messages .pending")).hasCount(0);
    }

    @Test
    void shouldPutOnesOwnMessagesOnTheRight() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#send-sample").click();
        ann.at("#receive").click();
        var mine = ann.at("#messages .message.mine:not(.pending)").first().locator(".bubble").boundingBox();
        var system = ann.heard("A message only for you-").first().locator(".bubble").boundingBox();
        assertThat(ann.said("Hello-")).hasCount(1);
        assertTrue(mine.x > system.x, mine.x + " is right of " + system.x);
    }

    @Test
    void shouldKeepGroupsApartAndCountWhatIsUnread() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        Visitor ben = visitors.arrives().signsUp("Ben").connects();
        ben.at("#group-002").click();

        ann.says("one " + word);
        ann.says("two " + word);
        assertThat(ben.at("#group-001 .badge")).hasText("2");
        assertThat(ben.at("#group-001")).containsText("2 unread");
        assertThat(ben.page()).hasTitle("(2) Cloud Objects");
        assertThat(ben.messages().filter(new FilterOptions().setHasText(word))).hasCount(0);

        ben.at("#group-001").click();
        assertThat(ben.heard(word)).hasCount(2);
        assertThat(ben.at("#group-001 .badge")).hasCount(0);
        assertThat(ben.page()).hasTitle("Cloud Objects");

        ben.says("three " + word);
        assertThat(ann.heard("three " + word)).hasCount(1);
        assertThat(ann.at("#group-002 .badge")).hasCount(0);
    }

    @Test
    void shouldGetAMessageOfTheCloudInTheGroupThatIsLookedAt() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        Visitor ben = visitors.arrives().signsUp("Ben").connects();
        ann.at("#group-002").click();
        ann.at("#receive").click();
        assertThat(ann.heard("A message only for you-")).containsText("System");
        ann.says("did you get it? " + word);
        ben.at("#group-002").click();
        assertThat(ben.heard("did you get it? " + word)).hasCount(1);
        assertThat(ben.heard("A message only for you-")).hasCount(0);
    }

    @Test
    void shouldShowMarkupAsText() {
        String markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>" + word;
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        Visitor ben = visitors.arrives().signsUp("<b>Ben</b>").connects();
        ben.says(markup);
        assertThat(ann.heard(word).locator(".bubble")).hasText(markup);
        assertThat(ann.heard(word).locator(".byline b")).hasText("<b>Ben</b>");
        assertThat(ann.at("#messages img, #messages script, #messages b b")).hasCount(0);
        assertThat(ann.at("#frames").getByText("onerror").first()).isVisible();
        assertThat(ann.at("#frames img, #frames script")).hasCount(0);
        assertThat(ann.page()).not().hasTitle("owned");
    }

    @Test
    void shouldSayAtTheMessageWhyTheServerRefusedIt() {
        Visitor ann = visitors.arrives();
        ann.context().routeWebSocket(Pattern.compile("/ws/"), ChatPageIT::sendToAnUnknownGroup);
        ann.page().reload();
        // In clear, so that it can be changed on its way.
        ann.page().getByLabel("Encrypt payloads").uncheck();
        ann.signsUp("Ann").connects();
        ann.says("nobody hears " + word);
        assertThat(ann.at("#messages .failed .bubble")).hasText("nobody hears " + word);
        assertThat(ann.at("#messages .failed .fate")).containsText("groupId: there is no group '009'");
        ann.isConnected();
        ann.button("Discard").click();
        assertThat(ann.at("#messages .failed")).hasCount(0);
    }

    private static void sendToAnUnknownGroup(WebSocketRoute page) {
        WebSocketRoute server = page.connectToServer();
        page.onMessage(frame -> {
            String text = frame.text() != null ? frame.text() : new String(frame.binary(), StandardCharsets.UTF_8);
            server.send(text.replace("\"groupId\":\"001\"", "\"groupId\":\"009\""));
        });
    }

    @Test
    void shouldSayAtTheMessageThatItMayBeLost() {
        visitors.expectFailingRequests();
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.page().evaluate("document.getElementById('draft').maxLength = 100000");
        ann.at("#draft").fill("too large ".repeat(7_000));
        ann.at("#send").click();
        assertThat(ann.at("#messages .failed .fate")).containsText("It may or may not have arrived");
        assertThat(ann.button("Try again")).isVisible();
    }

    @Test
    void shouldMakeNewLinesWithShiftAndSendWithEnter() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#draft").fill("first " + word);
        ann.at("#draft").press("Shift+Enter");
        ann.page().keyboard().type("second");
        ann.at("#draft").press("Enter");
        assertThat(ann.said("first " + word + "\nsecond")).hasCount(1);
    }

    @Test
    void shouldTellScreenReadersOfMessagesWithoutRepeatingTheList() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        Visitor ben = visitors.arrives().signsUp("Ben").connects();
        ben.says("psst " + word);
        assertThat(ann.at("#announcements")).hasText("Ben: psst " + word);
        assertThat(ann.at("#messages")).not().hasAttribute("aria-live", "polite");
        assertThat(ben.at("#announcements")).isEmpty();
        assertThat(ann.page().getByRole(AriaRole.TABPANEL)).containsText(word);
    }
}
