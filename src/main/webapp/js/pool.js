import { entry, logged, transition } from "./frame-log.js";
import { isMine, received, withConnection, withoutConnection, withProblem } from "./state.js";

const LATENCIES = 24;

/** Mirrors the SDK's connections in the state of the page, and files what they tell. */
export function createPool({ store, t, announce, onOpen, onLoginEnd }) {
    const sockets = new Map();
    let lastId = 0;

    const id = () => `i${++lastId}`;
    const log = (frame) => store.set(({ frames }) => ({ frames: logged(frames, frame) }));
    const learn = (key, change) =>
        store.set((state) => (state.connections.some((one) => one.key === key) ? withConnection(state, key, change) : {}));

    function seen(message) {
        const { group, panel } = store.get();
        const narrow = matchMedia("(max-width: 48rem)").matches;
        return message.groupId === group && !document.hidden && (!narrow || panel === "chat");
    }

    function took(data, channel) {
        if (data === null || typeof data !== "object" || typeof data.groupId !== "string") {
            return;
        }
        const message = { ...data, id: id(), at: Date.now(), channel };
        store.set((state) => received(state, message, seen(message)));
        if (!isMine(store.get(), message)) {
            const text = typeof data.content === "string" ? data.content : JSON.stringify(data.content);
            announce(t("chat.announce", { name: data.author?.nickname ?? t("chat.someone"), text }));
        }
    }

    /** An error event that belongs to a message is shown at that message. */
    function told(err) {
        setTimeout(() => {
            const { sending } = store.get();
            if (!sending.some((message) => message.problem?.includes(err.msg))) {
                store.set((state) => withProblem(state, "chat", err.msg));
            }
        });
    }

    function listen(socket, key) {
        const { channel } = socket;
        socket.on("frame", (frame) => log(entry(id(), channel, frame)));
        socket.on("transition", (change) => {
            log(transition(id(), channel, change));
            const now = performance.now();
            store.set({ now });
            learn(key, {
                state: change.to,
                cid: socket.cid,
                encrypted: socket.encrypted,
                latency: socket.latency,
                until: change.delay === undefined ? undefined : now + change.delay,
                returned: undefined,
            });
        });
        socket.on("latency", (latency) =>
            store.set((state) => {
                const latencies = state.connections.find((one) => one.key === key)?.latencies ?? [];
                return withConnection(state, key, { latency, latencies: [...latencies, latency].slice(-LATENCIES) });
            }),
        );
        socket.onOpen(({ cid, recovered, reason }) => {
            onOpen();
            learn(key, { state: "open", cid, encrypted: socket.encrypted, returned: recovered ? "recovered" : reason });
            store.set((state) => ({ ended: null, ...withProblem(state, "connection", undefined) }));
        });
        socket.onMessage((data) => took(data, channel));
        socket.onVkMessage((event) => {
            if (event.type === "error") {
                if (!event.close) {
                    told(event.err);
                }
            } else {
                onLoginEnd(event.type, socket, event);
            }
        });
        socket.onError(({ code, errMsg, err }) => {
            // The server's word first, then the page's own for a close code; a container's is for developers.
            const why = t.maybe(`close.${code}`);
            const text = err?.msg ?? (why === null ? errMsg : `${t("connection.ended", { channel, code })} ${why}`);
            store.set((state) => withProblem(state, "connection", text));
        });
        socket.onClose(({ code, reason }) => {
            sockets.delete(key);
            store.set((state) => ({ ...withoutConnection(state, key), ended: { channel, code, reason } }));
        });
    }

    return {
        socket: (key) => sockets.get(key),

        /** Takes a connection in; false when it is here already, because its channel was connected before. */
        adopt(socket, signed) {
            if ([...sockets.values()].includes(socket)) {
                return false;
            }
            const key = id();
            if (socket.state !== "closed") {
                sockets.set(key, socket);
                const { channel, cid, state, encrypted, latency } = socket;
                store.set((before) => ({
                    ...withConnection(before, key, { channel, signed, cid, state, encrypted, latency, latencies: [] }),
                    selected: before.selected ?? key,
                }));
            }
            listen(socket, key);
            return true;
        },

        /** Makes the connection of a channel the one that the buttons are about. */
        select(channel) {
            const found = store.get().connections.findLast((one) => one.channel === channel);
            store.set({ selected: found?.key ?? store.get().selected });
        },

        closeAll(reason) {
            for (const socket of [...sockets.values()]) {
                socket.close({ code: 1000, reason });
            }
        },
    };
}
