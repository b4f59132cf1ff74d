import { during } from "./actions.js";
import { go, goBack } from "./router.js";
import { DEMO_ACCOUNTS, withProblem } from "./state.js";

const UNKNOWN_ACCOUNT = new Set([10002, 10102]);

/** Who is logged in: switching accounts, the login dialog, logging out. */
export function createAccount({ vk, store, t, ui, chat }) {
    function sync() {
        const { isLoggedIn, uid, userInfo } = vk.login;
        store.set({ user: isLoggedIn ? { uid, username: userInfo?.username, nickname: userInfo?.nickname } : null });
    }

    for (const event of ["login", "logout", "renewed"]) {
        vk.on(event, sync);
    }
    sync();

    const failed = (place) => (err) => store.set((state) => withProblem(state, place, err.msg));

    /** A demo account that is unknown is a matter of the server, not of the user. */
    const explained = (err, username) =>
        UNKNOWN_ACCOUNT.has(err.code) && DEMO_ACCOUNTS.some((account) => account.username === username)
            ? { msg: t("account.noDemoAccount", { username }) }
            : err;

    return {
        /** One of the demo's accounts in place of whoever was logged in: its connections end, and a new one is made. */
        switchAccount(index) {
            const account = DEMO_ACCOUNTS[index];
            return during(store, `account-${index}`, "account", () =>
                vk.userCenter.login({
                    data: account,
                    success: () => {
                        ui.toast(t("account.switched", { number: index + 1 }), "check");
                        chat.closeAll();
                        chat.connect();
                    },
                    fail: (err) => failed("account")(explained(err, account.username)),
                }).catch(() => {}),
            );
        },

        openLogin(kind) {
            const { route } = store.get();
            store.set((state) => withProblem(state, "login", undefined));
            go(kind, route.redirect ?? undefined);
        },

        closeLogin() {
            chat.forgetWish();
            goBack(store.get().route);
        },

        submitLogin(isNew, username, password, nickname) {
            const data = { username, password, ...(isNew && nickname ? { nickname } : {}) };
            return during(store, "login", "login", () =>
                vk.userCenter[isNew ? "register" : "login"]({
                    data,
                    success: () => {
                        ui.toast(t("account.welcome", { name: store.get().user?.nickname || username }), "check");
                        goBack(store.get().route);
                        chat.connectIfWished();
                    },
                    fail: (err) => failed("login")(isNew ? err : explained(err, username)),
                }).catch(() => {}),
            );
        },

        /** Closes first, so that the end of the login is no surprise to a connection. */
        logout() {
            return during(store, "logout", "account", async () => {
                chat.closeAll();
                await vk.userCenter.logout({
                    success: () => ui.toast(t("account.loggedOut"), "check"),
                    fail: failed("account"),
                }).catch(() => {});
            });
        },
    };
}
