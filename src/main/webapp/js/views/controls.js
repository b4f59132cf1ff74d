import { html, nothing } from "../lit.js";
import { icon } from "./icons.js";

/**
 * A button. One that can't be used now stays reachable, says so, and does nothing; `code` names what it calls, for the
 * panel that shows the code.
 */
export function button({ label, onClick, glyph, code, kind = "", busy = false, disabled = false, pressed, hint, id }) {
    const idle = !busy && !disabled;
    return html`<button
        type="button"
        id=${id ?? nothing}
        class="button ${kind}"
        data-code=${code ?? nothing}
        title=${hint ?? nothing}
        aria-busy=${busy ? "true" : nothing}
        aria-disabled=${disabled ? "true" : nothing}
        aria-pressed=${pressed === undefined ? nothing : String(pressed)}
        @click=${(event) => idle && onClick(event)}
    >
        ${busy ? icon("spin", "spin") : glyph ? icon(glyph) : nothing}<span>${label}</span>
    </button>`;
}

/** A button that is a drawing, with its name for those who can't see it. */
export function iconButton({ label, onClick, glyph, kind = "", pressed, id }) {
    return html`<button
        type="button"
        id=${id ?? nothing}
        class="button icon ${kind}"
        title=${label}
        aria-label=${label}
        aria-pressed=${pressed === undefined ? nothing : String(pressed)}
        @click=${onClick}
    >
        ${icon(glyph)}
    </button>`;
}

/** Choices of which one holds. */
export function segments({ label, options, value, onChange }) {
    return html`<div class="segments" role="group" aria-label=${label}>
        ${options.map(
            (option) => html`<button
                type="button"
                aria-pressed=${String(option.value === value)}
                @click=${() => onChange(option.value)}
            >
                ${option.label}
            </button>`,
        )}
    </div>`;
}

/** A problem in words, at the place that it belongs to; an alert, so that it is read out. */
export function problem(text, onDismiss, dismissLabel) {
    const notice = () => html`<p class="notice bad">
        ${icon("alert")}<span>${text}</span>
        <button type="button" aria-label=${dismissLabel} @click=${onDismiss}>${icon("close")}</button>
    </p>`;
    return html`<div class="alert" role="alert">${text ? notice() : nothing}</div>`;
}

const TINTS = 5;

/** A circle with the first letter of a name, in a colour of its own. */
export function avatar(name, id, small = false) {
    let hash = 0;
    for (const character of String(id ?? "")) {
        hash = (hash * 31 + character.codePointAt(0)) % 9973;
    }
    return html`<span class="avatar ${small ? "small" : ""}" data-tint=${hash % TINTS} aria-hidden="true"
        >${id === null ? icon("cloud") : ([...String(name ?? "?")][0] ?? "?")}</span
    >`;
}
