package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Route;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The network goes away and comes back. */
class LossPageIT extends InBrowser {

    private static final Pattern SECONDS = Pattern.compile("in \\d s");

    private final String word = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void shouldComeBackByItselfAndSendWhatWasWrittenMeanwhile() {
        visitors.expectFailingRequests();
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        Visitor ben = visitors.arrives().signsUp("Ben").connects();
        String cid = ann.cid();

        ann.context().setOffline(true);
        ann.sees("waiting");
        assertThat(ann.at("#state")).containsText("Reconnecting");
        ann.says("from the tunnel " + word);
        assertThat(ann.at("#messages .pending .fate")).hasText("Waits for the connection");
        assertThat(ann.at("#state-return")).isEmpty();

        ann.context().setOffline(false);
        ann.isConnected();
        assertThat(ann.at("#state-return")).hasText("Back, nothing was missed");
        assertEquals(cid, ann.cid());
        assertThat(ben.heard("from the tunnel " + word)).hasCount(1);
        assertThat(ann.said("from the tunnel " + word)).hasCount(1);
        assertThat(ann.at("#messages .pending")).hasCount(0);
    }

    @Test
    void shouldCountDownAndTryNowOrStop() {
        visitors.expectFailingRequests();
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.context().route("**/health/ready", route -> route.abort());
        ann.context().setOffline(true);
        ann.sees("waiting");
        assertThat(ann.at("#countdown")).hasText(SECONDS);
        assertThat(ann.button("Connect")).hasCount(0);
        ann.context().route("**/connect", route -> route.fulfill(new Route.FulfillOptions()
                .setStatus(503)
                .setContentType("text/html")
                .setHeaders(Map.of("Retry-After", "0"))
                .setBody("<html>not now</html>")));
        ann.context().setOffline(false);
        ann.page().waitForResponse("**/connect", () -> {});
        ann.context().unroute("**/connect");
        ann.context().unroute("**/health/ready");
        ann.page().waitForResponse("**/health/ready", () -> {
            ann.sees("waiting");
            ann.at("#try-now").click();
            ann.isConnected();
        });
        assertThat(ann.at("#health")).hasText("Ready");
        assertThat(ann.at("#try-now")).hasCount(0);

        ann.context().setOffline(true);
        ann.sees("waiting");
        ann.at("#stop").click();
        ann.sees("closed");
        assertThat(ann.at("#ended")).containsText("closed by this page.");
        assertThat(ann.at("#code-for")).hasText("Close from the client");
        ann.context().setOffline(false);
    }

    @Test
    void shouldEndASignedConnectionAndSayWhy() {
        visitors.expectFailingRequests();
        Visitor ann = visitors.arrives().signsUp("Ann");
        ann.at("#connect-signed").click();
        ann.isConnected();
        ann.context().setOffline(true);
        ann.sees("closed");
        assertThat(ann.at(".column.side [role=alert] .notice")).containsText("the network is away");
        assertThat(ann.at("#connect-signed")).isVisible();
    }
}
