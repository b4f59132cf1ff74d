import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { createVk, nodePlatform } from "../../../main/webapp/sdk/index.js";
import { load } from "./packages.js";

const component = {
  template: "<p>{{ vk.pubfn.getData({ author: { name: 'ann' } }, 'author.name') }} {{ shout('a') }} {{ own }}</p>",
  data() {
    const { vk } = /** @type {any} */ (this);
    return { own: vk.mine() };
  },
  methods: {
    /** @this {any} @param {string} text */
    shout(text) {
      return this.vk.shout(text);
    },
  },
};

/** @type {[name: string, draw: (vk: any) => string | Promise<string>][]} */
const VERSIONS = [
  [
    "Vue 3",
    (vk) => {
      const { createSSRApp } = load("vue");
      return load("vue/server-renderer").renderToString(createSSRApp(component).use(vk));
    },
  ],
  [
    "Vue 2",
    (vk) => {
      const Vue = load("vue-2");
      Vue.use(vk);
      const { template: source, ...rest } = component;
      const { code } = load("vue-2/compiler-sfc").compileTemplate({ source, filename: "a.vue" });
      const compiled = new Function(`${code}; return { render, staticRenderFns };`)();
      // Without a page it draws nothing, but knows what it would draw.
      const { tag, children } = new Vue({ ...rest, ...compiled }).$mount()._vnode;
      return `<${tag}>${children[0].text}</${tag}>`;
    },
  ],
];

const here = /** @type {any} */ (globalThis);
afterEach(() => {
  delete here.uni;
});

for (const [name, draw] of VERSIONS) {
  describe(`vk as a plugin of ${name}`, () => {
    it("is in templates, in components and on uni, with functions of one's own", async () => {
      here.uni = {};
      const vk = createVk({ platform: nodePlatform(), baseUrl: "https://x/" });
      Object.assign(vk, { mine: () => "own", shout: (/** @type {string} */ text) => `${text.toUpperCase()}!` });
      const drawn = await draw(vk);
      assert.match(drawn, /^<p[^>]*>ann A! own<\/p>$/);
      assert.equal(here.uni.vk, vk);
    });
  });
}

it("says what is missing where it is given to something else", () => {
  const vk = createVk({ platform: nodePlatform(), baseUrl: "https://x/" });
  assert.throws(() => /** @type {any} */ (vk).install({}), { code: 400, message: /app\.use\(vk\)/ });
});
