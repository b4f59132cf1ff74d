// The log of frames: bounded, paused, searched and filtered. Pure functions over the member "frames" of the state.

const LIMIT = 500;
const HEARTBEATS = new Set(["ping", "pong"]);
const TOKEN = /("token"\s*:\s*")[^"]+(")/g;

/** The log with one more frame. While it is paused, what comes is kept aside. */
export function logged(log, frame) {
    const list = log.paused ? "fresh" : "kept";
    return { ...log, [list]: [...log[list], frame].slice(-LIMIT) };
}

export function paused(log) {
    return { ...log, paused: true };
}

export function resumed(log) {
    return { ...log, paused: false, kept: [...log.kept, ...log.fresh].slice(-LIMIT), fresh: [] };
}

export function cleared(log) {
    return { ...log, kept: [], fresh: [] };
}

/** The frames to show, oldest first. */
export function shown(log) {
    const search = log.search.trim().toLowerCase();
    return log.kept.filter(
        (frame) =>
            (log.direction === "all" || frame.direction === log.direction) &&
            (log.heartbeats || !HEARTBEATS.has(frame.type)) &&
            (search === "" || `${frame.type} ${frame.channel} ${frame.text}`.toLowerCase().includes(search)),
    );
}

/** A frame of the SDK, ready to be shown: a token in it is nobody's business who looks at the screen. */
export function entry(id, channel, { direction, type, size, text, bytes, at }) {
    return {
        id,
        channel,
        direction,
        type: type ?? "",
        size: size ?? bytes?.byteLength ?? text?.length ?? 0,
        text: (text ?? hex(bytes)).replace(TOKEN, "$1•••$2"),
        at: at ?? Date.now(),
    };
}

/** A change of the connection's state, between the frames where it happened. */
export function transition(id, channel, { from, to, reason, delay }) {
    const wait = delay > 0 ? `, ${(delay / 1000).toFixed(1)} s` : "";
    return {
        id,
        channel,
        direction: "state",
        type: to,
        size: 0,
        text: `${from} → ${to}${reason ? ` (${reason}${wait})` : wait}`,
        at: Date.now(),
    };
}

function hex(bytes) {
    if (bytes === undefined || bytes === null) {
        return "";
    }
    const view = new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, Math.min(bytes.byteLength, 256));
    const text = Array.from(view, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    return bytes.byteLength > 256 ? `${text} …` : text;
}
