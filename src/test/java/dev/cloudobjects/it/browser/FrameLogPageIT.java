package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import org.junit.jupiter.api.Test;

/** The log of frames, and the code behind the buttons. */
class FrameLogPageIT extends InBrowser {

    private static Locator frames(Visitor visitor, String text) {
        return visitor.at(".frame").filter(new FilterOptions().setHasText(text));
    }

    @Test
    void shouldPauseAndResume() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#pause").click();
        ann.says("while paused");
        assertThat(ann.said("while paused")).hasCount(1);
        assertThat(ann.at(".paused")).containsText("more since");
        assertThat(frames(ann, "while paused")).hasCount(0);

        ann.at("#pause").click();
        assertThat(frames(ann, "while paused")).hasCount(2);
        assertThat(ann.at(".paused")).hasCount(0);
    }

    @Test
    void shouldSearchAndFilterByDirectionAndClear() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.says("needle");
        ann.says("hay");
        assertThat(frames(ann, "hay")).hasCount(2);

        ann.at("#frame-search").fill("NEEDLE");
        assertThat(frames(ann, "hay")).hasCount(0);
        assertThat(ann.at(".frame")).hasCount(2);
        assertThat(ann.at("#frame-count")).containsText("2 of ");

        ann.button("Out").click();
        assertThat(ann.at(".frame")).hasCount(1);
        assertThat(ann.at(".frame")).hasAttribute("data-direction", "out");
        ann.button("In").click();
        assertThat(ann.at(".frame")).hasAttribute("data-direction", "in");

        ann.at("#frame-search").fill("not in any frame");
        assertThat(ann.at("#frames")).containsText("No frame matches.");
        ann.at("#frame-search").fill("");
        ann.button("All").click();
        ann.at("#clear").click();
        assertThat(frames(ann, "needle")).hasCount(0);
    }

    @Test
    void shouldHidePingsUntilTheyAreAskedFor() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        assertThat(ann.at("#state-latency")).isVisible();
        assertThat(ann.at(".frame[data-type=ping], .frame[data-type=pong]")).hasCount(0);
        ann.at("#heartbeats").click();
        assertThat(ann.at("#heartbeats")).hasAttribute("aria-pressed", "true");
        assertThat(ann.at(".frame[data-type=pong]").first()).isVisible();
    }

    @Test
    void shouldShowAFrameInFull() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.says("look inside");
        Locator frame = ann.at(".frame[data-direction=out]").filter(new FilterOptions().setHasText("look inside"));
        frame.locator("summary").click();
        assertThat(frame.locator("pre")).containsText("\"content\": \"look inside\"");
        assertThat(frame.locator("pre .t-text").first()).isVisible();
    }

    @Test
    void shouldKeepABoundedNumberOfFrames() {
        Visitor ann = visitors.arrives();
        Object kept = ann.page()
                .evaluate(
                        """
                        async () => {
                            const { entry, logged, paused, resumed } = await import("./js/frame-log.js");
                            const frame = (i) => entry(i, "default", { direction: "in", type: "message", text: `{"n":${i}}` });
                            let log = { kept: [], fresh: [], paused: false };
                            for (let i = 0; i < 700; i++) log = logged(log, frame(i));
                            log = paused(log);
                            for (let i = 700; i < 1400; i++) log = logged(log, frame(i));
                            const bounded = log.kept.length === 500 && log.fresh.length === 500;
                            log = resumed(log);
                            return bounded && log.kept.length === 500 && log.kept[499].id === 1399 && log.fresh.length === 0;
                        }
                        """);
        org.junit.jupiter.api.Assertions.assertEquals(true, kept);
    }

    @Test
    void shouldShowTheCodeBehindTheButtonUnderThePointerOrTheFocus() {
        Visitor ann = visitors.arrives().signsUp("Ann").connects();
        ann.at("#close-cloud").hover();
        assertThat(ann.at("#code-for")).hasText("Close from the cloud");
        assertThat(ann.at("#code")).containsText("template/web-socket/web-socket.close");
        ann.focus("#logout-user");
        assertThat(ann.at("#code")).containsText("vk.getVuex(\"$user.userInfo._id\")");
        assertThat(ann.at("#code")).containsText("ws.forceLogout(to -> to.user(uid)");

        ann.focus("#draft");
        assertThat(ann.at("#code-for")).hasText("Force this user out");
        ann.page().keyboard().type("by the Enter key");
        ann.page().keyboard().press("Enter");
        assertThat(ann.said("by the Enter key")).hasCount(1);
        assertThat(ann.at("#code-for")).hasText("Send");
    }
}
