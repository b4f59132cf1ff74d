import { VkError, badRequest } from "./errors.js";
import { Listeners, soon } from "./listeners.js";
import { hasEnded } from "./outbox.js";

/** @import {Member, Place, Presence, PresenceChange} from "./types.js" */
/** @import {GroupParts, WatchedPlace} from "./internal.js" */

const KINDS = /** @type {const} */ (["group", "channel", "user"]);
const PAGE = 100;

/**
 * The places that a connection watches: who is there, put together of pages and of the changes that come meanwhile. Each page and each
 * change has a version of the place, and of two that speak of one member the larger version is right, in whatever order they arrive.
 */
export class Places {
  #parts;
  #path;
  /** @type {Map<string, WatchedPlace>} */
  #places = new Map();

  /** @param {GroupParts} parts @param {() => string} path the path of the connection's object */
  constructor(parts, path) {
    this.#parts = parts;
    this.#path = path;
  }

  /**
   * @param {Place} place
   * @returns {Presence}
   */
  presence(place) {
    const kinds = KINDS.filter((kind) => typeof place?.[kind] === "string" && place[kind]);
    if (kinds.length !== 1) {
      throw badRequest('a place has one of group, channel and user: write presence({ group: "…" })');
    }
    const key = this.#key(place);
    const watched = this.#places.get(key) ?? this.#watch(key, { ...place });
    watched.users++;
    let isOpen = true;
    /** @type {Set<() => void>} */
    const stops = new Set();
    const places = this.#places;
    return Object.freeze({
      place: watched.place,
      ready: watched.ready,
      get members() {
        return [...watched.members.values()].filter((one) => one.member).map(({ member }) => /** @type {Member} */ (member));
      },
      get isComplete() {
        return watched.isComplete;
      },
      onChange: (/** @type {(change: PresenceChange) => void} */ listener) => {
        const stop = watched.listeners.add("change", listener);
        stops.add(stop);
        return stop;
      },
      onMembers: (/** @type {(members: Member[]) => void} */ listener) => {
        const stop = watched.listeners.add("members", listener);
        stops.add(stop);
        return stop;
      },
      close: () => {
        stops.forEach((stop) => stop());
        if (isOpen && --watched.users === 0) {
          places.delete(key);
        }
        isOpen = false;
      },
    });
  }

  /** @param {Place & {path?: string}} place */
  #key(place) {
    const kind = KINDS.find((one) => place[one] !== undefined) ?? "group";
    return JSON.stringify([place.path ?? this.#path(), kind, place[kind]]);
  }

  /** @param {string} key @param {Place} place */
  #watch(key, place) {
    /** @type {WatchedPlace} */
    const watched = {
      place,
      users: 0,
      members: new Map(),
      listeners: new Listeners(),
      asked: 0,
      wants: true,
      after: undefined,
      isComplete: false,
      ready: Promise.resolve(),
    };
    watched.ready = new Promise((resolve, reject) => Object.assign(watched, { resolve, reject }));
    // Nobody need listen to it.
    watched.ready.catch(() => {});
    this.#places.set(key, watched);
    soon(() => this.#flush());
    return watched;
  }

  /** Asks for the pages that are wanted, if that can be done now. */
  #flush() {
    this.#places.forEach((watched) => {
      if (watched.wants && this.#parts.isReady()) {
        watched.wants = false;
        watched.asked = this.#parts.nextId();
        const { after, place } = watched;
        this.#parts.send({ type: "here", id: watched.asked, place, ...(after !== undefined && { after }), limit: PAGE });
      }
    });
  }

  /** @param {WatchedPlace} watched */
  #anew(watched) {
    watched.wants = true;
    watched.after = undefined;
    watched.isComplete = false;
  }

  /**
   * Somebody has come, gone or changed; or the watch begins, or is over.
   *
   * @param {Record<string, any>} frame
   */
  changed({ place, version, changes, over }) {
    const watched = this.#places.get(this.#key(place));
    if (!watched) {
      return;
    }
    if (over) {
      watched.isComplete = false;
      return;
    }
    if (!changes.length && !watched.wants && !watched.asked && !watched.isComplete) {
      // It was asked for too early: now the connection may.
      this.#anew(watched);
    }
    for (const { member: id, change, data } of changes) {
      const before = watched.members.get(id);
      if (!before || version >= before.version) {
        const isThere = change !== "left";
        const away = change === "away" || (change === "updated" && !!before?.member?.away);
        const member = isThere ? { id, away, ...(data !== undefined && { data }) } : undefined;
        watched.members.set(id, { version, member });
        if (watched.isComplete) {
          if (!isThere) {
            watched.members.delete(id);
          }
          watched.listeners.emit("change", { member: id, change, ...(data !== undefined && { data }) });
        }
      }
    }
    this.#flush();
  }

  /**
   * A page of members.
   *
   * @param {Record<string, any>} frame
   */
  page({ re, version, members, next }) {
    const watched = [...this.#places.values()].find((one) => one.asked === re);
    if (!watched) {
      return;
    }
    watched.asked = 0;
    const { after } = watched;
    const listed = new Set();
    for (const { member: id, away = false, data } of members) {
      listed.add(id);
      const known = watched.members.get(id);
      if (!known || known.version <= version) {
        watched.members.set(id, { version, member: { id, away, ...(data !== undefined && { data }) } });
      }
    }
    watched.members.forEach((known, id) => {
      const isInPage = (after === undefined || id > after) && (next === undefined || id <= next);
      if (isInPage && !listed.has(id) && known.version <= version) {
        watched.members.delete(id);
      }
    });
    watched.after = next;
    if (next !== undefined) {
      watched.wants = true;
      return this.#flush();
    }
    watched.members.forEach((known, id) => known.member ?? watched.members.delete(id));
    watched.isComplete = true;
    watched.resolve?.();
    watched.listeners.emit("members", [...watched.members.values()].map(({ member }) => member));
  }

  /**
   * The server has refused a frame. True when it was one of these.
   *
   * @param {number} re
   * @param {{code: number, msg: string, requestId?: string}} err
   */
  refused(re, err) {
    const watched = [...this.#places.values()].find((one) => one.asked === re);
    if (watched) {
      watched.asked = 0;
      watched.reject?.(new VkError(err.code, err.msg, { requestId: err.requestId, status: "refused" }));
    }
    return !!watched;
  }

  /**
   * The connection is open, and what waited has left.
   *
   * @param {boolean} isSame whether its session was resumed
   */
  opened(isSame) {
    this.#places.forEach((watched) => {
      if (!isSame) {
        // Versions of before mean nothing now.
        watched.members.clear();
        this.#anew(watched);
      } else if (watched.asked) {
        // The question may be lost.
        watched.wants = true;
      }
      watched.asked = 0;
    });
    this.#flush();
  }

  /** The connection has ended. */
  end() {
    this.#places.forEach((watched) => watched.reject?.(hasEnded()));
    this.#places.clear();
  }
}
