import { guard, html, live, nothing, repeat } from "../lit.js";
import { shown } from "../frame-log.js";
import { highlighted } from "../highlight.js";
import { button, iconButton, segments } from "./controls.js";
import { icon } from "./icons.js";

/** Said already, in bold. */
const TYPE = /^\{"type":"\w+",?/;
const ARROWS = { out: "arrowUp", in: "arrowDown", state: "bolt" };

export function framesPanel({ state, t, act }) {
    const log = state.frames;
    const frames = shown(log);
    return html`<section class="panel fill" aria-labelledby="frames-title" id="frames">
        <div class="panel-head">
            <h2 id="frames-title">${t("frames.title")}</h2>
            <span class="tag" id="frame-count">${count(frames.length, log.kept.length, t)}</span>
            <span class="spacer"></span>
            ${iconButton({
                id: "pause",
                label: t(log.paused ? "frames.resume" : "frames.pause"),
                glyph: log.paused ? "play" : "pause",
                kind: "ghost small",
                onClick: log.paused ? act.resumeFrames : act.pauseFrames,
            })}
            ${iconButton({ id: "clear", label: t("frames.clear"), glyph: "broom", kind: "ghost small", onClick: act.clearFrames })}
        </div>
        <div class="frame-tools">
            <div class="search">
                ${icon("search")}
                <label class="sr-only" for="frame-search">${t("frames.search")}</label>
                <input
                    class="input small"
                    id="frame-search"
                    type="search"
                    placeholder=${t("frames.search")}
                    spellcheck="false"
                    .value=${live(log.search)}
                    @input=${(event) => act.filterFrames({ search: event.currentTarget.value })}
                />
            </div>
            ${segments({
                label: t("frames.direction"),
                value: log.direction,
                options: ["all", "out", "in"].map((value) => ({ value, label: t(`frames.${value}`) })),
                onChange: (direction) => act.filterFrames({ direction }),
            })}
            ${button({ id: "heartbeats", label: t("frames.heartbeats"), kind: "ghost small", pressed: log.heartbeats, onClick: () => act.filterFrames({ heartbeats: !log.heartbeats }) })}
        </div>
        ${log.paused
            ? html`<p class="paused" role="status">${icon("pause")}<span>${t("frames.paused", { count: log.fresh.length })}</span></p>`
            : nothing}
        ${frames.length === 0
            ? html`<div class="empty">${icon("pulse")}<p>${t(log.kept.length === 0 ? "frames.none" : "frames.noMatch")}</p></div>`
            : html`<div class="frame-list" id="frame-list" role="region" aria-labelledby="frames-title" tabindex="0">
                  ${guard([log, state.language], () =>
                      repeat(
                          frames,
                          (frame) => frame.id,
                          // A frame never changes, so a new one redraws none of the others.
                          (frame) => guard([frame, state.language], () => row(frame, t, act)),
                      ),
                  )}
              </div>`}
    </section>`;
}

function count(seen, kept, t) {
    return seen === kept ? t("frames.count", { count: kept }) : t("frames.some", { seen, count: kept });
}

/** Signs of type and text that fit on one line, on a narrow screen too. */
const SHORT = 20;

function row(frame, t, act) {
    const text = frame.text.replace(TYPE, "{");
    const fits = frame.type.length + text.length <= SHORT;
    return html`<details class="frame" data-direction=${frame.direction} data-type=${frame.type}>
        <summary>
            <span class="arrow">${icon(ARROWS[frame.direction])}</span>
            <span class="sr-only">${t(`frames.${frame.direction}`)}</span>
            <time>${clock(frame.at)}</time>
            <span class="what truncate"><b>${frame.type}</b>${fits ? text : nothing}</span>
            <span class="size">${frame.size > 0 ? t("frames.bytes", { count: frame.size }) : nothing}</span>
            ${fits ? nothing : html`<span class="whole">${text}</span>`}
        </summary>
        <div class="frame-detail">
            <div class="facts">
                <span class="tag">${t(`frames.${frame.direction}`)}</span>
                <span class="tag">${t("frames.channel", { channel: frame.channel })}</span>
                <span class="spacer"></span>
                ${button({ label: t("copy"), glyph: "copy", kind: "small", onClick: () => act.copy(frame.text) })}
            </div>
            <pre tabindex="0" aria-label=${t("frames.content")}><code>${highlighted(pretty(frame.text))}</code></pre>
        </div>
    </details>`;
}

function pretty(text) {
    try {
        return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
        return text;
    }
}

function clock(at) {
    const time = new Date(at);
    const two = (number) => String(number).padStart(2, "0");
    const millis = String(time.getMilliseconds()).padStart(3, "0");
    return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${millis}`;
}
