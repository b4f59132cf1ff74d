// Where in the page one is: "#/" the conversation, "#/login" and "#/register" the dialog above it.

const ROUTES = { "#/login": "login", "#/register": "register" };

export function readRoute() {
    const [path, query = ""] = location.hash.split("?", 2);
    const name = ROUTES[path] ?? "chat";
    return name === "chat" ? { name } : { name, redirect: ownPlace(new URLSearchParams(query).get("redirect")) };
}

export function go(name, redirect) {
    const query = redirect === undefined ? "" : `?redirect=${encodeURIComponent(redirect)}`;
    location.hash = name === "chat" ? "#/" : `#/${name}${query}`;
}

/** Back to where a login was asked for. */
export function goBack(route) {
    location.hash = ownPlace(route.redirect) ?? "#/";
}

/** The hash of an address of this very page; a link to anywhere else leads nowhere. */
function ownPlace(address) {
    if (!address) {
        return null;
    }
    try {
        const target = new URL(address, location.href);
        const here = target.origin === location.origin && target.pathname === location.pathname;
        return here && !target.hash.startsWith("#/login") && !target.hash.startsWith("#/register") ? target.hash : null;
    } catch {
        return null;
    }
}
