package dev.cloudobjects.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagePathTest {

    private static final String VERSION = "1.2.3";

    @ParameterizedTest
    @CsvSource({
        "/, /index.html, text/html; charset=utf-8",
        "/index.html, /index.html, text/html; charset=utf-8",
        "/admin/, /admin/index.html, text/html; charset=utf-8",
        "/js/app.js, /js/app.js, text/javascript; charset=utf-8",
        "/JS/APP.MJS, /JS/APP.MJS, text/javascript; charset=utf-8",
        "/css/base.css, /css/base.css, text/css; charset=utf-8",
        "/images/icon.svg, /images/icon.svg, image/svg+xml",
        "/sdk/index.js, /sdk/index.js, text/javascript; charset=utf-8",
        "/sdk/index.d.ts, /sdk/index.d.ts, text/plain; charset=utf-8",
        "/sdk/LICENSE, /sdk/LICENSE, text/plain; charset=utf-8",
        "/other/1.2.4/a.js, /other/1.2.4/a.js, text/javascript; charset=utf-8",
        "/webjars/lit-html/3.3.2/lit-html.js, /webjars/lit-html/3.3.2/lit-html.js, text/javascript; charset=utf-8"
    })
    void shouldBeAskedForAgain(String path, String resource, String type) {
        assertEquals(Optional.of(new PagePath(resource, type, false)), PagePath.of(path, VERSION));
    }

    @ParameterizedTest
    @CsvSource({
        "/sdk/1.2.3/index.js, /sdk/index.js",
        "/sdk/1.2.3/platforms/uni.js, /sdk/platforms/uni.js",
    })
    void shouldBeKeptWithTheVersionInThePath(String path, String resource) {
        PagePath page = PagePath.of(path, VERSION).orElseThrow();
        assertEquals(resource, page.resource());
        assertTrue(page.permanent());
        assertTrue(page.forOtherSites());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "index.html",
                "/film.mp4",
                "/page.jsp",
                "/nothing",
                "/sdk/1.2.4/index.js",
                "/sdk/1.2.33/index.js",
                "/sdk/1.2.3-rc1/index.js",
                "/sdk/0.0/index.js",
                "/WEB-INF/web.xml",
                "/web-inf/page.html",
                "/WEB-INF/classes/a.json",
                "/META-INF/resources/sdk/index.js",
                "/sdk/../WEB-INF/a.json",
                "/sdk/1.2.3/../../WEB-INF/a.json",
                "/sdk/1.2.3/./index.js",
                "/sdk//index.js",
                "//evil.example/index.html",
                "/js\\..\\WEB-INF\\a.json",
                "/js/app.js;x",
                "/js/\u0000app.js"
            })
    void shouldLeaveTheRestToTheContainer(String path) {
        assertEquals(Optional.empty(), PagePath.of(path, VERSION));
    }
}
