import { VkError, badRequest, requireOptions } from "./errors.js";
import { Code } from "./codes.js";
import { soon } from "./listeners.js";
import { hasEnded } from "./outbox.js";

/** @import {CatchUpOptions, CaughtUp, Position} from "./types.js" */
/** @import {Asking, GroupParts, KnownGroup} from "./internal.js" */

/**
 * The groups that keep their messages, as far as a connection has seen them: what has arrived of each, and what is missing after
 * a session was not resumed. While a group catches up, its messages are held back, so that all arrive once and in order.
 */
export class Groups {
  #parts;
  /** @type {Map<string, KnownGroup>} */
  #known = new Map();

  /** @param {GroupParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * The last message that has arrived of a group, to be stored and given to `catchUp` later.
   *
   * @param {string} group
   * @returns {Position | undefined}
   */
  position(group) {
    const known = this.#known.get(group);
    return known && { epoch: known.epoch, pos: known.pos };
  }

  /**
   * A message of a group, with its position.
   *
   * @param {Record<string, any>} frame
   */
  message(frame) {
    const { group, epoch, pos } = frame;
    const known = this.#known.get(group) ?? this.#meet(group, epoch, pos - 1);
    if (!known.asking && (known.epoch !== epoch || (known.isStale && pos > known.pos + 1))) {
      this.#ask(known, { epoch: known.epoch, pos: known.pos });
    }
    if (known.asking) {
      known.asking.held.push(frame);
    } else if (pos > known.pos) {
      known.isStale = false;
      known.pos = pos;
      this.#parts.message(frame.data ?? null);
    }
  }

  /**
   * The connection is a member of a group: what is sent from here on arrives by itself.
   *
   * @param {Record<string, any>} frame
   */
  joined({ group, epoch, pos }) {
    const known = this.#known.get(group) ?? this.#meet(group, epoch, pos);
    if (!known.asking && (known.epoch !== epoch || known.pos < pos)) {
      this.#ask(known, { epoch: known.epoch, pos: known.pos });
    }
    known.isStale = false;
    this.#parts.emit("joined", { group, epoch, pos });
  }

  /** @param {string} group @param {string} epoch @param {number} pos */
  #meet(group, epoch, pos) {
    /** @type {KnownGroup} */
    const known = { epoch, from: pos, pos, isStale: false };
    this.#known.set(group, known);
    return known;
  }

  /**
   * What the connection lacks of a group; without `since` from the beginning of what is kept.
   *
   * @param {string} group
   * @param {CatchUpOptions} [options]
   * @returns {Promise<CaughtUp>}
   */
  async catchUp(group, options = {}) {
    requireOptions(options, "catchUp(group, { since: … })");
    if (typeof group !== "string" || !group) {
      throw badRequest("group is a text that is not empty");
    }
    const { since } = options;
    if (since && !(typeof since.epoch === "string" && Number.isSafeInteger(since.pos) && since.pos >= 0)) {
      throw badRequest("since is a position: { epoch: a text, pos: a whole number from 0 }");
    }
    for (let known; (known = this.#known.get(group))?.asking; ) {
      // One after another: the answers of two could not be told apart by what they hold back.
      await known.asking.done.catch(() => {});
    }
    if (this.#parts.hasEnded()) {
      throw hasEnded();
    }
    const known = this.#known.get(group) ?? { epoch: "", from: 0, pos: 0, isStale: false };
    this.#known.set(group, known);
    return this.#ask(known, since).done;
  }

  /** @param {KnownGroup} known @param {Position} [since] */
  #ask(known, since) {
    /** @type {Asking} */
    const asking = { id: 0, since, start: since?.pos ?? 0, held: [], complete: true, done: Promise.resolve(/** @type {any} */ (0)) };
    asking.done = new Promise((resolve, reject) => Object.assign(asking, { resolve, reject }));
    // Nobody need listen to one that the connection has asked by itself.
    asking.done.catch(() => {});
    known.asking = asking;
    soon(() => this.#flush());
    return asking;
  }

  /** Sends what has not been asked, if that can be sent now. */
  #flush() {
    this.#known.forEach(({ asking }, group) => {
      if (asking && !asking.id && this.#parts.isReady()) {
        asking.id = this.#parts.nextId();
        this.#parts.send({ type: "catchup", id: asking.id, group, ...asking.since });
      }
    });
  }

  /**
   * The server has sent what was missing, or a part of it.
   *
   * @param {Record<string, any>} frame
   */
  caughtUp({ re, group, epoch, pos, more, complete, reason }) {
    const known = this.#known.get(group);
    const asking = known?.asking;
    if (!known || !asking || asking.id !== re) {
      return;
    }
    asking.reason ??= reason;
    asking.complete &&= complete === true;
    if (more) {
      asking.id = 0;
      asking.since = { epoch, pos };
      this.#flush();
      return;
    }
    const isSame = known.epoch === epoch;
    const frames = new Map(asking.held.map((frame) => [`${frame.epoch} ${frame.pos}`, frame]));
    // Those of another epoch came behind the end of this one.
    const missed = [...frames.values()].filter((frame) => frame.epoch === epoch).sort((a, b) => a.pos - b.pos);
    const later = [...frames.values()].filter((frame) => frame.epoch !== epoch && frame.epoch !== known.epoch);
    const isNew = (/** @type {number} */ at) => !isSame || at <= known.from || at > known.pos;
    const news = missed.filter((frame) => isNew(frame.pos));
    const start = asking.complete ? asking.start : (missed[0]?.pos ?? pos + 1) - 1;
    Object.assign(known, {
      epoch,
      from: isSame ? Math.min(known.from, start) : start,
      pos: Math.max(isSame ? known.pos : 0, pos, missed.at(-1)?.pos ?? 0),
      isStale: false,
      asking: undefined,
    });
    const outcome = { group, epoch, pos: known.pos, complete: asking.complete, ...(asking.reason && { reason: asking.reason }) };
    // First: where something is missing, the application may want to load all anew.
    this.#parts.emit("caughtUp", outcome);
    news.forEach((frame) => this.#parts.message(frame.data ?? null));
    asking.resolve?.(outcome);
    later.forEach((frame) => this.message(frame));
  }

  /**
   * The server has refused a frame. True when it was one of these.
   *
   * @param {number} re
   * @param {{code: number, msg: string, requestId?: string}} err
   */
  refused(re, err) {
    for (const [group, known] of this.#known) {
      const { asking } = known;
      if (asking?.id === re) {
        this.#giveUp(group, known, new VkError(err.code, err.msg, { requestId: err.requestId, status: "refused" }));
        // What was held back has arrived all the same.
        asking.held.forEach((frame) => {
          known.epoch = frame.epoch;
          known.pos = frame.pos;
          this.#parts.message(frame.data ?? null);
        });
        return true;
      }
    }
    return false;
  }

  /**
   * The connection is open, and what waited has left.
   *
   * @param {boolean} isSame whether its session was resumed
   */
  opened(isSame) {
    this.#known.forEach((known, group) => {
      known.isStale ||= !isSame;
      const { asking } = known;
      if (asking?.id && !isSame) {
        // What was held back counts as missed. Who is made a member again asks anew.
        this.#giveUp(group, known, new VkError(Code.FAIL, "the connection was lost before the answer", { status: "lost" }));
      } else if (asking) {
        // The question may be lost. An answer to it that comes all the same is ignored.
        asking.id = 0;
      }
    });
    this.#flush();
  }

  /** The connection has ended. */
  end() {
    this.#known.forEach((known, group) => this.#giveUp(group, known, hasEnded()));
  }

  /** @param {string} group @param {KnownGroup} known @param {VkError} error */
  #giveUp(group, known, error) {
    const { asking } = known;
    known.asking = undefined;
    if (!known.epoch) {
      // Nothing of it has ever arrived.
      this.#known.delete(group);
    }
    asking?.reject?.(error);
  }
}
