import { Code } from "./codes.js";
import { VkError } from "./errors.js";

/**
 * The items of a stream, as an async iterator. The request is made with the first `next`; as the items are taken, the server is
 * given credit for more.
 *
 * @param {number} credit how many items may be on their way, or wait to be taken
 * @param {{start(fail: (error: unknown) => void): () => void, give(total: number): void}} source makes the request, which what it
 *   returns cancels; gives credit
 */
export function itemStream(credit, source) {
  /** @type {any[]} */
  let items = [];
  /** @type {{resolve: (result: any) => void, reject: (error: unknown) => void}[]} */
  let waiting = [];
  let total = credit;
  let taken = 0;
  let isOver = false;
  /** What `next` rejects with, once. @type {{error: unknown} | undefined} */
  let failure;
  /** @type {(() => void) | undefined} */
  let cancel;

  const done = { value: undefined, done: true };

  function took() {
    taken++;
    if (!isOver && (total - taken) * 2 <= credit) {
      total = taken + credit;
      source.give(total);
    }
  }

  /** @param {unknown} [error] */
  function finish(error) {
    if (isOver) {
      return;
    }
    isOver = true;
    const left = waiting;
    waiting = [];
    failure = error === undefined ? undefined : { error };
    for (const one of left) {
      if (failure) {
        one.reject(failure.error);
        failure = undefined;
      } else {
        one.resolve(done);
      }
    }
  }

  async function next() {
    if (!cancel && !isOver) {
      // A request that is refused at once is told by `fail` all the same.
      cancel = source.start((error) => {
        if (/** @type {any} */ (error)?.status === "cancelled") {
          items = [];
        }
        finish(error);
      });
    }
    if (items.length) {
      const value = items.shift();
      took();
      return { value, done: false };
    }
    if (failure) {
      const { error } = failure;
      failure = undefined;
      throw error;
    }
    return isOver ? done : new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }

  /** @param {any} [value] */
  async function give(value) {
    const isOpen = !isOver;
    items = [];
    failure = undefined;
    finish();
    if (isOpen) {
      cancel?.();
    }
    return { value, done: true };
  }

  const iterator = {
    next,
    return: give,
    [Symbol.asyncIterator]() {
      return iterator;
    },
  };

  return {
    iterator,
    total: () => total,
    hasGiven: () => total > credit,
    /** @param {unknown} item */
    push(item) {
      const first = waiting.shift();
      if (isOver) {
        return;
      }
      if (first) {
        took();
        first.resolve({ value: item, done: false });
      } else {
        items.push(item);
      }
    },
    /** @param {boolean} isStream whether that is its end, and not another result */
    end(isStream) {
      finish(isStream ? undefined : new VkError(Code.NOT_CALLABLE, "the result is no stream: ask for it by request"));
    },
  };
}
