// The state of the page, and what can be read from it. Nothing here knows the browser, the SDK or the views.

export const GROUPS = ["001", "002"];
export const OBJECT = "template/web-socket/web-socket";
export const DEMO_ACCOUNTS = [
    { username: "test1", password: "123456" },
    { username: "test2", password: "123456" },
];

const MESSAGES = 500;

export function initialState(preferences, language) {
    return {
        language,
        theme: preferences.theme ?? "auto",
        encrypt: preferences.encrypt ?? true,
        route: { name: "chat" },
        panel: "chat",
        server: { health: "unknown", demo: "unknown", encryption: "unknown", addresses: null },
        user: null,
        busy: [],
        problems: {},
        connections: [],
        selected: null,
        ended: null,
        now: 0,
        group: GROUPS[0],
        messages: [],
        unread: Object.fromEntries(GROUPS.map((group) => [group, 0])),
        sending: [],
        draft: "",
        frames: { kept: [], fresh: [], paused: false, search: "", direction: "all", heartbeats: false, dropped: 0 },
        shownCode: "connect",
        loading: null,
        toasts: [],
        notice: null,
    };
}

/** The connection that the buttons are about. */
export function current(state) {
    return state.connections.find((connection) => connection.key === state.selected) ?? null;
}

/** The seconds until a connection that waits tries again; null where none does. */
export function secondsLeft(state, connection) {
    return connection?.state === "waiting" && connection.until !== undefined
        ? Math.max(0, Math.ceil((connection.until - state.now) / 1000))
        : null;
}

export function demoIsOff(state) {
    return state.server.demo === "off";
}

export function isOpen(state) {
    return current(state)?.state === "open";
}

/**
 * Whether connections are asked for with encryption. As the user says, whatever the server offers: whoever can make an
 * answer of the server fail must not be able to make the page speak in clear. On a page that came over http he can't say it.
 */
export function wantsEncryption(state) {
    return state.encrypt && encryptionPossible(state);
}

export function encryptionPossible(state) {
    return state.server.encryption !== "insecure";
}

export function messagesOf(state, group) {
    return state.messages.filter((message) => message.groupId === group);
}

export function isMine(state, message) {
    return state.user !== null && message.author?._id === state.user.uid;
}

export function totalUnread(state) {
    return GROUPS.reduce((sum, group) => sum + state.unread[group], 0);
}

/** A message that came; it counts as unread unless its group is looked at. */
export function received(state, message, seen) {
    const known = message.groupId in state.unread;
    return {
        messages: [...state.messages, message].slice(-MESSAGES),
        unread: known && !seen ? { ...state.unread, [message.groupId]: state.unread[message.groupId] + 1 } : state.unread,
    };
}

export function read(state, group) {
    return { unread: { ...state.unread, [group]: 0 } };
}

/** The connections with one of them changed, or added. */
export function withConnection(state, key, change) {
    const known = state.connections.some((connection) => connection.key === key);
    return {
        connections: known
            ? state.connections.map((connection) => (connection.key === key ? { ...connection, ...change } : connection))
            : [...state.connections, { key, ...change }],
    };
}

/** The connections without one of them; where it was selected, another one is. */
export function withoutConnection(state, key) {
    const connections = state.connections.filter((connection) => connection.key !== key);
    const selected = state.selected === key ? (connections.at(-1)?.key ?? null) : state.selected;
    return { connections, selected };
}

export function withProblem(state, place, problem) {
    return { problems: { ...state.problems, [place]: problem } };
}
