package dev.cloudobjects.it.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The one browser of a test run: found on this machine, started when the first test asks, without a window. */
final class Chromium implements AutoCloseable {

    /** How long any wait may take: far more than a busy single core needs. */
    static final double PATIENCE_MS = 30_000;

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final String ADVICE =
            """
            The tests of the page need a browser. Either
              install Chromium, for example: apt-get install chromium
              or name one: mvn verify -Dit.browser=/path/to/chrome, or the environment's IT_BROWSER
              or let Playwright download its own: see CONTRIBUTING.md
            """;

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        playwright = Playwright.create();
        LaunchOptions options = new LaunchOptions().setArgs(FLAGS);
        find().ifPresent(options::setExecutablePath);
        try {
            browser = playwright.chromium().launch(options);
        } catch (PlaywrightException e) {
            playwright.close();
            throw new AssertionError(ADVICE, e);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    Browser browser() {
        return browser;
    }

    /** The browser that was named, or the first that is installed; empty for Playwright's own. */
    private static Optional<Path> find() {
        String named = System.getProperty("it.browser", System.getenv("IT_BROWSER"));
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
