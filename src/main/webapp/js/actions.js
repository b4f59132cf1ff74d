import { savePreference, applyTheme } from "./preferences.js";
import { cleared, paused, resumed } from "./frame-log.js";
import { read, withProblem } from "./state.js";

const TOAST_MS = 3_500;

/** What can be done on the page without the server. */
export function createActions({ store, t }) {
    let toastId = 0;

    function toast(text, glyph) {
        const id = ++toastId;
        store.set(({ toasts }) => ({ toasts: [...toasts, { id, text, glyph }].slice(-3) }));
        setTimeout(() => store.set(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) })), TOAST_MS);
    }

    return {
        toast,

        speak(language) {
            document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
            savePreference("language", language);
            store.set({ language });
        },

        dress(theme) {
            applyTheme(theme);
            savePreference("theme", theme);
            store.set({ theme });
        },

        encrypt(wanted) {
            savePreference("encrypt", wanted);
            store.set({ encrypt: wanted });
        },

        showPanel(panel) {
            store.set((state) => ({ panel, ...(panel === "chat" ? read(state, state.group) : {}) }));
        },

        chooseGroup(group) {
            store.set((state) => ({ group, ...read(state, group) }));
        },

        write: (draft) => store.set({ draft }),
        select: (selected) => store.set({ selected }),
        forgetEnd: () => store.set({ ended: null }),
        dismiss: (place) => store.set((state) => withProblem(state, place, undefined)),
        showCode: (shownCode) => store.get().shownCode !== shownCode && store.set({ shownCode }),

        pauseFrames: () => store.set(({ frames }) => ({ frames: paused(frames) })),
        resumeFrames: () => store.set(({ frames }) => ({ frames: resumed(frames) })),
        clearFrames: () => store.set(({ frames }) => ({ frames: cleared(frames) })),
        filterFrames: (change) => store.set(({ frames }) => ({ frames: { ...frames, ...change } })),

        async copy(text) {
            try {
                await navigator.clipboard.writeText(text);
                toast(t("copied"), "check");
            } catch {
                toast(t("copyFailed"), "alert");
            }
        },
    };
}

/** Notes that something is under way, so that its button shows it, and clears what went wrong there before. */
export async function during(store, name, place, work) {
    if (store.get().busy.includes(name)) {
        return undefined;
    }
    store.set((state) => ({ busy: [...state.busy, name], ...withProblem(state, place, undefined) }));
    try {
        return await work();
    } finally {
        store.set((state) => ({ busy: state.busy.filter((one) => one !== name) }));
    }
}
