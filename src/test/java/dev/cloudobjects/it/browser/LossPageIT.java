package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The network goes away and comes back. */
class LossPageIT extends InBrowser {

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

        ann.context().setOffline(false);
        ann.isConnected();
        assertNotEquals(cid, ann.cid());
        assertThat(ben.heard("from the tunnel " + word)).hasCount(1);
        assertThat(ann.said("from the tunnel " + word)).hasCount(1);
        assertThat(ann.at("#messages .pending")).hasCount(0);
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
