import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CHAT, bench as plainBench, settle } from "../fake/bench.js";

const PLACE = { path: CHAT, group: "g" };

/** A connection that watches a group. */
async function watching() {
  const all = plainBench();
  all.server.resumes = true;
  const socket = await all.vk.connectWebSocket({ url: CHAT });
  await settle();
  const { server, clock } = all;
  const presence = socket.presence({ group: "g" });
  /** @type {any[]} */
  const log = [];
  presence.onChange(({ member, change }) => log.push(`${member} ${change}`));
  presence.onMembers((members) => log.push(members.map(({ id }) => id)));
  await settle();
  return {
    ...all,
    socket,
    presence,
    log,
    asked: () => server.socket.frames.filter(({ type }) => type === "here"),
    /** @param {number} version @param {...string} changes such as `ann joined` */
    change: (version, ...changes) =>
      server.socket.send({
        type: "presence",
        place: PLACE,
        version,
        changes: changes.map((text) => ({ member: text.split(" ")[0], change: text.split(" ")[1] })),
      }),
    /** @param {any} question @param {number} version @param {string[]} members @param {string} [next] */
    page: (question, version, members, next) =>
      server.socket.send({
        type: "members",
        re: question.id,
        place: PLACE,
        version,
        members: members.map((member) => ({ member })),
        ...(next && { next }),
      }),
    names: () => presence.members.map(({ id, away }) => id + (away ? " away" : "")).sort(),
    /** @param {boolean} recovered */
    async back(recovered) {
      if (!recovered) {
        server.sessions.restart();
      }
      server.socket.end(1006);
      await clock.advance(5000);
    },
  };
}

describe("the presence of a place", () => {
  it("begins with its members and goes on with changes", async () => {
    const { presence, log, asked, change, page, names } = await watching();
    assert.deepEqual({ ...asked()[0], id: 0 }, { type: "here", id: 0, place: { group: "g" }, limit: 100 });
    page(asked()[0], 3, ["ann", "bob"]);
    await presence.ready;
    change(4, "cid joined", "ann away");
    change(5, "bob left");
    assert.deepEqual(names(), ["ann away", "cid"]);
    assert.deepEqual(log, [["ann", "bob"], "cid joined", "ann away", "bob left"]);
  });

  it("is put together of pages and of what changes meanwhile, in whatever order they come", async () => {
    const { presence, log, asked, change, page, names } = await watching();
    change(4, "ann left", "dan joined");
    page(asked()[0], 3, ["ann", "bob"], "bob");
    assert.deepEqual([asked()[1].after, presence.isComplete], ["bob", false]);
    // Older than the page that follows.
    change(5, "eve joined");
    page(asked()[1], 6, ["cid", "dan"]);
    assert.deepEqual(names(), ["bob", "cid", "dan"]);
    assert.deepEqual(log.length, 1);
    assert.equal(presence.isComplete, true);
  });

  it("goes on over a resume", async () => {
    const { asked, change, page, names, back } = await watching();
    page(asked()[0], 3, ["ann"]);
    await back(true);
    change(4, "bob joined");
    assert.deepEqual([asked(), names()], [[], ["ann", "bob"]]);
  });

  it("is asked for again where the question may be lost", async () => {
    const { asked, page, names, back } = await watching();
    await back(true);
    page(asked()[0], 3, ["ann"]);
    assert.deepEqual(names(), ["ann"]);
  });

  it("is asked for anew after a session was not resumed", async () => {
    const { log, asked, change, page, names, back } = await watching();
    page(asked()[0], 30, ["ann"]);
    await back(false);
    page(asked()[0], 1, ["bob"]);
    change(2, "cid joined");
    assert.deepEqual(names(), ["bob", "cid"]);
    assert.deepEqual(log, [["ann"], ["bob"], "cid joined"]);
  });

  it("that is not allowed says so, and begins when it is", async () => {
    const { server, presence, asked, change, page, names } = await watching();
    server.socket.send({ type: "event", event: "error", err: { code: 403, msg: "no" }, re: asked()[0].id });
    await assert.rejects(presence.ready, { code: 403 });
    change(0);
    page(asked()[1], 0, ["ann"]);
    assert.deepEqual(names(), ["ann"]);
    server.socket.send({ type: "presence", place: PLACE, version: 1, changes: [], over: true });
    assert.equal(presence.isComplete, false);
  });

  it("is one for all who ask, and ends with the last", async () => {
    const { socket, presence, log, asked, change, page } = await watching();
    const other = socket.presence({ path: CHAT, group: "g" });
    await settle();
    assert.equal(asked().length, 1);
    page(asked()[0], 1, ["ann"]);
    presence.close();
    presence.close();
    change(2, "bob joined");
    assert.deepEqual([log.length, other.members.length], [1, 2]);
    other.close();
    change(3, "cid joined");
    socket.presence({ group: "g" });
    await settle();
    assert.equal(asked().length, 2);
  });

  it("ends with the connection", async () => {
    const { socket, presence } = await watching();
    socket.close();
    await assert.rejects(presence.ready, { status: "closed" });
  });

  it("has one name", async () => {
    const { socket } = await watching();
    for (const wrong of [{}, { group: "" }, { group: "g", user: "u" }, undefined]) {
      assert.throws(() => socket.presence(/** @type {any} */ (wrong)), { code: 400 });
    }
  });
});
