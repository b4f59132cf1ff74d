import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { client as make, until } from "./server.js";

const COMPANY = "it/pub.company";

/** @type {ReturnType<typeof make>["vk"][]} */
const made = [];
const client = () => {
  const one = make();
  made.push(one.vk);
  return one;
};
afterEach(() => made.splice(0).forEach((vk) => vk.close()));

/** @param {ReturnType<typeof make>} one @param {string} group @param {string} name */
async function enter({ open }, group, name) {
  const { socket, log } = await open(COMPANY, { data: { group, name } });
  const presence = socket.presence({ group });
  /** @type {string[]} */
  const changes = [];
  presence.onChange(({ member, change }) => changes.push(`${member} ${change}`));
  /** @type {any[]} */
  const outcomes = [];
  socket.on("caughtUp", ({ complete, reason }) => outcomes.push(reason ?? complete));
  await presence.ready;
  return { socket, log, presence, changes, outcomes };
}

describe("against the running server, a group", () => {
  it("shows who is in it, once per change whatever the number of devices", async () => {
    const group = crypto.randomUUID();
    const watcher = await enter(client(), group, "watcher");
    const one = client();
    const username = await one.register();
    const other = client();
    await other.login(username);
    const { uid } = one.vk.login;
    const { socket } = await enter(one, group, "ann");
    const { socket: second } = await enter(other, group, "ann");
    const ofAnn = () => watcher.changes.filter((change) => change.startsWith(uid));
    await until("ann", () => ofAnn().length > 0);
    assert.deepEqual(watcher.presence.members.find(({ id }) => id === uid)?.data, { name: "ann" });
    // The second device is there all the time: nobody is told that the first was away.
    one.cut();
    await until("the first device again", () => socket.state === "open");
    socket.close();
    second.close();
    await until("the end", () => ofAnn().at(-1) === `${uid} left`);
    assert.deepEqual(ofAnn(), [`${uid} joined`, `${uid} left`]);
    const { changes } = await one.vk.callFunction({ url: `${COMPANY}.changes`, data: { group, text: "" } });
    assert.deepEqual(
      changes.filter((/** @type {string} */ change) => change.includes(uid)),
      [`${group} ${uid} JOINED`, `${group} ${uid} LEFT`],
    );
  });

  it("gives who returns as a new session what was missed, once and in order, or says that it can't", async () => {
    const group = crypto.randomUUID();
    const one = client();
    const { socket, log, outcomes } = await enter(one, group, "ann");
    const say = (/** @type {number} */ from, /** @type {number} */ to) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i).reduce(
        (before, text) => before.then(() => one.vk.callFunction({ url: `${COMPANY}.say`, data: { group, text: String(text) } })),
        /** @type {Promise<any>} */ (Promise.resolve()),
      );
    await say(1, 3);
    await until("three", () => log.messages.length === 3);
    const since = socket.position(group);
    socket.close();
    await say(4, 10);
    const again = await enter(one, group, "ann");
    const outcome = await again.socket.catchUp(group, { since });
    assert.deepEqual([outcome.complete, outcome.pos], [true, 10]);
    assert.deepEqual(again.log.messages, ["4", "5", "6", "7", "8", "9", "10"]);
    assert.deepEqual(outcomes, []);
    again.socket.close();
    await say(11, 80);
    const late = await enter(one, group, "ann");
    const missed = await late.socket.catchUp(group, { since: outcome });
    assert.deepEqual([missed.complete, missed.reason, late.log.messages.length], [false, "expired", 50]);
    await one.vk.callFunction({ url: `${COMPANY}.forget`, data: { group, text: "" } });
    late.socket.close();
    const anew = await enter(one, group, "ann");
    const other = await anew.socket.catchUp(group, { since: outcome });
    assert.deepEqual([other.complete, other.reason], [false, "restarted"]);
  });

  it("tells nobody who is no member", async () => {
    const one = client();
    const { socket } = await enter(one, crypto.randomUUID(), "ann");
    await assert.rejects(socket.catchUp("other"), { code: 403 });
    await assert.rejects(socket.presence({ group: "other" }).ready, { code: 403 });
  });
});
