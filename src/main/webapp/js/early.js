// Runs before the first paint, so that neither the theme nor the language of the page flickers. No module: those wait.
(function () {
    let stored = {};
    try {
        stored = JSON.parse(localStorage.getItem("cloudobjects.page") || "{}") || {};
    } catch {
        // Nothing stored that can be read: what the browser prefers holds.
    }
    const root = document.documentElement;
    if (stored.theme === "light" || stored.theme === "dark") {
        root.dataset.theme = stored.theme;
    }
    const preferred = stored.language || (navigator.languages || [navigator.language])[0] || "en";
    root.lang = preferred.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
})();
