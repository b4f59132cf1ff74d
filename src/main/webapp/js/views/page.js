import { html, nothing } from "../lit.js";
import { totalUnread } from "../state.js";
import { accountPanel } from "./account.js";
import { chatPanel } from "./chat.js";
import { codePanel } from "./code.js";
import { connectionPanel, operations } from "./connections.js";
import { framesPanel } from "./frames.js";
import { header } from "./header.js";
import { icon } from "./icons.js";
import { loginDialog } from "./login.js";

/** The whole page. A view is a function of the state, a translation and the actions, and keeps nothing. */
export function page(view) {
    const { state, t } = view;
    return html`<a class="skip" href="#conversation">${t("page.skip")}</a>
        ${header(view)}
        <main class="work" data-panel=${state.panel}>
            <div class="column side">${accountPanel(view)} ${connectionPanel(view)} ${operations(view)} ${serverPanel(view)}</div>
            <div class="column chat">${chatPanel(view)}</div>
            <div class="column inspect">${framesPanel(view)} ${codePanel(view)}</div>
        </main>
        ${tabs(view)} ${loginDialog(view)} ${mask(state)}`;
}

function serverPanel({ state, t }) {
    const { health, addresses } = state.server;
    return html`<section class="panel" aria-labelledby="server-title">
        <div class="panel-head">
            <h2 id="server-title">${t("server.title")}</h2>
            <span class="spacer"></span>
            <span class="faint" id="health" data-health=${health}>${t(`server.${health}`)}</span>
            <span class="dot" data-state=${health}></span>
        </div>
        ${addresses?.length
            ? html`<nav class="panel-foot" aria-labelledby="server-title">
                  ${addresses.map((address) => html`<a href=${address}>${t(`server.at.${address}`)}</a>`)}
              </nav>`
            : nothing}
    </section>`;
}

function tabs({ state, t, act }) {
    const unread = state.panel === "chat" ? 0 : totalUnread(state);
    const tab = (name, glyph) => html`<button type="button" aria-current=${state.panel === name ? "true" : nothing} @click=${() => act.showPanel(name)}>
        ${icon(glyph)}<span>${t(`tabs.${name}`)}</span>
        ${name === "chat" && unread > 0
            ? html`<span class="badge" aria-hidden="true">${unread}</span><span class="sr-only">${t("chat.unread", { count: unread })}</span>`
            : nothing}
    </button>`;
    return html`<nav class="tabs" aria-label=${t("tabs.title")}>${tab("connect", "plug")} ${tab("chat", "chat")} ${tab("frames", "pulse")}</nav>`;
}

function mask(state) {
    const mask = (title) => html`<div class="mask"><div>${icon("spin", "spin")}<span>${title}</span></div></div>`;
    return html`<div role="status">${state.loading === null ? nothing : mask(state.loading)}</div>`;
}
