import { html } from "../lit.js";

const PATHS = {
    alert: "M12 9v4m0 3.500v.01M10.3 4 2.8 17a2 2 0 0 0 1.7 3h15a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z",
    arrowDown: "M12 5v14m0 0 6-6m-6 6-6-6",
    arrowUp: "M12 19V5m0 0-6 6m6-6 6 6",
    bolt: "M13 3 4.5 13.500H12L11 21l8.5-10.500H12L13 3Z",
    broom: "M4 7h16M9 7V4h6v3m-8.5 0 1 13h9l1-13M10 11v5m4-5v5",
    chat: "M21 12a8 8 0 0 1-8 8H4l1.8-3A8 8 0 1 1 21 12Z",
    check: "m5 12.5 4.5 4.500L19 7.5",
    close: "M6 6l12 12M18 6 6 18",
    cloud: "M7 18a4.5 4.5 0 0 1-.4-8.98 6 6 0 0 1 11.5 1.200A3.9 3.9 0 0 1 17.5 18H7Z",
    cloudDown: "M7 16a4.5 4.5 0 0 1-.4-8.98 6 6 0 0 1 11.5 1.200A3.9 3.9 0 0 1 17.5 16M12 11v9m0 0-3-3m3 3 3-3",
    cloudOff: "M4 4l16 16M9.5 5.300a6 6 0 0 1 8.6 4.9 3.9 3.9 0 0 1 2 6.600M16.5 18H7a4.5 4.5 0 0 1-.4-8.98",
    code: "m8.5 7-5 5 5 5m7-10 5 5-5 5",
    copy: "M9 9h10v11H9zM5 15H4V4h11v1",
    device: "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm3 15h2",
    info: "M12 11v5m0-8.500v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
    layers: "m12 4 9 4.5-9 4.5-9-4.500L12 4Zm-9 8.5 9 4.5 9-4.500M3 16.5 12 21l9-4.5",
    link: "M10 14a4 4 0 0 0 5.7 0l3.5-3.500a4 4 0 0 0-5.7-5.700L12.5 6M14 10a4 4 0 0 0-5.7 0l-3.5 3.500a4 4 0 0 0 5.7 5.700l1-1.2",
    lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    logIn: "M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M4 12h11m0 0-4-4m4 4-4 4",
    logOut: "M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M9 12h11m0 0-4-4m4 4-4 4",
    moon: "M20 14.500A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.500Z",
    pause: "M9 5v14M15 5v14",
    play: "M8 5.500v13l10.5-6.500L8 5.500Z",
    plug: "M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0V8Zm6 9v4",
    plus: "M12 5v14M5 12h14",
    pulse: "M3 12h4l3-8 4 16 3-8h4",
    screen: "M4 5h16v11H4zM9 20h6m-3-4v4",
    search: "m20 20-4.5-4.500M17.5 10.500a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z",
    send: "M4.5 12h8M4.5 12 3 4.5 21 12 3 19.5 4.5 12Z",
    sparkle: "M12 3.5 13.9 10l6.6 2-6.6 2L12 20.5 10.1 14l-6.6-2 6.6-2L12 3.500Z",
    spin: "M12 3a9 9 0 1 0 9 9",
    sun: "M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.400M4.9 19.100l1.4-1.400m0-11.400L4.9 4.900m14.2 14.2-1.4-1.400M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z",
    unlock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.7-1.4",
    users: "M15.5 20v-1.500a4 4 0 0 0-4-4h-4a4 4 0 0 0-4 4V20m17 0v-1.500a4 4 0 0 0-3-3.900M15.5 4.200a4 4 0 0 1 0 7.600M13.5 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z",
};

/** A drawing that says nothing by itself: words stand beside it, or in its button's name. */
export function icon(name, className = "") {
    return html`<svg
        class=${className}
        viewBox="0 0 24 24"
        width="20"
        height="20"
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
    >
        <path d=${PATHS[name]}></path>
    </svg>`;
}
