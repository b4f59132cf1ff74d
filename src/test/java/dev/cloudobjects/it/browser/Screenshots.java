package dev.cloudobjects.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of {@code docs/images}. No test by its name, so it runs only when it is asked for, as CONTRIBUTING.md
 * says.
 */
class Screenshots extends InBrowser {

    private static final Path FOLDER = Path.of("docs", "images");
    private static final long MOST_BYTES = 300_000;

    @Test
    void light() throws IOException {
        photograph("page-light", desk(ColorScheme.LIGHT), false);
    }

    @Test
    void dark() throws IOException {
        photograph("page-dark", desk(ColorScheme.DARK), false);
    }

    @Test
    void chinese() throws IOException {
        photograph("page-zh", options -> desk(ColorScheme.LIGHT).apply(options).setLocale("zh-CN"), true);
    }

    @Test
    void phone() throws IOException {
        photograph(
                "page-phone",
                options -> options.setViewportSize(390, 844).setDeviceScaleFactor(1.5).setColorScheme(ColorScheme.LIGHT),
                false);
    }

    private static UnaryOperator<NewContextOptions> desk(ColorScheme colors) {
        return options -> options.setViewportSize(1360, 850).setDeviceScaleFactor(1.2).setColorScheme(colors);
    }

    private void photograph(String name, UnaryOperator<NewContextOptions> kind, boolean chinese) throws IOException {
        Visitor ann = visitors.arrives(kind);
        boolean narrow = ann.at("nav.tabs").isVisible();
        Visitor ben = visitors.arrives().signsUp(chinese ? "小明" : "Ben").connects();
        if (narrow) {
            ann.at("nav.tabs button").nth(0).click();
        }
        ann.signsUp(chinese ? "小安" : "Ann").connects();
        if (narrow) {
            ann.at("nav.tabs button").nth(1).click();
        }
        say(ben, ann, chinese ? "早！新版本发布了吗？" : "Morning! Is the new build out?");
        say(ann, ben, chinese ? "正在滚动升级，三个节点已完成两个" : "Rolling it out now, two of three nodes are done");
        say(ann, ben, chinese ? "最后一个先排空连接，再重启" : "The last one drains first, then restarts");
        say(ben, ann, chinese ? "我这边显示“重连中”，一秒后自己恢复了，还在两个群里。" : "My page said “Reconnecting” for a second and came back by itself, in both groups.");
        ben.at("#group-002").click();
        ben.says(chinese ? "另一个群" : "over here, too");
        assertThat(ann.at("#group-002 .badge")).hasText("1");
        ann.at("#receive").click();
        assertThat(ann.heard(chinese ? "这是只给你发的消息" : "A message only for you")).hasCount(1);
        assertThat(ann.at(".toast")).hasCount(0);
        ann.at("#send-sample").hover();
        Path file = FOLDER.resolve(name + ".png");
        ann.page().screenshot(new ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED));
        assertTrue(Files.size(file) < MOST_BYTES, file + " has " + Files.size(file) + " bytes");
    }

    private static void say(Visitor speaker, Visitor listener, String text) {
        speaker.says(text);
        assertThat(listener.heard(text)).hasCount(1);
        assertThat(speaker.said(text)).hasCount(1);
    }
}
