// How an application in TypeScript uses the SDK: compiled, never run.
import { CloseCode, Code, VkError, createVk, mayReconnect, nodePlatform } from "../../../main/webapp/sdk/index.js";
import type { CloudSocket, Vk, VkMessage, VkOptions } from "../../../main/webapp/sdk/index.js";
import type { Answer, CloseEvent, FrameEvent, Platform, Sent, Transition } from "../../../main/webapp/sdk/types.js";

const options: VkOptions = {
  baseUrl: "https://chat.example/cloud-objects/",
  platform: nodePlatform(),
  reconnect: { maxDelay: 10_000 },
  navigateToLogin: ({ redirectUrl }) => console.log(redirectUrl.length),
  refreshToken: async () => ({ token: "t", tokenExpired: 1 }),
};
const vk: Vk = createVk(options);

export async function chat(): Promise<void> {
  const socket: CloudSocket = await vk.connectWebSocket({ url: "chat/room", channel: "default", data: { room: 1 } });
  const stop: () => void = socket.onOpen(({ cid }) => console.log(cid.length));
  socket.onMessage((data) => console.log(data.content));
  socket.onVkMessage((event: VkMessage) => {
    if (event.type === "invalidToken") {
      socket.close({ code: CloseCode.NORMAL, reason: event.err?.msg });
    }
  });
  socket.onClose(({ code, wasClean }: CloseEvent) => console.log(mayReconnect(code) && wasClean));
  socket.onError(({ errMsg, err }) => console.log(errMsg, err?.requestId));
  socket.on("transition", ({ from, to, delay }: Transition) => console.log(from === to, delay?.toFixed()));
  socket.on("frame", ({ direction, bytes }: FrameEvent) => console.log(direction === "in", bytes?.length));
  socket.on("latency", (milliseconds) => milliseconds.toFixed());
  stop();

  const sent: Promise<Sent> = socket.send({ data: Uint8Array.of(1), timeout: 1000 });
  await sent.catch((error: unknown) => {
    if (error instanceof VkError && error.status === "lost") {
      console.log(error.code === Code.FAIL, error.requestId);
    }
  });

  const answer: Answer = await vk.callFunction({ url: "chat/room.list", title: "…", success: ({ rows }) => rows });
  await vk.userCenter.login({ data: { username: "u", password: "p" }, fail: ({ msg }) => vk.toast(msg) });
  await vk.userCenter.logout();
  vk.on("renewed", ({ tokenExpired }) => tokenExpired.toFixed());
  console.log(answer.code, vk.login.uid, vk.pubfn.getData(answer, "rows[0]._id"), vk.sockets()[0]?.latency?.toFixed());

  // @ts-expect-error A connection needs a url.
  await vk.connectWebSocket({});
  // @ts-expect-error There is no such event.
  socket.on("opened", () => {});
  // @ts-expect-error What is read only can't be set.
  socket.cid = "x";
}

export const platform: Partial<Platform> = { name: "mine" };
