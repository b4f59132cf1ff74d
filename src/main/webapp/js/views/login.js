import { html, live, nothing, ref } from "../lit.js";
import { DEMO_ACCOUNTS, demoIsOff } from "../state.js";
import { iconButton, segments } from "./controls.js";
import { icon } from "./icons.js";

/** The login and the registration: a dialog that is open where the address says so. */
export function loginDialog({ state, t, act }) {
    const { name } = state.route;
    const open = name !== "chat";
    return html`<dialog
        id="login"
        aria-labelledby=${open ? "login-title" : nothing}
        ${ref((dialog) => dialog && show(dialog, open))}
        @cancel=${(event) => {
            event.preventDefault();
            act.closeLogin();
        }}
        @click=${(event) => event.target === event.currentTarget && act.closeLogin()}
    >
        ${open ? form(state, t, act) : nothing}
    </dialog>`;
}

/** The browser keeps the focus inside while it is open, and gives it back to where it was. */
function show(dialog, open) {
    if (!open) {
        // At once: while it is open, nothing else on the page takes the focus.
        dialog.close();
        return;
    }
    // The callback runs while the template is still being filled, so its fields can only be focused afterwards.
    queueMicrotask(() => {
        if (dialog.isConnected && !dialog.open) {
            dialog.showModal();
            dialog.querySelector("input")?.focus();
        }
    });
}

function form(state, t, act) {
    const { name } = state.route;
    const isNew = name === "register";
    const busy = state.busy.includes("login");
    const failed = state.problems.login;
    return html`<div class="login">
        <div class="login-head">
            <img src="images/icon.svg" alt="" width="40" height="40" />
            <h2 id="login-title">${t(isNew ? "login.registerTitle" : "login.title")}</h2>
            <p>${t(isNew ? "login.registerText" : "login.text")}</p>
            ${iconButton({ label: t("close"), glyph: "close", kind: "ghost", onClick: act.closeLogin })}
        </div>
        ${state.notice ? html`<p class="notice warn" id="login-notice">${icon("info")}<span>${state.notice}</span></p>` : nothing}
        ${segments({
            label: t("login.kind"),
            value: name,
            options: [
                { value: "login", label: t("account.login") },
                { value: "register", label: t("account.register") },
            ],
            onChange: act.openLogin,
        })}
        <form
            @submit=${(event) => {
                event.preventDefault();
                const fields = new FormData(event.currentTarget);
                act.submitLogin(isNew, fields.get("username").trim(), fields.get("password"), fields.get("nickname")?.trim());
            }}
        >
            <div class="field">
                <label for="username">${t("login.username")}</label>
                <input
                    class="input"
                    id="username"
                    name="username"
                    required
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    pattern=${isNew ? "[A-Za-z][A-Za-z0-9_]{3,32}" : nothing}
                    title=${isNew ? t("login.usernameHint") : nothing}
                    aria-invalid=${failed ? "true" : "false"}
                    aria-describedby=${isNew ? "username-hint login-problem" : "login-problem"}
                />
                ${isNew ? html`<span class="hint" id="username-hint">${t("login.usernameHint")}</span>` : nothing}
            </div>
            ${isNew
                ? html`<div class="field">
                      <label for="nickname">${t("login.nickname")}</label>
                      <input class="input" id="nickname" name="nickname" maxlength="64" autocomplete="nickname" />
                  </div>`
                : nothing}
            <div class="field">
                <label for="password">${t("login.password")}</label>
                <input
                    class="input"
                    id="password"
                    name="password"
                    type="password"
                    required
                    autocomplete=${isNew ? "new-password" : "current-password"}
                    aria-invalid=${failed ? "true" : "false"}
                    aria-describedby="login-problem"
                />
            </div>
            <p class="problem" id="login-problem" role="alert" ?hidden=${!failed}>${failed ?? nothing}</p>
            <button class="button primary" type="submit" id="submit-login" data-code=${isNew ? "register" : "login"} aria-busy=${busy ? "true" : nothing} .disabled=${live(busy)}>
                ${busy ? icon("spin", "spin") : nothing}<span>${t(isNew ? "account.register" : "account.login")}</span>
            </button>
        </form>
        ${isNew || demoIsOff(state) ? nothing : demoAccounts(busy, t, act)}
    </div>`;
}

function demoAccounts(busy, t, act) {
    return html`<div class="row" id="demo-accounts" role="group" aria-label=${t("login.demo")}>
        <span class="label wide" aria-hidden="true">${t("login.demo")}</span>
        ${DEMO_ACCOUNTS.map(
            ({ username, password }) => html`<button
                type="button"
                class="button"
                data-code="login"
                aria-disabled=${busy ? "true" : nothing}
                @click=${() => !busy && act.submitLogin(false, username, password)}
            >
                ${icon("logIn")}<span>${username}</span>
            </button>`,
        )}
    </div>`;
}
