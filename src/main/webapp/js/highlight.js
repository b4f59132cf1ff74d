import { html } from "./lit.js";

const TOKENS =
    /(?<note>\/\/.*)|(?<text>"(?:[^"\\]|\\.)*")|(?<mark>@\w+|\b\d[\d.]*\b)|(?<key>\b(?:const|await|new|public|void|return|true|false|null)\b)|(?<call>\b\w+(?=\())/g;

/** Code as spans of its kinds. */
export function highlighted(code) {
    const parts = [];
    let at = 0;
    for (const match of code.matchAll(TOKENS)) {
        const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
        parts.push(code.slice(at, match.index), html`<span class="t-${kind}">${match[0]}</span>`);
        at = match.index + match[0].length;
    }
    parts.push(code.slice(at));
    return parts;
}
