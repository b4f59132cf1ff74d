import { guard, html } from "../lit.js";
import { CODE } from "../code.js";
import { highlighted } from "../highlight.js";
import { demoIsOff, wantsEncryption } from "../state.js";

/** What there are buttons for without the demo's objects. */
const ACCOUNT = new Set(["login", "register", "logout"]);

/** What the button under the pointer, or the one that was used last, calls: here, and on the server. */
export function codePanel({ state, t }) {
    const name = demoIsOff(state) && !ACCOUNT.has(state.shownCode) ? "login" : state.shownCode;
    const [client, server] = CODE[name]({
        group: state.group,
        encrypt: wantsEncryption(state),
        username: state.user?.username ?? "test1",
    });
    return html`<section class="panel code-panel" aria-labelledby="code-title" id="code">
        <div class="panel-head">
            <h2 id="code-title">${t("code.title")}</h2>
            <span class="for" id="code-for">${t(`code.${name}`)}</span>
        </div>
        ${guard(
            [client, server, state.language],
            () => html`<div class="panel-body">
                <span class="label">${t("code.client")}</span>
                <pre tabindex="0" aria-label=${t("code.client")}><code>${highlighted(client)}</code></pre>
                <span class="label">${t("code.server")}</span>
                <pre tabindex="0" aria-label=${t("code.server")}><code>${highlighted(server)}</code></pre>
            </div>`,
        )}
    </section>`;
}
