// What is known of the server without connecting: whether it is ready, whether the demo's objects are there, and whether
// it offers the encrypted channel.

const EVERY_MS = 15_000;
const PATIENCE_MS = 5_000;

export function watchServer(store) {
    function learn(members) {
        const { server } = store.get();
        if (Object.entries(members).some(([name, value]) => server[name] !== value)) {
            store.set({ server: { ...server, ...members } });
        }
    }

    async function lookAtHealth() {
        if (document.hidden) {
            return;
        }
        try {
            const answer = await fetch("/health/ready", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
            learn({ health: answer.ok ? "ready" : answer.status === 503 ? "down" : "unknown" });
        } catch {
            learn({ health: "down" });
        }
    }

    lookAtHealth();
    setInterval(lookAtHealth, EVERY_MS);
    document.addEventListener("visibilitychange", lookAtHealth);
    return { learn };
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
