import { browserPlatform, createVk, version } from "../sdk/index.js";
import { createAccount } from "./account.js";
import { createActions } from "./actions.js";
import { createAnnouncer } from "./announcer.js";
import { createChat } from "./chat.js";
import { showingCode } from "./code.js";
import { rescueFocus, watchFocus } from "./focus.js";
import { openedIn, translator } from "./i18n/index.js";
import { render } from "./lit.js";
import { readPreferences } from "./preferences.js";
import { go, readRoute } from "./router.js";
import { atTheEnd } from "./scroll.js";
import { lookForDemo, lookForEncryption, watchServer } from "./server.js";
import { initialState, read, totalUnread } from "./state.js";
import { createStore } from "./store.js";
import { page } from "./views/page.js";

/** Often, to show the round-trip time, and soon back: a page for trying out has few visitors. */
const HEARTBEAT = { interval: 5_000, timeout: 10_000 };
const RECONNECT = { minDelay: 500, maxDelay: 8_000 };

const store = createStore(initialState(readPreferences(), openedIn()));
const t = Object.assign((key, parameters) => translator(store.get().language)(key, parameters), {
    maybe: (key, parameters) => translator(store.get().language).maybe(key, parameters),
});
const ui = createActions({ store, t });
const announcer = createAnnouncer(document.getElementById("announcements"), (count) => t("page.unread", { count }));

/** A browser, whose masks and toasts look like the rest of the page, and whose language is the page's. */
function pagePlatform() {
    const browser = browserPlatform();
    return {
        ...browser,
        get locale() {
            return store.get().language === "zh" ? "zh-Hans" : "en";
        },
        ui: { ...browser.ui, mask: (loading) => store.set({ loading }), toast: (text) => ui.toast(text, "info") },
    };
}

const vk = createVk({
    platform: pagePlatform(),
    baseUrl: new URL("..", import.meta.url).href,
    heartbeat: HEARTBEAT,
    reconnect: RECONNECT,
    navigateToLogin: ({ redirectUrl }) => go("login", redirectUrl),
});
const server = watchServer(store);
const chat = createChat({ vk, store, t, ui, announce: announcer.announce, known: lookForEncryption(server.learn), onOpen: server.look });
const account = createAccount({ vk, store, t, ui, chat });
const act = showingCode({ ...ui, ...chat, ...account }, ui.showCode);

const app = document.getElementById("app");
let group = store.get().group;
/** The focus is moved by the page: nobody has asked for the code of where it goes. */
let rescuing = false;

function show(state) {
    const follow = atTheEnd();
    const view = { state, t: translator(state.language), act, version };
    render(page(view), app);
    follow(group === state.group && state.sending.length === 0 ? [] : ["messages"]);
    group = state.group;
    const unread = totalUnread(state);
    document.title = unread > 0 ? `(${unread}) Cloud Objects` : "Cloud Objects";
    rescuing = true;
    rescueFocus();
    rescuing = false;
}

function showRoute() {
    const route = readRoute();
    store.set({ route, ...(route.name === "chat" ? { notice: null } : {}) });
}

watchFocus();
store.subscribe(show);
addEventListener("hashchange", showRoute);
showRoute();

for (const type of ["pointerover", "focusin", "click"]) {
    document.addEventListener(type, (event) => {
        const name = event.target.closest?.("[data-code]")?.dataset.code;
        if (name !== undefined && !rescuing) {
            ui.showCode(name);
        }
    });
}

document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
        store.set((state) => read(state, state.group));
    }
});

addEventListener("pagehide", () => chat.closeAll("the page was left"));

// The seconds until the next attempt, where a connection waits.
setInterval(() => {
    if (store.get().connections.some(({ state }) => state === "waiting")) {
        store.set({ now: performance.now() });
    }
}, 250);

lookForDemo(vk, server.learn);
