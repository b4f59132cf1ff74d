// What a visitor chose, kept in the browser where it allows that.

const KEY = "cloudobjects.page";

export function readPreferences() {
    try {
        const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}");
        return stored !== null && typeof stored === "object" ? stored : {};
    } catch {
        return {};
    }
}

export function savePreference(name, value) {
    try {
        localStorage.setItem(KEY, JSON.stringify({ ...readPreferences(), [name]: value }));
    } catch {
        // A browser that stores nothing forgets the choice with the page.
    }
}

/** Shows a theme: "light", "dark", or "auto" for what the system prefers. */
export function applyTheme(theme) {
    if (theme === "auto") {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = theme;
    }
}
