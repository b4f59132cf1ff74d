import { html, live, nothing, repeat, svg } from "../lit.js";
import { current, demoIsOff, encryptionPossible, isOpen, secondsLeft, wantsEncryption } from "../state.js";
import { button, problem } from "./controls.js";
import { icon } from "./icons.js";

export function connectionPanel(view) {
    const { state, t, act } = view;
    const some = state.connections.length > 0;
    return html`<section class="panel" aria-labelledby="connection-title">
        <div class="panel-head">
            <h2 id="connection-title">${t("connection.title")}</h2>
            ${some ? html`<span class="tag">${state.connections.length}</span>` : nothing}
        </div>
        <div class="panel-body">
            ${demoIsOff(state) ? off(view) : html`${some ? pool(view) : opening(view)} ${encryption(view)}`}
            ${problem(state.problems.connection, () => act.dismiss("connection"), t("dismiss"))}
            ${state.ended && !state.problems.connection ? ending(view) : nothing}
        </div>
    </section>`;
}

/** The buttons call the demo's objects, which are not there. */
function off({ t }) {
    return html`<p class="hint" id="connection-off">${t("demo.offButtons")} <code>cloudobjects.demo=true</code></p>`;
}

function opening({ state, t, act }) {
    const busy = (name) => state.busy.includes(name);
    return html`<div class="row" role="group" aria-labelledby="connection-title">
        ${button({ id: "connect", label: t("connection.connect"), glyph: "plug", kind: "primary wide", code: "connect", busy: busy("connect"), onClick: act.connect })}
        ${button({ id: "connect-signed", label: t("connection.signed"), glyph: "link", code: "signed", busy: busy("signed"), onClick: act.connectSigned })}
        ${button({ id: "connect-several", label: t("connection.several"), glyph: "layers", code: "several", busy: busy("several"), onClick: act.connectSeveral })}
    </div>`;
}

function pool({ state, t, act }) {
    return html`<fieldset class="pool">
            <legend class="sr-only">${t("connection.choose")}</legend>
            ${repeat(
                state.connections,
                (connection) => connection.key,
                (connection) => card(connection, state, t, act),
            )}
        </fieldset>
        <form class="channel-form" data-code="channel" @submit=${(event) => openChannel(event, act)}>
            <label class="label" for="channel">${t("connection.another")}</label>
            <input class="input small" id="channel" name="channel" value="test" maxlength="64" required autocomplete="off" spellcheck="false" />
            <button class="button" type="submit">${icon("plus")}<span>${t("connection.open")}</span></button>
        </form>`;
}

function openChannel(event, act) {
    event.preventDefault();
    act.connectChannel(new FormData(event.currentTarget).get("channel").trim());
}

function card(connection, state, t, act) {
    const { key, channel, signed, cid, latency, latencies = [] } = connection;
    return html`<label class="connection" data-state=${connection.state}>
        <input
            type="radio"
            name="connection"
            .checked=${live(state.selected === key)}
            @change=${() => act.select(key)}
        />
        <span class="dot" data-state=${connection.state}></span>
        <span class="truncate"><b>${channel}</b>${signed ? html` <span class="tag">${t("connection.signedTag")}</span>` : nothing}</span>
        ${connection.state === "open" && latency !== null && latency !== undefined
            ? html`<span class="latency" title=${t("connection.latency")}>${spark(latencies)}${t("ms", { ms: latency })}</span>`
            : html`<span class="state">${t(`state.${connection.state}`)}${countdown(connection, state, t)}</span>`}
        <code class="cid" title="cid">${cid || "—"}</code>
        ${connection.state === "open" ? lock(connection, t, "sr-only") : nothing}
    </label>`;
}

function countdown(connection, state, t) {
    const seconds = secondsLeft(state, connection);
    return seconds === null ? nothing : html` <span aria-hidden="true">${t("connection.inSeconds", { seconds })}</span>`;
}

export function lock(connection, t, className = "") {
    return html`<span
        class="lock"
        data-encrypted=${String(connection.encrypted)}
        title=${t(connection.encrypted ? "encryption.onHint" : "encryption.offHint")}
        >${icon(connection.encrypted ? "lock" : "unlock")}<span class=${className}>${t(connection.encrypted ? "encryption.on" : "encryption.off")}</span></span
    >`;
}

function spark(latencies) {
    if (latencies.length < 2) {
        return nothing;
    }
    const most = Math.max(...latencies, 1);
    const points = latencies.map((ms, i) => `${((i / (latencies.length - 1)) * 48).toFixed(1)},${(15 - (ms / most) * 13).toFixed(1)}`);
    return html`<svg class="spark" viewBox="0 0 48 16" aria-hidden="true">${svg`<polyline points=${points.join(" ")}></polyline>`}</svg>`;
}

function encryption({ state, t, act }) {
    const offer = state.server.encryption;
    return html`<div class="setting">
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                id="encrypt"
                .checked=${live(wantsEncryption(state))}
                ?disabled=${!encryptionPossible(state)}
                aria-describedby="encrypt-hint"
                @change=${(event) => act.encrypt(event.currentTarget.checked)}
            />
            <span>${t("encryption.switch")}</span>
        </label>
        <p class="hint" id="encrypt-hint">${t(`encryption.${offer}`)}</p>
    </div>`;
}

function ending({ state, t, act }) {
    const { channel, code, reason } = state.ended;
    return html`<p class="notice" id="ended">
        ${icon("info")}<span>${t("connection.ended", { channel, code })} ${t.maybe(`close.${code}`) ?? reason}</span>
        <button type="button" aria-label=${t("dismiss")} @click=${act.forgetEnd}>${icon("close")}</button>
    </p>`;
}

/** What can be done with the connection that is selected. */
export function operations({ state, t, act }) {
    if (!current(state)) {
        return nothing;
    }
    const busy = (name) => state.busy.includes(name);
    const disabled = !isOpen(state);
    return html`<section class="panel" aria-labelledby="operations-title">
        <div class="panel-head"><h2 id="operations-title">${t("operations.title")}</h2></div>
        <div class="panel-body">
            <div class="row" role="group" aria-label=${t("operations.close")}>
                <span class="label wide" aria-hidden="true">${t("operations.close")}</span>
                ${button({ id: "close-client", label: t("operations.byClient"), glyph: "close", code: "close", onClick: act.closeClient })}
                ${button({ id: "close-cloud", label: t("operations.byCloud"), glyph: "cloudOff", code: "closeCloud", disabled, busy: busy("closeCloud"), onClick: act.closeCloud })}
            </div>
            <div class="row" role="group" aria-label=${t("operations.forceLogout")}>
                <span class="label wide" aria-hidden="true">${t("operations.forceLogout")}</span>
                ${button({ id: "logout-device", label: t("operations.device"), glyph: "device", kind: "danger", code: "logoutDevice", disabled, busy: busy("logoutDevice"), onClick: act.logoutDevice })}
                ${button({ id: "logout-user", label: t("operations.user"), glyph: "users", kind: "danger", code: "logoutUser", disabled, busy: busy("logoutUser"), onClick: act.logoutUser })}
            </div>
            ${problem(state.problems.operations, () => act.dismiss("operations"), t("dismiss"))}
        </div>
    </section>`;
}
