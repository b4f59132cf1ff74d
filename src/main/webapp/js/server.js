// What is known of the server without connecting: whether it is ready, which of its addresses a proxy passes, whether the
// demo's objects are there, and whether it offers the encrypted channel.

/** Beside the application, at the root of the server: a proxy that passes the application may not pass these. */
const ADDRESSES = ["/health", "/metrics", "/openapi", "/openapi/ui/"];

const EVERY_MS = 15_000;
const PATIENCE_MS = 5_000;

export function watchServer(store) {
    function learn(members) {
        const { server } = store.get();
        if (Object.entries(members).some(([name, value]) => server[name] !== value)) {
            store.set({ server: { ...server, ...members } });
        }
    }

    let looks = 0;

    async function look() {
        if (document.hidden) {
            return;
        }
        // An answer that comes after that of a later look is out of date.
        const current = ++looks;
        const health = await healthOf();
        if (current !== looks) {
            return;
        }
        learn({ health });
        if (health === "ready" && store.get().server.addresses === null) {
            learn({ addresses: [] });
            learn({ addresses: await passed() });
        }
    }

    look();
    setInterval(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    return { learn, look };
}

/** Only the server itself says that it is not ready; from a gateway's page, or from nothing, nobody knows. */
async function healthOf() {
    try {
        const answer = await fetch("/health/ready", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
        const { status } = await answer.json();
        return { UP: "ready", DOWN: "down" }[status] ?? "unknown";
    } catch {
        return "unknown";
    }
}

async function passed() {
    const answers = await Promise.all(
        ADDRESSES.map(async (address) => {
            try {
                const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
                await answer.body?.cancel();
                return answer.ok;
            } catch {
                return false;
            }
        }),
    );
    return ADDRESSES.filter((_, index) => answers[index]);
}

/** Asks for the demo's public object: where the demo is off, nobody knows it. */
export async function lookForDemo(vk, learn) {
    await vk.callFunction({
        url: "template/web-socket/pub.echo",
        success: () => learn({ demo: "on" }),
        fail: (err) => learn({ demo: err.code === 404 ? "off" : "unknown" }),
    }).catch(() => {});
}

/** Whether connections can be encrypted. On a page that came over http nobody could trust that, and the SDK refuses. */
export async function lookForEncryption(learn) {
    if (!isSecureContext) {
        learn({ encryption: "insecure" });
        return;
    }
    try {
        const answer = await fetch(new URL("../connect/keys", import.meta.url), {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: "{}",
            signal: AbortSignal.timeout(PATIENCE_MS),
        });
        const { code, keys } = await answer.json();
        learn({ encryption: code === 0 && keys.length > 0 ? "offered" : "absent" });
    } catch {
        learn({ encryption: "absent" });
    }
}
