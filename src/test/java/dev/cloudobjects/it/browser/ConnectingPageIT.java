package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Route;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every button that opens or ends connections. */
class ConnectingPageIT extends InBrowser {

    private static final Pattern MILLISECONDS = Pattern.compile("\\d+ ms");

    @Test
    void shouldShowCidChannelEncryptionAndRoundTripTime() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        assertThat(ann.at("#state")).containsText("Connected");
        assertThat(ann.at("#state-channel")).hasText("default");
        assertThat(ann.at("#state-cid")).hasText(Pattern.compile("[\\w-]{20,}"));
        assertThat(ann.at("#state .lock")).hasText("Encrypted");
        assertThat(ann.at("#state-latency")).hasText(MILLISECONDS);
    }

    @Test
    void shouldSayWhenAConnectionIsNotEncrypted() {
        Visitor ann = visitors.arrives().signsUp("Ann");
        ann.page().getByLabel("Encrypt payloads").uncheck();
        ann.connects();
        assertThat(ann.at("#state .lock")).hasText("Not encrypted");
        assertThat(ann.at("#state .lock")).hasAttribute("title", Pattern.compile("wss"));
        ann.says("in clear");
        assertThat(ann.said("in clear")).hasCount(1);

        ann.page().reload();
        assertThat(ann.page().getByLabel("Encrypt payloads")).not().isChecked();
    }

    @Test
    void shouldNotClaimEncryptionOnAPageThatCameOverHttp() {
        Visitor ann = visitors.arrives();
        ann.context().addInitScript("Object.defineProperty(window, 'isSecureContext', { value: false })");
        ann.page().reload();
        assertThat(ann.page().getByLabel("Encrypt payloads")).isDisabled();
        assertThat(ann.at("#encrypt-hint")).containsText("loaded over http");
        ann.signsUp("Ann").connects();
        assertThat(ann.at("#state .lock")).hasText("Not encrypted");
    }

    @Test
    void shouldNotFallBackToClearWhereTheServerNamesNoKey() {
        visitors.expectFailingRequests();
        Visitor ann = visitors.arrives();
        ann.context().route("**/connect/keys", route -> route.fulfill(
                new Route.FulfillOptions().setStatus(404).setBody("{\"code\":404,\"msg\":\"there is no key\",\"requestId\":\"r\"}")));
        ann.page().reload();
        ann.signsUp("Ann");
        assertThat(ann.at("#encrypt-hint")).containsText("named no key");
        assertThat(ann.page().getByLabel("Encrypt payloads")).isChecked();
        ann.at("#connect").click();
        assertThat(ann.at("section[aria-labelledby=connection-title] .notice.bad")).containsText("there is no key");
        ann.sees("closed");

        ann.page().getByLabel("Encrypt payloads").uncheck();
        ann.connects();
        assertThat(ann.at("#state .lock")).hasText("Not encrypted");
    }

    @Test
    void shouldConnectThroughASignedUrl() {
        Visitor ann = visitors.arrives().signsUp("Ann");
        ann.at("#connect-signed").click();
        ann.isConnected();
        assertThat(ann.at(".connection")).containsText("signed url");
        ann.says("by a signed url");
        assertThat(ann.said("by a signed url")).hasCount(1);
    }

    @Test
    void shouldShowAllConnectionsAndGiveTheSameOneForTheSameChannel() {
        Visitor ann = visitors.arrives().signsUp("Ann");
        ann.at("#connect-several").click();
        assertThat(ann.at(".connection[data-state=open]")).hasCount(2);
        assertThat(ann.at("#state-channel")).hasText("default");
        String first = ann.cid();

        ann.at(".connection").filter(new FilterOptions().setHasText("test")).locator("input").check();
        assertThat(ann.at("#state-channel")).hasText("test");
        String second = ann.cid();
        assertNotEquals(first, second);

        ann.at("#channel").fill("default");
        ann.button("Open").click();
        assertThat(ann.at(".toast").last()).containsText("the same cid");
        assertThat(ann.at("#state-channel")).hasText("default");
        assertEquals(first, ann.cid());
        assertThat(ann.at(".connection")).hasCount(2);

        ann.at("#channel").fill("news");
        ann.button("Open").click();
        assertThat(ann.at(".connection[data-state=open]")).hasCount(3);
        assertThat(ann.at("#state-channel")).hasText("news");
    }

    @Test
    void shouldCloseFromTheClient() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#close-client").click();
        ann.sees("closed");
        assertThat(ann.at("#ended")).containsText("1000: closed by this page.");
        assertThat(ann.at("#connect")).isVisible();
        ann.connects();
        assertThat(ann.at("#ended")).hasCount(0);
    }

    @Test
    void shouldCloseOneConnectionFromTheCloud() {
        Visitor ann = visitors.arrives().signsUp("Ann");
        ann.at("#connect-several").click();
        assertThat(ann.at(".connection[data-state=open]")).hasCount(2);
        ann.at("#close-cloud").click();
        assertThat(ann.at(".connection")).hasCount(1);
        assertThat(ann.at("#state-channel")).hasText("test");
        assertThat(ann.at("#ended")).containsText("default was closed with 4000: closed by the cloud object.");
        ann.isConnected();
    }

    @Test
    void shouldForceTheDeviceOutAndComeBackAfterTheLogin() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#logout-device").click();
        assertThat(ann.at("#login")).isVisible();
        assertThat(ann.at("#login-notice")).containsText("You were logged out; please log in again");
        assertThat(ann.at("#state")).hasAttribute("data-state", "closed");
        assertThat(ann.page()).hasURL(Pattern.compile("#/login\\?redirect="));
        ann.logsIn(ann.username());
        assertThat(ann.page()).hasURL(Pattern.compile("(/|#/)$"));
        ann.isConnected();
    }

    @Test
    void shouldForceTheUserOutOnAllDevices() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        Visitor laptop = visitors.arrives();
        laptop.at("#open-login").click();
        laptop.logsIn(ann.username()).connects();

        laptop.at("#logout-user").click();
        assertThat(laptop.at("#login-notice")).containsText("You were logged out; please log in again");
        assertThat(ann.at("#login-notice")).containsText("You were logged out; please log in again");
        assertThat(ann.at("#signed-in")).hasCount(0);
    }

    @Test
    void shouldLeaveOtherDevicesAloneWhenOneIsForcedOut() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        Visitor laptop = visitors.arrives();
        laptop.at("#open-login").click();
        laptop.logsIn(ann.username()).connects();
        laptop.at("#logout-device").click();
        assertThat(laptop.at("#login")).isVisible();
        ann.isConnected();

        assertThat(ann.at("#login")).not().isVisible();
    }

    @Test
    void shouldAskForALoginFirstAndConnectAfterIt() {
        Visitor ann = visitors.arrives();
        ann.at("#connect").click();
        assertThat(ann.at("#login-notice")).containsText("Log in first");
        ann.button("Close").click();
        assertThat(ann.at("#login")).not().isVisible();
        ann.sees("closed");

        Visitor known = visitors.arrives().signsUp("Ann");
        ann.at("#connect").click();
        ann.logsIn(known.username()).isConnected();
    }

    @Test
    void shouldCloseItsConnectionsWhenThePageIsLeft() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        String cid = ann.cid();
        ann.page().navigate("about:blank");
        ann.opens("");
        ann.sees("closed");
        ann.connects();
        assertNotEquals(cid, ann.cid());
        ann.says("only one of me");
        assertThat(ann.said("only one of me")).hasCount(1);
    }
}
