import en from "./en.js";
import zh from "./zh.js";

const TEXTS = { en, zh };

/** The language that the page opened in, as js/early.js found it. */
export function openedIn() {
    return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

/** Gives texts by their keys, with `{name}` replaced by the parameter of that name. */
export function translator(language) {
    const texts = TEXTS[language];

    function maybe(key, parameters = {}) {
        return texts[key]?.replace(/\{(\w+)\}/g, (whole, name) => String(parameters[name] ?? whole)) ?? null;
    }

    const t = (key, parameters) => maybe(key, parameters) ?? key;
    return Object.assign(t, { maybe });
}
