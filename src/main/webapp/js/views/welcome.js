import { html, nothing } from "../lit.js";
import { button } from "./controls.js";
import { icon } from "./icons.js";

/** What greets a newcomer: the three steps to a conversation, of which the next one is offered. */
export function welcome({ state, t, act }) {
    const busy = (name) => state.busy.includes(name);
    const loggedIn = state.user !== null;
    const steps = [
        {
            done: loggedIn,
            name: "login",
            action: () => button({ label: t("welcome.loginAction"), kind: "primary small", code: "login", busy: busy("account-0"), onClick: () => act.switchAccount(0) }),
        },
        {
            done: false,
            name: "connect",
            action: () => button({ label: t("connection.connect"), kind: "primary small", code: "connect", busy: busy("connect"), onClick: act.connect }),
        },
        { done: false, name: "talk", action: () => nothing },
    ];
    const now = steps.findIndex((step) => !step.done);
    return html`<div class="welcome">
        <div class="welcome-head">
            <img src="images/icon.svg" alt="" width="52" height="52" />
            <h2>${t("welcome.title")}</h2>
            <p>${t("welcome.text")}</p>
        </div>
        <ol class="steps">
            ${steps.map(
                (step, index) => html`<li class="step" data-step=${step.done ? "done" : index === now ? "now" : "later"}>
                    <span class="number">${step.done ? html`${icon("check")}<span class="sr-only">${t("welcome.done")}</span>` : index + 1}</span>
                    <div>
                        <b>${t(`welcome.${step.name}`)}</b>
                        <p>${t(`welcome.${step.name}Hint`)}</p>
                    </div>
                    ${index === now ? step.action() : nothing}
                </li>`,
            )}
        </ol>
    </div>`;
}

/** What stands in place of the conversation where the demo's objects are not deployed. */
export function demoOff({ t }) {
    return html`<div class="welcome" id="demo-off">
        <div class="welcome-head">
            <img src="images/icon.svg" alt="" width="52" height="52" />
            <h2>${t("demo.offTitle")}</h2>
            <p>${t("demo.offText")} <code>cloudobjects.demo=true</code></p>
        </div>
        <dl class="addresses">
            <div>
                <dt><code>/ws/&lt;path&gt;</code></dt>
                <dd>${t("demo.ws")}</dd>
            </div>
            <div>
                <dt><code>POST /connect</code></dt>
                <dd>${t("demo.connect")}</dd>
            </div>
            <div>
                <dt><code>POST /http/router/&lt;path&gt;.&lt;method&gt;</code></dt>
                <dd>${t("demo.router")}</dd>
            </div>
        </dl>
    </div>`;
}
