import { OBJECT } from "./state.js";

/**
 * The code behind each button, by the button's name: what the page calls, and what answers on the server. A developer
 * reads here what to write, so these are the calls that js/chat.js and js/account.js make.
 */
export const CODE = {
    login: ({ username }) => [
        `await vk.userCenter.login({
  data: { username: "${username}", password },
});`,
        `@CloudObject("user/pub/login")
public Result main(Credentials data) { … }`,
    ],
    register: () => [
        `await vk.userCenter.register({
  data: { username, password },
});`,
        `@CloudObject("user/pub/register")
public Result main(NewAccount data) { … }`,
    ],
    logout: () => [`await vk.userCenter.logout();`, `@CloudObject("user/pub/logout")
public Result main() { … }`],
    connect: ({ encrypt }) => [
        `const socket = await vk.connectWebSocket({
  url: "${OBJECT}",
  encrypt: ${encrypt},
  title: "…",
});
socket.onOpen(({ cid }) => { … });
socket.onMessage((data) => { … });`,
        `public void onWebsocketConnection() {
    ws.join("001", "002");
}`,
    ],
    signed: () => [
        `const { url } = await vk.callFunction({
  url: "${OBJECT}.signedURL",
});
await vk.connectWebSocket({ url });`,
        `public Result signedURL() {
    return Result.ok("url", ws.signedURL().create());
}`,
    ],
    several: () => [
        `// one connection for each (url, channel)
vk.connectWebSocket({ url, channel: "default" });
vk.connectWebSocket({ url, channel: "test" });
vk.connectWebSocket({ url, channel: "test" }); // again`,
        `ws.send(to -> to.channel("default"), message);`,
    ],
    channel: () => [
        `await vk.connectWebSocket({
  url: "${OBJECT}",
  channel,
});`,
        `ws.send(to -> to.channel("test"), message);`,
    ],
    send: ({ group }) => [
        `await socket.send({
  data: { groupId: "${group}", content: "…" },
}); // resolves when the handler has run`,
        `public void onWebsocketMessage(ChatMessage message) {
    ws.send(to -> to.group(message.groupId()),
        delivered(message), encrypted());
}`,
    ],
    receive: ({ group }) => [
        `await vk.callFunction({
  url: "${OBJECT}.send",
  data: { groupId: "${group}" },
});`,
        `public Result send(Group to) {
    ws.send(me -> me.user(client.uid()), message);
    return Result.ok();
}`,
    ],
    close: () => [
        `socket.close({ code: 1000, reason: "…" });`,
        `public void onWebsocketDisConnection(Disconnection event) {
    // event.cid(), event.code(), event.reason()
}`,
    ],
    closeCloud: () => [
        `await vk.callFunction({
  url: "${OBJECT}.close",
  data: { cid: socket.cid },
});`,
        `public Result close(Who who) {
    return Result.ok("closed", ws.close(to -> to.cid(who.cid()).user(who.user_id())));
}`,
    ],
    logoutDevice: () => [
        `await vk.callFunction({
  url: "${OBJECT}.forceLogout",
  data: { cid: socket.cid },
});`,
        `ws.forceLogout(to -> to.cid(cid), Map.of("msg", "…"));
// the event, the close, and the device's token is revoked`,
    ],
    logoutUser: () => [
        `await vk.callFunction({
  url: "${OBJECT}.forceLogout",
  data: { user_id: vk.getVuex("$user.userInfo._id") },
});`,
        `ws.forceLogout(to -> to.user(uid), Map.of("msg", "…"));
// on all devices, and all tokens are revoked`,
    ],
};

/** Whose code an action shows when it is done, however it was triggered: by a click, a key, a form, or an offer elsewhere. */
const SHOWN = {
    switchAccount: "login",
    submitLogin: (isNew) => (isNew ? "register" : "login"),
    logout: "logout",
    connect: "connect",
    connectSigned: "signed",
    connectSeveral: "several",
    connectChannel: "channel",
    sendDraft: "send",
    sendSample: "send",
    sendAgain: "send",
    receive: "receive",
    closeClient: "close",
    closeCloud: "closeCloud",
    logoutDevice: "logoutDevice",
    logoutUser: "logoutUser",
};

/** The actions, each of which shows its code first. */
export function showingCode(actions, showCode) {
    const shows = ([name, action]) => {
        const shown = SHOWN[name];
        return [
            name,
            shown === undefined
                ? action
                : (...values) => {
                      showCode(typeof shown === "function" ? shown(...values) : shown);
                      return action(...values);
                  },
        ];
    };
    return Object.fromEntries(Object.entries(actions).map(shows));
}
