import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bench } from "../fake/bench.js";
import { load } from "./packages.js";

const vue = load("vue");
const mobx = load("mobx");

const plain = { list: [1, { b: "x" }], at: new Date(0), none: null };
const written = { list: [1, { b: "x" }], at: "1970-01-01T00:00:00.000Z", none: null };
const bytes = Uint8Array.of(0, 1, 255);
class Cart {
  items = ["pen"];
  constructor() {
    mobx.makeAutoObservable(this);
  }
  get count() {
    return this.items.length;
  }
}

/** What libraries keep an application's data in, and what of it is sent. @type {Record<string, [given: any, sent: any]>} */
const DATA = {
  "Vue's reactive": [vue.reactive(plain), written],
  "Vue's readonly": [vue.readonly(vue.reactive(plain)), written],
  "Vue's shallowReactive": [vue.shallowReactive(plain), written],
  "Vue's ref": [vue.ref(plain), written],
  "Vue's computed": [vue.computed(() => plain), written],
  "refs inside": [{ list: [vue.ref(1), vue.shallowRef({ a: 1 })], n: vue.computed(() => 2) }, { list: [1, { a: 1 }], n: 2 }],
  "Vue's toRefs": [vue.toRefs(vue.reactive({ a: 1, b: [2] })), { a: 1, b: [2] }],
  "bytes in Vue's reactive": [vue.reactive({ file: bytes }), { file: { type: "Buffer", data: "AAH/" } }],
  "bytes in Vue's ref": [{ file: vue.ref(bytes) }, { file: { type: "Buffer", data: "AAH/" } }],
  "MobX's observable": [mobx.observable(plain), written],
  "MobX's observable of references": [mobx.observable(plain, {}, { deep: false }), written],
  "MobX's box": [{ box: mobx.observable.box({ a: 1 }) }, { box: { a: 1 } }],
  "MobX's list": [mobx.observable([1, { a: 2 }]), [1, { a: 2 }]],
  "an object of a class that MobX observes": [new Cart(), { items: ["pen"] }],
};

describe("data of a library of views or of state", () => {
  for (const [name, [given, sent]] of Object.entries(DATA)) {
    it(`arrive as their plain content: ${name}`, async () => {
      const { server, vk, open } = bench();
      server.methods["pub/a.b"] = () => ({});
      const { socket } = await open({ data: given });
      await socket.send({ data: given });
      await vk.callFunction({ url: "pub/a.b", data: { given } });
      assert.deepEqual(server.socket.of("connect")[0].data, sent);
      assert.deepEqual(server.socket.of("message")[0].data, sent);
      assert.deepEqual(server.requests.at(-1)?.body, { given: sent });
    });
  }

  it("are refused at the call where they are no JSON, with their place", async () => {
    const { vk } = bench();
    const seen = vue.reactive({ deep: { map: new Map(), get broken() { throw new Error("no"); } } });
    await assert.rejects(vk.callFunction({ url: "pub/a.b", data: { map: seen.deep.map } }), { code: 400, message: /^data\.map: / });
    await assert.rejects(vk.callFunction({ url: "pub/a.b", data: seen }), { code: 400, message: /^data\.deep\./ });
    const lazy = { value: vue.computed(() => { throw new Error("no"); }) };
    await assert.rejects(vk.callFunction({ url: "pub/a.b", data: lazy }), { code: 400, message: /^data\.value: .*no/ });
  });
});
