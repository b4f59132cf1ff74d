import { html, nothing, repeat } from "../lit.js";
import { avatar, button, iconButton } from "./controls.js";
import { icon } from "./icons.js";

const THEMES = { auto: "screen", light: "sun", dark: "moon" };
const NEXT = { auto: "light", light: "dark", dark: "auto" };

export function header({ state, t, act, version }) {
    return html`<header class="bar">
        <div class="brand">
            <img src="images/icon.svg" alt="" width="30" height="30" />
            <h1>Cloud Objects</h1>
            <span class="tag">${version}</span>
            <p class="truncate">${t("page.tagline")}</p>
        </div>
        ${toasts(state)}
        ${button({
            id: "language",
            label: t("language.other"),
            kind: "ghost small",
            hint: t("language.switch"),
            onClick: () => act.speak(state.language === "en" ? "zh" : "en"),
        })}
        ${iconButton({
            id: "theme",
            label: t(`theme.${state.theme}`),
            glyph: THEMES[state.theme],
            kind: "ghost",
            onClick: () => act.dress(NEXT[state.theme]),
        })}
        ${state.user ? signedIn(state, t, act) : signedOut(t, act)}
    </header>`;
}

/** In the flow of the bar, so that they can't lie above anything. */
function toasts(state) {
    return html`<div class="toasts" role="status">
        ${repeat(
            state.toasts,
            (toast) => toast.id,
            (toast) => html`<div class="toast">${toast.glyph ? icon(toast.glyph) : nothing}<span>${toast.text}</span></div>`,
        )}
    </div>`;
}

function signedIn(state, t, act) {
    const name = state.user.nickname || state.user.username;
    return html`<span class="who" id="who">
            ${avatar(name, state.user.uid, true)}
            <span class="name truncate"><span class="sr-only">${t("account.signedInAs")} </span>${name}</span>
        </span>
        ${iconButton({ id: "logout", label: t("account.logout"), glyph: "logOut", kind: "ghost", onClick: act.logout })}`;
}

function signedOut(t, act) {
    return html`${button({ id: "open-login", label: t("account.login"), kind: "small primary", code: "login", onClick: () => act.openLogin("login") })}`;
}
