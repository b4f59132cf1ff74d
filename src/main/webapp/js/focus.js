// A button that does its work may be gone afterwards, and the focus with it: then it goes to what comes next.

let last = null;

export function watchFocus() {
    document.addEventListener("focusin", (event) => {
        last = event.target;
    });
}

/** After the page has changed. */
export function rescueFocus() {
    const lost = last !== null && !last.isConnected && document.activeElement === document.body;
    if (lost) {
        last = null;
        const next = ["#connect", "#draft", "#close-client", "#conversation", "#open-login", "#logout"]
            .map((selector) => document.querySelector(selector))
            .find((element) => element?.checkVisibility());
        next?.focus({ preventScroll: true });
    }
}
