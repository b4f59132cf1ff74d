package dev.cloudobjects.it.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The visitors of one test, each with a browser profile of its own. Afterwards their profiles are gone, and nothing that
 * they saw may have been an error on the console: neither of a script nor of the Content-Security-Policy. Of a test that
 * has failed, what each of them saw last is in {@code target/browser}.
 */
final class Visitors implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(Visitors.class);

    private final String base;
    private final List<Visitor> visitors = new ArrayList<>();
    private @Nullable Browser browser;
    private boolean networkFails;

    Visitors(int port) {
        base = "http://localhost:" + port + "/";
    }

    /** Somebody with an English browser and a wide window, on the page. */
    Visitor arrives() {
        return arrives(options -> options);
    }

    /** Somebody with a browser of another kind, on the page. */
    Visitor arrives(UnaryOperator<NewContextOptions> kind) {
        Visitor visitor = new Visitor(context(kind), base);
        visitors.add(visitor);
        visitor.opens("");
        return visitor;
    }

    private BrowserContext context(UnaryOperator<NewContextOptions> kind) {
        if (browser == null) {
            throw new IllegalStateException("outside a test");
        }
        NewContextOptions usual = new NewContextOptions().setLocale("en-GB").setViewportSize(1440, 900);
        BrowserContext context = browser.newContext(kind.apply(usual));
        context.setDefaultTimeout(Chromium.PATIENCE_MS);
        context.setDefaultNavigationTimeout(Chromium.PATIENCE_MS);
        return context;
    }

    /** The test refuses or cuts what the page asks for, which browsers report on the console. */
    void expectFailingRequests() {
        networkFails = true;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        browser = test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Chromium.class, key -> new Chromium(), Chromium.class)
                .browser();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        boolean failed = test.getExecutionException().isPresent();
        if (failed) {
            photograph(test);
        }
        List<String> problems = new ArrayList<>();
        for (Visitor visitor : visitors) {
            visitor.leaves();
            problems.addAll(visitor.problems(networkFails));
        }
        visitors.clear();
        networkFails = false;
        if (!failed) {
            assertEquals(List.of(), problems, "errors on the console");
        }
    }

    private void photograph(ExtensionContext test) {
        for (int i = 0; i < visitors.size(); i++) {
            String name = test.getRequiredTestClass().getSimpleName() + "." + test.getDisplayName() + "-" + i + ".png";
            try {
                Path file = Path.of("target", "browser", name.replaceAll("[^\\w.-]", "_"));
                visitors.get(i).page().screenshot(new ScreenshotOptions().setPath(file));
            } catch (PlaywrightException e) {
                // The test has failed for a reason that matters more.
            }
        }
    }
}
