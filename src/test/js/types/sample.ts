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
  // @ts-expect-error Parameters have names.
  await vk.callFunction({ url: "chat/room.list", data: 1 });
  // @ts-expect-error There is no such option.
  createVk({ baseURL: "https://chat.example/" });
  // @ts-expect-error Times are numbers.
  createVk({ heartbeat: { interval: "25 s" } });
  // @ts-expect-error A message has data.
  await socket.send({ body: 1 });
  // @ts-expect-error There is no such event.
  socket.on("opened", () => {});
  // @ts-expect-error What is read only can't be set.
  socket.cid = "x";
}

interface Line {
  text: string;
}

export async function typed(): Promise<void> {
  const socket = await vk.connectWebSocket<Line, Line & { from: string }>({ url: "chat/room" });
  socket.onMessage(({ from, text }) => console.log(from.length, text.length));
  await socket.send({ data: { text: "hello" } });
  // @ts-expect-error A line has a text.
  await socket.send({ data: { txt: "hello" } });
  // @ts-expect-error What is received has no such member.
  socket.onMessage(({ sender }) => sender);
  const some: CloudSocket = socket;
  await relay(socket, { text: some.cid });

  const sum = await socket.callFunction<number, { a: number; b: number }>({ method: "add", data: { a: 1, b: 2 }, timeout: 1000 });
  const echo = await socket.request<Line>({ data: { text: "hello" }, success: ({ text }) => text.length });
  console.log(sum.toFixed(), echo.text);
  for await (const { text } of socket.stream<Line>({ method: "history", credit: 8, signal: { aborted: false, addEventListener() {} } })) {
    console.log(text.length);
  }
  const unlisten = socket.onRequest<Line, number>(async ({ text }, { signal }) => (signal.aborted ? 0 : text.length));
  unlisten();
  // @ts-expect-error A call names its method.
  await socket.callFunction({ data: 1 });
  // @ts-expect-error The sum is a number.
  sum.text;

  const { rows, code } = await vk.callFunction<{ rows: Line[] }>({ url: "chat/room.list", success: (a) => a.rows.length });
  console.log(code.toFixed(), rows[0]?.text);
  // @ts-expect-error The answer has no such member.
  console.log((await vk.callFunction<{ rows: Line[] }>({ url: "chat/room.list" })).lines);
}

const relay = <T>(socket: CloudSocket<T>, data: T): Promise<Sent> => socket.send({ data });

export const platform: Partial<Platform> = { name: "mine" };
