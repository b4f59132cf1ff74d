/** The types of the SDK. Written by hand; `index.d.ts` and its neighbours are generated from the modules. */

import type { VkError } from "./errors.js";

/** Takes back what an `on…` has registered; calling it again does nothing. */
export type Unsubscribe = () => void;

/** What both ways of a result share: VK's callbacks, and the promise that every such method returns. */
export interface Callbacks<Answer> {
  success?: (answer: Answer) => void;
  fail?: (error: VkError) => void;
  /** After `success` or `fail`. */
  complete?: (outcome: Answer | VkError) => void;
}

/** The answer of a method, with the members that it has beside these: `code` is 0. */
export type Answer<Members = Record<string, any>> = { code: number; msg: string } & Members;

export interface VkOptions {
  /** Where the application is, ending in `/`. In a browser: the folder above the SDK's. Elsewhere it is required. */
  baseUrl?: string;
  /** Names the application to the server (`vk-appid`); by default what the platform knows, which only uni-app does. */
  appid?: string;
  /** By default the platform's language. */
  locale?: string;
  /** By default the first that is there: uni, wx, a browser, Node.js. */
  platform?: Platform;
  /** Begins the names of what is stored; `cloudobjects.` by default. */
  storagePrefix?: string;
  /** The page that `navigateToLogin` goes to; it gets the parameter `redirectUrl`. */
  loginUrl?: string;
  /** Takes the place of going to `loginUrl`. */
  navigateToLogin?: (where: { redirectUrl: string }) => void;
  /**
   * Is told when a call fails with 30201 to 30204, once for all calls that are under way; without it, `navigateToLogin` runs
   * if there is a way to.
   */
  onInvalidToken?: (error: VkError) => void;
  /** Gets a new token from an issuer of one's own, instead of `user/kh/renew`. */
  refreshToken?: () => Promise<Token>;
  /**
   * The server's public keys for `encrypt`, in base64url: with them, no other server is believed. Without them the server
   * is asked for its key, which is as good as the `https` that the answer comes over.
   */
  encryptionKeys?: string[];
  /** Delays in milliseconds; `maxAttempts` is how many attempts in a row may fail. */
  reconnect?: { minDelay?: number; maxDelay?: number; maxAttempts?: number };
  /** How much of what was sent is kept for each connection while it is away, with and without having left once. */
  queue?: { messages?: number; bytes?: number };
  /** In milliseconds: how often to ping, and how long to wait for a sign of life. */
  heartbeat?: { interval?: number; timeout?: number };
  /** Another encrypted channel than that of WebCrypto, or a function that loads it: see `encryption-noble`. */
  encryption?: Encryption | (() => Encryption | Promise<Encryption>);
  /** For tests. */
  clock?: Clock;
  /** For tests: like `Math.random`. */
  random?: () => number;
}

export interface Token {
  token: string;
  /** When it expires, in milliseconds since 1970. */
  tokenExpired: number;
  /** How long it lives, in seconds: for a token that is no JWT with `iat` and `exp`. */
  expiresIn?: number;
}

export interface ConnectOptions {
  /** The path of the cloud object, or a signed address (`wss://…`), which is good for one connection. */
  url: string;
  /** Demands the encrypted channel: without one the connection fails, it never falls back. */
  encrypt?: boolean;
  /** Shown in a loading mask until the connection is open or has failed. */
  title?: string;
  /** For the connection event; sent again with each reconnect. */
  data?: unknown;
  /** `default` by default. Each (url, channel) has one connection. */
  channel?: string;
  /**
   * Aborted when the caller needs the connection no more, which ends it once every other caller has aborted, too. A caller
   * without a signal needs it until `close`.
   */
  signal?: AbortSignalLike;
}

export interface CallOptions<Members = Record<string, any>> extends Callbacks<Answer<Members>> {
  /** `path.method`, or `path` for its method `main`. */
  url: string;
  title?: string;
  data?: object;
  /** Shows a failure to the user; by default exactly when there is no `fail`. */
  needAlert?: boolean;
  /** Whether to fail with 30204 without asking when nobody is logged in. By default so unless a name says `pub`. */
  needToken?: boolean;
  /** In milliseconds; 30000 by default. */
  timeout?: number;
}

export interface UserCentreOptions extends Callbacks<Answer> {
  data?: object;
  title?: string;
  needAlert?: boolean;
}

export interface SendOptions<Data = unknown> extends Callbacks<Sent> {
  /** JSON, with bytes anywhere in it, or bytes alone. */
  data?: Data;
  /** In milliseconds; by default it waits as long as the connection lives. */
  timeout?: number;
}

/** The event of the cloud object has run without failure. */
export interface Sent {
  status: "handled";
}

/** That of an `AbortController`, or what looks like it. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener?(type: "abort", listener: () => void): void;
}

export interface RequestOptions<Data = unknown, Result = any> extends Callbacks<Result> {
  /** JSON, with bytes anywhere in it, or bytes alone. */
  data?: Data;
  /** The method of the cloud object that is called, in place of its message event. */
  method?: string;
  /** In milliseconds; 30000 by default. Then the request is cancelled. */
  timeout?: number;
  /** Cancels the request: it rejects at once, with the code 499. */
  signal?: AbortSignalLike;
}

export interface SocketCallOptions<Data = unknown, Result = any> extends RequestOptions<Data, Result> {
  method: string;
}

export interface StreamOptions<Data = unknown> {
  data?: Data;
  /** The method of the cloud object that is called, in place of its message event. */
  method?: string;
  /** How many items may be on their way or wait to be taken: 1 to 1000, 32 by default. */
  credit?: number;
  /** Cancels the stream: `next` rejects at once, with the code 499. */
  signal?: AbortSignalLike;
}

/**
 * Answers a request of the server. What it throws fails the request there: a `VkError` with its code and msg, anything else with
 * the code -1 and its message.
 */
export type RequestHandler<Request = any, Response = unknown> = (
  data: Request,
  context: {
    /** Aborted when the server wants no answer any more, or the session has ended. */
    signal: AbortSignalLike;
  },
) => Response | Promise<Response>;

/** An event of the framework. */
export interface VkMessage {
  type: "error" | "invalidToken" | "forceLogout";
  data?: any;
  err?: { code: number; msg: string; requestId?: string };
  /** Whether the connection is at its end. */
  close: boolean;
}

/** The connection has opened, for the first time or again. */
export interface OpenEvent {
  cid: string;
  /**
   * Of a connection that has come back. `true`: it is the same session, and nothing was missed; what was sent meanwhile
   * follows. `false`: it is another session, and messages may have been missed. Absent when it opens for the first time.
   */
  recovered?: boolean;
  /** With `recovered: false`. */
  reason?: NotRecovered;
}

/**
 * Why a session was not resumed: the server has it no more, or was restarted, or has not kept all that was sent; or login,
 * device, object, channel or encryption is another one; or the server resumes none.
 */
export type NotRecovered = "expired" | "restarted" | "incomplete" | "changed" | "unsupported";

export interface CloseEvent {
  /** A value of `CloseCode`, a code of the application's own, or 1006 when there was none. */
  code: number;
  reason: string;
  wasClean: boolean;
}

export interface ErrorEvent {
  /** The code of the error that came with the end; without one, the close code. */
  code: number;
  errMsg: string;
  err?: { code: number; msg: string; requestId?: string };
}

export type State = "connecting" | "open" | "waiting" | "closing" | "closed";

export interface Transition {
  from: State;
  to: State;
  reason: string;
  /** With `waiting`: milliseconds until the next attempt. */
  delay?: number;
}

/** A frame as it travelled; a token or a secret in it is left out. */
export interface FrameEvent {
  direction: "in" | "out";
  type: string;
  /** In bytes, before encryption. */
  size: number;
  text?: string;
  /** Of a binary frame: its data. */
  bytes?: Uint8Array;
  /** In milliseconds since 1970. */
  at: number;
}

/** A place among the messages of a group that keeps them. */
export interface Position {
  /** The numbering that `pos` belongs to: another one after a restart of the server. */
  epoch: string;
  /** A whole number from 0. */
  pos: number;
}

export interface CatchUpOptions {
  /** What has arrived already; by default nothing, so that all comes that is kept. */
  since?: Position;
}

/** What has become of a wish to get what was missed of a group. */
export interface CaughtUp extends Position {
  group: string;
  /** `false`: something is missing that the server keeps no longer. What it still has comes all the same. */
  complete: boolean;
  /** With `complete: false`: it was kept for long enough no more, or the server has begun to count anew. */
  reason?: "expired" | "restarted";
}

/** Where somebody is present: one of the three, at the object of the connection unless `path` names another. */
export interface Place {
  path?: string;
  group?: string;
  channel?: string;
  user?: string;
}

/** A user, on whatever number of devices, or a connection that nobody is logged in on. */
export interface Member {
  id: string;
  /** All of its connections have lost their sockets, and may come back. */
  away: boolean;
  /** What the server has set for it. */
  data?: any;
}

export interface PresenceChange {
  member: string;
  change: "joined" | "away" | "back" | "left" | "updated";
  data?: any;
}

/** Who is present in a place that the server lets the connection watch. It goes on over reconnects. */
export interface Presence {
  readonly place: Place;
  /**
   * Resolves when all members have arrived for the first time; rejects with a `VkError` of code 403 while the server does not let the
   * connection watch. When it does later, they arrive all the same.
   */
  readonly ready: Promise<void>;
  /** The members, as far as they have arrived; in no particular order. */
  readonly members: Member[];
  /** Whether these are all, and all changes are known. */
  readonly isComplete: boolean;
  /** Each change, once, whatever the number of devices; not for those who are there when the members arrive. */
  onChange(listener: (change: PresenceChange) => void): Unsubscribe;
  /** All members have arrived: for the first time, and again after a session was not resumed. */
  onMembers(listener: (members: Member[]) => void): Unsubscribe;
  /** Takes all listeners back. */
  close(): void;
}

export interface SocketEvents {
  /** The connection is a member of a group that keeps its messages: those behind this position arrive by themselves. */
  joined: Position & { group: string };
  /** Before what was missed of a group arrives: after a session was not resumed, or `catchUp` was called. */
  caughtUp: CaughtUp;
  transition: Transition;
  frame: FrameEvent;
  /** A round trip, in milliseconds. */
  latency: number;
}

/**
 * A connection to a cloud object, which outlives its sockets. It is frozen, so that a view library can keep it among its
 * reactive data. A listener that throws is reported on the console and disturbs nothing.
 *
 * @typeParam ToServer what is sent
 * @typeParam FromServer what is received; `any` by default, because only the application knows, and nothing checks it at run time
 */
export interface CloudSocket<ToServer = unknown, FromServer = any> {
  /** The connection's id on the server; empty while it is not open. The same again when the session was resumed. */
  readonly cid: string;
  /** The path of the cloud object. */
  readonly url: string;
  readonly channel: string;
  readonly encrypted: boolean;
  readonly state: State;
  /** The last round trip in milliseconds; `null` before the first. */
  readonly latency: number | null;
  /** Each time it opens; registered while it is open, soon after. */
  onOpen(listener: (event: OpenEvent) => void): Unsubscribe;
  /** Data from the cloud object; bytes arrive as `Uint8Array`. */
  onMessage(listener: (data: FromServer) => void): Unsubscribe;
  /** Events of the framework; the last one also for who registers after the end. */
  onVkMessage(listener: (event: VkMessage) => void): Unsubscribe;
  /** Once, at the end; not for a loss that a reconnect follows. */
  onClose(listener: (event: CloseEvent) => void): Unsubscribe;
  /** Once, before `onClose`, when the end is due to an error; not after the codes 1000 and 4000. */
  onError(listener: (event: ErrorEvent) => void): Unsubscribe;
  on<Name extends keyof SocketEvents>(name: Name, listener: (event: SocketEvents[Name]) => void): Unsubscribe;
  /**
   * Sends a message, in order; while the connection is away, keeps it. The promise says what became of it, also when the
   * connection was lost meanwhile and its session resumed: see `VkError.status`. Nobody needs to listen to it.
   */
  send(options: SendOptions<ToServer>): Promise<Sent>;
  /**
   * Gets what was missed of a group that keeps its messages, through `onMessage`, each once and in order; meanwhile its other
   * messages are held back. After a session was not resumed this happens by itself. The promise rejects with a `VkError`: 403 for who
   * is no member, 404 for a group that keeps nothing, `lost` where the connection was lost and its session not resumed.
   */
  catchUp(group: string, options?: CatchUpOptions): Promise<CaughtUp>;
  /** Who is present in a place, if the server lets the connection watch it. */
  presence(place: Place): Presence;
  /** The last message that has arrived of a group that keeps them; to be stored, for `catchUp` in another run of the program. */
  position(group: string): Position | undefined;
  /**
   * Sends a message, and resolves with what the message event of the cloud object returns for it. In order with `send`, and kept while
   * the connection is away. Rejects with a `VkError`: see its `code` and `status`.
   */
  request<Result = any, Data = unknown>(options: RequestOptions<Data, Result>): Promise<Result>;
  /** The same for a method of the cloud object, which is called over this connection. Resolves with what it returns. */
  callFunction<Result = any, Data = unknown>(options: SocketCallOptions<Data, Result>): Promise<Result>;
  /**
   * The items of a stream that the message event or a method returns. The request is made when the first item is asked for. Items come as
   * they are taken; `break` out of a `for await`, and `return()`, cancel the stream.
   */
  stream<Item = any, Data = unknown>(options: StreamOptions<Data>): AsyncIterableIterator<Item>;
  /** Answers the requests of the server. There is one handler: another one takes its place. Without one they fail with the code 501. */
  onRequest<Request = any, Response = unknown>(handler: RequestHandler<Request, Response>): Unsubscribe;
  /**
   * While it waits, makes its next attempt at once: no sooner than the least delay after the last one, and not before the
   * server's `Retry-After`. Does nothing in other states.
   */
  reconnect(): void;
  /** Ends the connection for good: `code` is 1000 or 3000 to 4999. Does nothing when it has ended. */
  close(options?: { code?: number; reason?: string }): void;
}

export interface Login {
  readonly token: string;
  readonly tokenExpired: number;
  /** The user's id; empty without a login, and with one whose user nobody has named. */
  readonly uid: string;
  readonly userInfo: Record<string, any>;
  readonly isLoggedIn: boolean;
  /**
   * Adopts a login that was made elsewhere, as `userCenter.login` adopts its own. Without `userInfo._id` a token that is
   * not the present one is another login, and ends what was the last one's; renewals are for `refreshToken`.
   */
  set(login: Token & { userInfo?: Record<string, any> }): void;
}

export interface LoginEvents {
  /** Somebody has logged in, in place of nobody or of another user. */
  login: { uid: string };
  logout: { uid: string };
  /** The same user has a new token. */
  renewed: { uid: string; tokenExpired: number };
}

export interface Page {
  /** The path with its parameters, to come back to; empty where there are no pages. */
  fullPath: string;
  /** The path without a leading `/` and without parameters. */
  route: string;
  options: Record<string, string>;
}

export interface Vk {
  /**
   * Connects to a cloud object, or gives the connection that (url, channel) has already. Resolves as soon as the first
   * socket is open or has failed, and rejects for wrong arguments only.
   */
  connectWebSocket<ToServer = unknown, FromServer = any>(
    options: ConnectOptions,
  ): Promise<CloudSocket<ToServer, FromServer>>;
  /** Calls a method over HTTP. Resolves with an answer of code 0, and rejects with a `VkError` for everything else. */
  callFunction<Members extends object = Record<string, any>>(
    options: CallOptions<Members>,
  ): Promise<Answer<Members>>;
  readonly userCenter: {
    /** `data` is `{username, password}`. Closes the connections of another user before it succeeds. */
    login(options: UserCentreOptions): Promise<Answer>;
    /** `data` is `{username, password, nickname?}`. Logs in, too. */
    register(options: UserCentreOptions): Promise<Answer>;
    /** Always succeeds: here the login is forgotten at once, and the server is told if it can be reached. */
    logout(options?: UserCentreOptions): Promise<Answer>;
  };
  readonly login: Login;
  on<Name extends keyof LoginEvents>(name: Name, listener: (event: LoginEvents[Name]) => void): Unsubscribe;
  /** `icon` is one of the platform's, `none` by default; a browser shows none. */
  toast(text: string, icon?: string): void;
  /** Shows the mask until `hideLoading` takes it away; masks that overlap are one. */
  showLoading(title?: string): void;
  hideLoading(): void;
  /** Goes to `loginUrl`, or calls the option `navigateToLogin`; with neither it does nothing. */
  navigateToLogin(options?: { redirectUrl?: string }): void;
  /** A part of the state, for example `$user.userInfo._id`. */
  getVuex(path: string): any;
  readonly pubfn: {
    /** A member at a path such as `author._id` or `list[0].name`. */
    getData(object: any, path: string, otherwise?: any): any;
    getCurrentPage(): Page;
  };
  /** The connections that have not ended. */
  sockets(): CloudSocket[];
  /** Ends all connections and stops everything that waits. */
  close(): void;
  /**
   * Makes it a plugin of Vue: after `app.use(vk)` (Vue 3) or `Vue.use(vk)` (Vue 2), templates have `vk`, components `this.vk`, and on
   * uni-app there is `uni.vk`.
   */
  install(app: any): void;
  /** What the application hangs on it: it may add functions of its own. */
  [member: string]: any;
}

/** What a socket of a platform tells. Nothing is heard after `close` or `error`, whichever comes first. */
export interface SocketHandlers {
  open(): void;
  message(data: string | Uint8Array): void;
  close(event: CloseEvent): void;
  error(message: string): void;
}

export interface PlatformSocket {
  /** Sends a binary message; throws, or tells an error, when it can't. */
  send(bytes: Uint8Array): void;
  /** `code` is 1000 or 3000 to 4999, `reason` at most 123 bytes of UTF-8. */
  close(code: number, reason: string): void;
}

export interface OpenSocket {
  (url: string, protocol: string, handlers: SocketHandlers): PlatformSocket;
  /** Throws what keeps this platform from opening any socket; `connectWebSocket` rejects with it. */
  check?(): void;
}

export interface HttpRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** In milliseconds. */
  timeout: number;
}

export interface HttpAnswer {
  status: number;
  text: string;
  /** Seconds that the server asks to wait. */
  retryAfter?: number;
}

export type Happening = "online" | "offline" | "visible" | "hidden";

/** What the SDK needs of the machine it runs on. */
export interface Platform {
  /** Sent to the server as `vk-platform`. */
  name: string;
  /** The application's id, where the platform knows it. */
  appid?: string;
  os?: string;
  locale?: string;
  /** Where the application is, if the platform knows; read only without the option `baseUrl`. */
  readonly baseUrl?: string;
  openSocket: OpenSocket;
  /** Rejects only when there is no answer. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  storage: {
    get(key: string): string | null | undefined;
    set(key: string, value: string): void;
    remove(key: string): void;
  };
  /** Tells what happens to the network and to the page, until the function it returned is called. */
  watch(listener: (happening: Happening) => void): Unsubscribe;
  ui: {
    /** Shows a mask, or with `null` takes it away. */
    mask(title: string | null): void;
    toast(text: string, icon?: string): void;
    navigate(url: string): void;
    currentPage(): Page;
  };
}

export interface Clock {
  /** Milliseconds since 1970, as the device has them: for people to read. */
  now(): number;
  /** Whole milliseconds that have passed since any moment, whatever is done to the device's clock. */
  elapsed(): number;
  setTimeout(task: () => void, milliseconds: number): any;
  clearTimeout(timer: any): void;
}

/** The encrypted channel, of which a connection knows no more than this. */
export interface Encryption {
  /** Begins a handshake, for each attempt anew. */
  initiate(context: EncryptionContext): Promise<Handshake>;
}

/** What a handshake is bound to. */
export interface EncryptionContext {
  /** The path of the cloud object. */
  url: string;
  channel: string;
  appid: string;
  ticket: string;
  /** The public key that the server has to prove, in base64url. */
  key: string;
}

export interface Handshake {
  /** What the client sends first, as a binary message. */
  message: Uint8Array;
  /** Takes the server's first binary message; rejects when the server proves nothing. */
  finish(answer: Uint8Array): Promise<Cipher>;
}

/** Seals what is sent and opens what is received, each in order; a rejection ends the connection. */
export interface Cipher {
  seal(plain: Uint8Array): Uint8Array | Promise<Uint8Array>;
  open(sealed: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** What the encrypted channel is made of. */
export interface Primitives {
  keyPair(): Promise<{ secret: unknown; publicKey: Uint8Array }>;
  /** X25519. */
  agree(secret: unknown, peer: Uint8Array): Promise<Uint8Array>;
  sha256(data: Uint8Array): Promise<Uint8Array>;
  /** HMAC-SHA-256. */
  hmac(key: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** AES-256-GCM under a key, which it takes over. */
  aead(key: Uint8Array): Promise<Aead>;
}

export interface Aead {
  seal(nonce: Uint8Array, ad: Uint8Array, plain: Uint8Array): Promise<Uint8Array>;
  /** Rejects what was not sealed so. */
  open(nonce: Uint8Array, ad: Uint8Array, sealed: Uint8Array): Promise<Uint8Array>;
}
