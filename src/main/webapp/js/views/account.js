import { html, nothing } from "../lit.js";
import { DEMO_ACCOUNTS, demoIsOff } from "../state.js";
import { avatar, button, problem } from "./controls.js";
import { icon } from "./icons.js";

export function accountPanel({ state, t, act }) {
    const { user } = state;
    return html`<section class="panel" aria-labelledby="account-title">
        <div class="panel-head"><h2 id="account-title">${t("account.title")}</h2></div>
        <div class="panel-body">
            ${user
                ? html`<div class="signed-in" id="signed-in">
                      ${avatar(user.nickname || user.username, user.uid)}
                      <div>
                          <b class="truncate">${user.nickname || user.username}</b>
                          <code class="truncate" title=${user.uid}>${user.uid}</code>
                      </div>
                      ${button({ label: t("account.logout"), kind: "small", code: "logout", busy: state.busy.includes("logout"), onClick: act.logout })}
                  </div>`
                : nothing}
            ${demoIsOff(state)
                ? nothing
                : html`<div class="row accounts" role="group" aria-label=${t("account.switch")}>
                      ${DEMO_ACCOUNTS.map((account, index) => demoAccount(account, index, state, t, act))}
                  </div>`}
            ${user ? nothing : entrances(t, act)}
            ${problem(state.problems.account, () => act.dismiss("account"), t("dismiss"))}
        </div>
    </section>`;
}

function entrances(t, act) {
    return html`<div class="row">
            ${button({ label: t("account.login"), kind: "small", glyph: "logIn", code: "login", onClick: () => act.openLogin("login") })}
            ${button({ id: "open-register", label: t("account.register"), kind: "small", glyph: "plus", code: "register", onClick: () => act.openLogin("register") })}
        </div>
        <p class="tip">${icon("info")}<span>${t("account.tip")}</span></p>`;
}

function demoAccount(account, index, state, t, act) {
    const active = state.user?.username === account.username;
    const busy = state.busy.includes(`account-${index}`);
    return html`<button
        type="button"
        id="account-${index + 1}"
        class="button"
        data-code="login"
        aria-pressed=${String(active)}
        aria-busy=${busy ? "true" : nothing}
        @click=${() => !busy && act.switchAccount(index)}
    >
        ${busy ? icon("spin", "avatar small spin") : avatar(index + 1, account.username, true)}
        <span class="truncate">${t("account.number", { number: index + 1 })}</span>
        <small class="truncate">${account.username}</small>
    </button>`;
}
