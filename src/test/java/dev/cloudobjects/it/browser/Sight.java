package dev.cloudobjects.it.browser;

import java.util.ArrayList;
import java.util.List;

/** What somebody who looks at the page would find wrong with it, whatever it shows. */
final class Sight {

    /** Text whose contrast with what is behind it is less than WCAG's 4.5, or 3 for large text. */
    private static final String CONTRAST =
            """
            () => {
                const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
                const rgba = (color) => {
                    canvas.clearRect(0, 0, 1, 1);
                    canvas.fillStyle = color;
                    canvas.fillRect(0, 0, 1, 1);
                    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
                    return [r, g, b, a / 255];
                };
                const over = ([r, g, b, a], under) => [r, g, b].map((value, i) => value * a + under[i] * (1 - a));
                const background = (element) => {
                    const layers = [];
                    for (let at = element; at; at = at.parentElement) {
                        const layer = rgba(getComputedStyle(at).backgroundColor);
                        if (layer[3] > 0) layers.push(layer);
                        if (layer[3] === 1) break;
                    }
                    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
                };
                const luminance = (color) => {
                    const [r, g, b] = color.map((value) => {
                        const part = value / 255;
                        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
                    });
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const faults = [];
                const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const element = walker.currentNode.parentElement;
                    const seen = walker.currentNode.textContent.trim() !== "" && element.checkVisibility() &&
                        !element.closest(".sr-only, .skip, noscript, [aria-disabled=true], :disabled, .toasts");
                    if (!seen) continue;
                    const style = getComputedStyle(element);
                    const under = background(element);
                    const [light, dark] = [luminance(over(rgba(style.color), under)), luminance(under)].sort((a, b) => b - a);
                    const ratio = (light + 0.05) / (dark + 0.05);
                    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) {
                        faults.push(ratio.toFixed(2) + " " + element.tagName + "." + element.className + ": " + walker.currentNode.textContent.trim().slice(0, 40));
                    }
                }
                return [...new Set(faults)];
            }
            """;

    /**
     * Text and controls that are cut or out of reach, a page that scrolls sideways or as a whole where its columns should,
     * and punctuation of English in Chinese texts. An identifier may be cut where it stands whole elsewhere.
     */
    private static final String LAYOUT =
            """
            () => {
                const faults = [];
                const page = document.documentElement;
                const what = (element) => `${element.tagName}#${element.id}.${element.className}: ${element.textContent.trim().slice(0, 50)}`;
                if (page.scrollWidth > innerWidth) faults.push("sideways: " + page.scrollWidth);
                if (Math.abs(document.body.clientHeight - innerHeight) < 1 && page.scrollHeight > innerHeight) faults.push("down: " + page.scrollHeight);
                for (const element of document.querySelectorAll("body *")) {
                    if (!element.checkVisibility() || element.closest(".sr-only, .skip, svg, pre, textarea, .strip code, .signed-in code")) continue;
                    const style = getComputedStyle(element);
                    const box = element.getBoundingClientRect();
                    if (style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) faults.push("cut: " + what(element));
                    if (element.matches("button, a, input") && (box.right > innerWidth + 1 || box.left < -1)) faults.push("outside: " + what(element));
                    const first = element.firstElementChild?.getBoundingClientRect();
                    if (style.overflowY === "auto" && first?.height > 0 && first.top + element.scrollTop < box.top - 1) faults.push("above the top: " + what(element));
                }
                if (page.lang === "zh-CN") {
                    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                    const texts = [];
                    while (walker.nextNode()) {
                        if (!walker.currentNode.parentElement.closest("pre, code, .whole, .what")) texts.push(walker.currentNode.textContent);
                    }
                    for (const attribute of ["title", "aria-label", "placeholder"]) {
                        document.querySelectorAll(`[${attribute}]`).forEach((element) => texts.push(element.getAttribute(attribute)));
                    }
                    const english = /[\\u4e00-\\u9fff]\\s*[,:;.!?()]|[,:;!?()]\\s*[\\u4e00-\\u9fff]/;
                    faults.push(...texts.filter((text) => english.test(text)).map((text) => "punctuation: " + text));
                }
                return [...new Set(faults)];
            }
            """;

    private Sight() {}

    /** All of it, in words; empty where nothing is wrong. */
    static List<Object> faults(Visitor visitor) {
        // What changes colour has both colours for the length of a frame.
        visitor.page().evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        List<Object> faults = new ArrayList<>();
        for (String look : List.of(CONTRAST, LAYOUT)) {
            faults.addAll((List<?>) visitor.page().evaluate(look));
        }
        return faults;
    }
}
