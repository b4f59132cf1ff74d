/** What the modules of the SDK share among themselves. */

import type { Http } from "./http.js";
import type { Listeners } from "./listeners.js";
import type { LoginStore } from "./login.js";
import type { Renewal } from "./renewal.js";
import type { CaughtUp, Clock, CloseEvent, Encryption, ErrorEvent, Member, Place, Platform, Position } from "./types.js";
import type { VkError } from "./errors.js";

/** What connections are made with. */
export interface Environment {
  platform: Platform;
  clock: Clock;
  random: () => number;
  http: Http;
  login: LoginStore;
  renewal: Pick<Renewal, "learn" | "revive">;
  /** What the connections of a client share: when the next attempt is made that one of them has drawn, in time elapsed. */
  shared: { attemptAt: number };
  reconnect: { minDelay: number; maxDelay: number; maxAttempts: number };
  queue: { messages: number; bytes: number };
  heartbeat: { interval: number; timeout: number };
  conditions: { isOnline: boolean; isVisible: boolean };
  encryption: () => Promise<Encryption>;
  appid?: string;
  encryptionKeys?: string[];
}

/** What a connection is to. */
export interface Request {
  url: string;
  channel: string;
  encrypt: boolean;
  data: unknown;
  /** A signed address. */
  address?: string;
}

/** How an attempt, or what came of it, has ended. */
export interface Loss extends CloseEvent {
  err?: ErrorEvent["err"];
  /** Seconds that the server asks to wait. */
  retryAfter?: number;
}

/** What an attempt tells its connection. */
export interface AttemptHandlers {
  /** The socket is open, and the connect frame sent. */
  socketOpen(): void;
  /** A frame came; it travelled as that message, or as that part of one, of that many bytes. */
  frame(frame: Record<string, any>, message: () => string | Uint8Array, size: number): void;
  wrote(type: string, message: Uint8Array): void;
  /** What the connect frame says of the session, for a socket with the login of that owner. */
  resume(owner: string): Resume;
  /** The attempt has failed, or its socket is lost; it is for the connection to drop it. */
  lost(loss: Loss): void;
}

/** Which session to resume, or that the client can. */
export type Resume = true | { cid: string; secret: string; received: number };

/** What the groups of a connection need of it. */
export interface GroupParts {
  /** Whether a frame can be sent now whose id is larger than all before. */
  isReady(): boolean;
  hasEnded(): boolean;
  nextId(): number;
  send(frame: OutgoingFrame): void;
  emit(name: string, value: unknown): void;
  message(data: unknown): void;
}

/** A group that keeps its messages, as far as they have arrived. */
export interface KnownGroup {
  epoch: string;
  /** All from behind this position on, up to `pos`, have arrived. */
  from: number;
  pos: number;
  /** It was seen in an earlier session only. */
  isStale: boolean;
  asking?: Asking;
}

/** A place that is watched. */
export interface WatchedPlace {
  place: Place;
  /** How many have asked for it and not closed it. */
  users: number;
  /** By id; without `member` while pages are on their way: somebody who has left. */
  members: Map<string, { version: number; member?: Member }>;
  listeners: Listeners;
  /** The id of the question that is under way; 0 for none. */
  asked: number;
  /** Whether a page is to be asked for. */
  wants: boolean;
  /** The member behind which the next page begins. */
  after?: string;
  isComplete: boolean;
  ready: Promise<void>;
  resolve?(): void;
  reject?(error: VkError): void;
}

/** A question for what is missing of a group. */
export interface Asking {
  /** 0 while it is not sent. */
  id: number;
  since?: Position;
  /** The position that the first question began with. */
  start: number;
  /** The messages that came meanwhile, those that were missing included. */
  held: Record<string, any>[];
  complete: boolean;
  reason?: CaughtUp["reason"];
  done: Promise<CaughtUp>;
  resolve?(outcome: CaughtUp): void;
  reject?(error: VkError): void;
}

export interface OutgoingFrame {
  type: string;
  id?: number;
  resume?: Resume;
  /** Of a ping or pong: how many frames of the session have arrived. */
  received?: number;
  /** Of a connect frame: several frames may come in one message. */
  batch?: boolean;
  /** Of a connect frame: the client answers requests. */
  requests?: boolean;
  /** Of a request: the method to call, and how many items of a stream to take. */
  method?: string;
  credit?: number;
  /** Which request it is about. */
  re?: number;
  /** How many items of a stream to take altogether. */
  total?: number;
  err?: { code: number; msg: string };
  data?: unknown;
  token?: string;
  /** Of a catchup frame. */
  group?: string;
  epoch?: string;
  pos?: number;
  /** Of a here frame. */
  place?: Place;
  after?: string;
  limit?: number;
}

/** A message in the outbox. */
export interface Entry {
  id: number;
  type: string;
  /** None once it was sent, where it can't be sent again. */
  bytes: Uint8Array;
  resolve(outcome: any): void;
  reject(error: VkError): void;
  callOff?(): void;
}

export interface HeartbeatParts {
  clock: Clock;
  /** In milliseconds, as all times are. */
  interval: number;
  timeout: number;
  ping(): void;
  latency(milliseconds: number): void;
  dead(): void;
}
