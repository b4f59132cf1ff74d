import { during } from "./actions.js";
import { current, OBJECT, wantsEncryption, withProblem } from "./state.js";
import { createPool } from "./pool.js";

/**
 * What the page does with its connections: the specification's buttons. Each is the call that js/code.js shows. `known`
 * settles when it is known what the server offers.
 */
export function createChat({ vk, store, t, ui, announce, known, onOpen }) {
    let messageId = 0;
    let wished = false;

    const pool = createPool({ store, t, announce, onOpen, onLoginEnd: endOfLogin });
    const problem = (place, text) => store.set((state) => withProblem(state, place, text));

    function navigateToLogin(notice) {
        wished = true;
        store.set({ notice });
        vk.navigateToLogin({ redirectUrl: vk.pubfn.getCurrentPage().fullPath });
    }

    /** After an invalid token the login is asked for anew; after a forced logout what is left of it goes first. */
    function endOfLogin(type, socket, { err, data }) {
        if (type === "invalidToken") {
            socket.close({ code: 1000, reason: err.msg });
            navigateToLogin(t("notice.invalid", { msg: err.msg }));
        } else {
            vk.userCenter.logout({
                success: () => navigateToLogin(t("notice.forced", { msg: data?.msg ?? "" })),
            });
        }
    }

    async function open(name, options) {
        if (!vk.login.isLoggedIn) {
            navigateToLogin(t("connection.loginFirst"));
            return;
        }
        await during(store, name, "connection", async () => {
            store.set({ ended: null });
            await known;
            try {
                const socket = await vk.connectWebSocket({
                    url: OBJECT,
                    encrypt: wantsEncryption(store.get()),
                    title: t("connection.connecting"),
                    data: {},
                    ...options,
                });
                if (!pool.adopt(socket, options?.url !== undefined)) {
                    ui.toast(t("connection.same", { channel: socket.channel }), "layers");
                }
            } catch (err) {
                problem("connection", err.msg ?? String(err));
            }
        });
    }

    /** Calls a method of the demo's object; what goes wrong is said at the buttons it belongs to. */
    function call(name, place, method, data, success = () => {}, title = t("connection.requesting")) {
        return during(store, name, place, () =>
            vk.callFunction({
                url: `${OBJECT}.${method}`,
                title,
                data,
                success,
                fail: (err) => problem(place, err.msg),
            }).catch(() => {}),
        );
    }

    const selected = () => pool.socket(store.get().selected);

    function send(content) {
        const socket = selected();
        if (socket === undefined || content.trim() === "") {
            return;
        }
        const message = { id: `s${++messageId}`, groupId: store.get().group, content: content.trim().toWellFormed() };
        store.set(({ sending }) => ({ sending: [...sending, message], draft: "" }));
        socket.send({ data: { groupId: message.groupId, content: message.content } }).then(
            () => settle(message.id),
            (err) => settle(message.id, t.maybe(`send.${err.status}`, { msg: err.msg }) ?? err.msg),
        );
    }

    /** A message that was handled has come back by now, and its place is taken; one that failed stays, and says why. */
    function settle(id, why) {
        store.set(({ sending }) => ({
            sending:
                why === undefined
                    ? sending.filter((message) => message.id !== id)
                    : sending.map((message) => (message.id === id ? { ...message, problem: why } : message)),
        }));
    }

    return {
        connect: () => open("connect"),

        connectSigned: () =>
            vk.login.isLoggedIn
                ? call("signed", "connection", "signedURL", {}, ({ url }) => open("connect", { url }))
                : navigateToLogin(t("connection.loginFirst")),

        /** Two channels, one of them twice: the second call for it gives the same connection. */
        connectSeveral: () =>
            during(store, "several", "connection", async () => {
                if (!vk.login.isLoggedIn) {
                    navigateToLogin(t("connection.loginFirst"));
                    return;
                }
                await Promise.all([
                    open("several-1", { channel: "default" }),
                    open("several-2", { channel: "test" }),
                    open("several-3", { channel: "test" }),
                ]);
                pool.select("default");
            }),

        async connectChannel(channel) {
            if (channel !== "") {
                await open("channel", { channel });
                pool.select(channel);
            }
        },

        connectIfWished() {
            if (wished) {
                wished = false;
                open("connect");
            }
        },

        forgetWish() {
            wished = false;
            store.set({ notice: null });
        },

        /** What is written by now, which the page may not have shown yet. */
        sendDraft: () => send(store.get().draft),

        sendSample: () => send(t("chat.sampleText", { stamp: Date.now().toString(16) })),

        sendAgain(message) {
            settle(message.id);
            store.set({ group: message.groupId });
            send(message.content);
        },

        discard: (message) => settle(message.id),

        receive: () => call("receive", "chat", "send", { groupId: store.get().group }, undefined, undefined),

        closeClient: () => selected()?.close({ code: 1000, reason: "closed by the page" }),

        tryNow: () => selected()?.reconnect(),

        closeCloud: () => call("closeCloud", "operations", "close", { cid: current(store.get()).cid }),

        logoutDevice: () => call("logoutDevice", "operations", "forceLogout", { cid: current(store.get()).cid }),

        logoutUser: () =>
            call("logoutUser", "operations", "forceLogout", { user_id: vk.getVuex("$user.userInfo._id") }),

        closeAll: (reason = "closed by the page") => pool.closeAll(reason),
    };
}
