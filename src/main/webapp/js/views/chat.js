import { guard, html, live, nothing, repeat } from "../lit.js";
import { GROUPS, current, demoIsOff, isMine, isOpen, messagesOf, secondsLeft } from "../state.js";
import { lock } from "./connections.js";
import { avatar, button, problem } from "./controls.js";
import { icon } from "./icons.js";
import { demoOff, welcome } from "./welcome.js";

export function chatPanel(view) {
    const { state, t } = view;
    const messages = messagesOf(state, state.group);
    const sending = state.sending.filter((message) => message.groupId === state.group);
    const off = demoIsOff(state);
    const fresh = messages.length === 0 && sending.length === 0 && current(state) === null;
    return html`<section class="panel fill" aria-labelledby="chat-title" id="conversation" tabindex="-1">
        <h2 class="sr-only" id="chat-title">${t("chat.title")}</h2>
        ${off ? nothing : html`${groups(view)} ${strip(view)}`}
        <div
            class="messages"
            id="messages"
            role="tabpanel"
            aria-labelledby=${off ? "chat-title" : `group-${state.group}`}
            tabindex="0"
            ?hidden=${off || fresh}
        >
            ${guard([state.messages, state.sending, state.group, state.user, state.language, isOpen(state)], () => list(messages, sending, view))}
        </div>
        ${off ? demoOff(view) : fresh ? welcome(view) : nothing} ${off ? nothing : composer(view)}
    </section>`;
}

function groups({ state, t, act }) {
    return html`<div class="groups" role="tablist" aria-label=${t("chat.groups")} @keydown=${(event) => step(event, state, act)}>
        ${GROUPS.map((group, index) => {
            const unread = state.unread[group];
            const selected = group === state.group;
            return html`<button
                type="button"
                role="tab"
                id="group-${group}"
                aria-selected=${String(selected)}
                aria-controls="messages"
                tabindex=${selected ? 0 : -1}
                data-code="send"
                @click=${() => act.chooseGroup(group)}
            >
                <span>${t("chat.group", { number: index + 1 })}</span>
                <code>${group}</code>
                ${unread > 0
                    ? html`<span class="badge" aria-hidden="true">${unread}</span
                          ><span class="sr-only">${t("chat.unread", { count: unread })}</span>`
                    : nothing}
            </button>`;
        })}
    </div>`;
}

/** Arrow keys go from tab to tab, as they do in every list of tabs. */
function step(event, state, act) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) {
        event.preventDefault();
        const next = GROUPS[(GROUPS.indexOf(state.group) + by + GROUPS.length) % GROUPS.length];
        act.chooseGroup(next);
        document.getElementById(`group-${next}`).focus();
    }
}

function strip({ state, t, act }) {
    const connection = current(state);
    const word = connection?.state ?? "closed";
    return html`<div class="strip" id="state" data-state=${word}>
        <span class="fact"><span class="dot" data-state=${word}></span><span class="word" role="status">${t(`state.${word}`)}</span></span>
        ${word === "waiting" ? waiting(connection, state, t, act) : nothing}
        ${connection
            ? html`<span class="fact" title=${t("connection.channel")}>${icon("layers")}<span class="truncate" id="state-channel">${connection.channel}</span></span>
                  ${connection.cid
                      ? html`<span class="fact cid" title="cid">cid <code class="truncate" id="state-cid">${connection.cid}</code></span>`
                      : nothing}
                  <span class="spacer"></span>
                  ${connection.state === "open" ? lock(connection, t) : nothing}
                  ${connection.state === "open" && typeof connection.latency === "number"
                      ? html`<span class="fact" title=${t("connection.latency")} id="state-latency">${icon("pulse")}${t("ms", { ms: connection.latency })}</span>`
                      : nothing}`
            : nothing}
        <span class="returned" id="state-return" role="status">${returned(connection, t)}</span>
    </div>`;
}

/** Whether a connection that has come back has missed something. */
function returned(connection, t) {
    const how = connection?.returned;
    if (how === undefined) {
        return nothing;
    }
    return how === "recovered" ? t("connection.recovered") : t("connection.missed", { reason: t.maybe(`missed.${how}`) ?? how });
}

/** The seconds are not read out: each would be. */
function waiting(connection, state, t, act) {
    const seconds = secondsLeft(state, connection);
    return html`${seconds === null ? nothing : html`<span class="fact" id="countdown" aria-hidden="true">${t("connection.inSeconds", { seconds })}</span>`}
        ${button({ id: "try-now", label: t("connection.tryNow"), kind: "small", onClick: act.tryNow })}
        ${button({ id: "stop", label: t("connection.stop"), kind: "small", code: "close", onClick: act.closeClient })}`;
}

function list(messages, sending, view) {
    const { t } = view;
    if (messages.length + sending.length === 0) {
        return html`<div class="empty">${icon("chat")}<p>${t("chat.empty")}</p></div>`;
    }
    return [
        repeat(
            messages,
            (message) => message.id,
            (message, index) => bubble(message, messages[index - 1], view),
        ),
        repeat(
            sending,
            (message) => message.id,
            (message) => underWay(message, view),
        ),
    ];
}

function bubble(message, before, { state, t }) {
    const mine = isMine(state, message);
    const author = message.author ?? {};
    const again = before !== undefined && before.author?._id === author._id && before.author?.nickname === author.nickname && message.at - before.at < 120_000;
    const time = html`<time datetime=${new Date(message.at).toISOString()}>${clock(message.at, state.language)}</time>`;
    const name = author.nickname ?? t("chat.someone");
    return html`<div class="message ${mine ? "mine" : ""} ${again ? "again" : ""}">
        ${mine ? nothing : again ? html`<span></span>` : avatar(name, author._id ?? null)}
        <div>
            ${again
                ? html`<span class="sr-only">${mine ? t("chat.me") : name}</span>`
                : html`<div class="byline"><b>${mine ? t("chat.me") : name}</b>${time}</div>`}
            <div class="bubble" dir="auto">${content(message.content)}</div>
        </div>
    </div>`;
}

/** A message that has not got through yet, or will not. */
function underWay(message, { state, t, act }) {
    const failed = message.problem !== undefined;
    return html`<div class="message mine ${failed ? "failed" : "pending"}">
        <div>
            <div class="bubble" dir="auto">${content(message.content)}</div>
            <p class="fate" role=${failed ? "alert" : nothing}>
                ${failed
                    ? html`${icon("alert")}<span>${message.problem}</span>
                          <button type="button" @click=${() => act.sendAgain(message)}>${t("chat.again")}</button>
                          <button type="button" @click=${() => act.discard(message)}>${t("chat.discard")}</button>`
                    : html`<span>${t(isOpen(state) ? "chat.sending" : "chat.queued")}</span>`}
            </p>
        </div>
    </div>`;
}

/** Whatever a message holds, as text: never as markup. */
function content(value) {
    return typeof value === "string" ? value : html`<code>${JSON.stringify(value)}</code>`;
}

function clock(at, language) {
    return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
}

function composer({ state, t, act }) {
    const connected = current(state) !== null;
    return html`<form
        class="composer"
        @submit=${(event) => {
            event.preventDefault();
            act.sendDraft();
        }}
    >
        <div class="composer-box">
            <label class="sr-only" for="draft">${t("chat.message")}</label>
            <textarea
                id="draft"
                rows="1"
                maxlength="4000"
                placeholder=${t(connected ? "chat.placeholder" : "chat.connectFirst")}
                aria-describedby="composer-hint"
                .value=${live(state.draft)}
                @input=${(event) => act.write(event.currentTarget.value)}
                @keydown=${(event) => {
                    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
                        event.preventDefault();
                        act.sendDraft();
                    }
                }}
            ></textarea>
            <button
                type="submit"
                id="send"
                class="button primary"
                data-code="send"
                aria-disabled=${connected && state.draft.trim() !== "" ? nothing : "true"}
            >
                ${icon("send")}<span>${t("chat.send")}</span>
            </button>
        </div>
        <div class="composer-tools">
            ${button({ id: "send-sample", label: t("chat.sample"), glyph: "sparkle", kind: "small", code: "send", disabled: !connected, onClick: act.sendSample })}
            ${button({ id: "receive", label: t("chat.receive"), glyph: "cloudDown", kind: "small", code: "receive", disabled: !isOpen(state), busy: state.busy.includes("receive"), onClick: act.receive })}
            <span class="spacer"></span>
            <span class="keys" id="composer-hint"><kbd>Enter</kbd> ${t("chat.keySend")} · <kbd>Shift</kbd> <kbd>Enter</kbd> ${t("chat.keyLine")}</span>
        </div>
        ${problem(state.problems.chat, () => act.dismiss("chat"), t("dismiss"))}
    </form>`;
}
