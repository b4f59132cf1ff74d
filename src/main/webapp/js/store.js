/**
 * Holds the state of the page: one object that is replaced, never changed. Listeners hear of several changes once, when
 * the browser is about to paint, or soon where it does not paint.
 */
export function createStore(initial) {
    let state = initial;
    let scheduled = false;
    const listeners = new Set();

    function tell() {
        scheduled = false;
        for (const listener of listeners) {
            listener(state);
        }
    }

    function schedule() {
        if (!scheduled) {
            scheduled = true;
            if (document.hidden) {
                setTimeout(tell);
            } else {
                requestAnimationFrame(tell);
            }
        }
    }

    return {
        get: () => state,

        /** Replaces some members, given as an object, or as a function from the state to one. */
        set(change) {
            const members = typeof change === "function" ? change(state) : change;
            state = { ...state, ...members };
            schedule();
        },

        subscribe(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
}
