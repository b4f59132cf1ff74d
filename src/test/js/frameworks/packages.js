import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const modules = join(/** @type {string} */ (process.env.FRAMEWORKS), "node_modules");
const guide = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "../../../../docs/sdk.md"), "utf8");

/** @type {(name: string) => any} */
export const load = createRequire(join(modules, "x.js"));

/**
 * The code of docs/sdk.md for a library of views, as a module of a project that has the library.
 *
 * @param {"React" | "Vue"} library
 * @param {Record<string, string>} [renamed] packages by the names that the project knows them by
 */
export async function recipe(library, renamed) {
  const code = new RegExp(`\`\`\`js\n(// use-cloud-socket\\.js, for ${library}\n[^]*?)\`\`\``).exec(guide)?.[1];
  if (!code) {
    throw new Error(`docs/sdk.md has no code for ${library}`);
  }
  const project = mkdtempSync(join(tmpdir(), "frameworks-"));
  process.once("exit", () => rmSync(project, { recursive: true, force: true }));
  if (renamed) {
    mkdirSync(join(project, "node_modules"));
    for (const [name, source] of Object.entries(renamed)) {
      // Not a link: it would look for its neighbours where it really is.
      cpSync(join(modules, source), join(project, "node_modules", name), { recursive: true });
    }
  } else {
    symlinkSync(modules, join(project, "node_modules"), "junction");
  }
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  const file = join(project, "use-cloud-socket.js");
  writeFileSync(file, code);
  return { ...(await import(pathToFileURL(file).href)), load: /** @type {(name: string) => any} */ (createRequire(file)) };
}

/** Gives Node.js a page, for libraries that draw. */
export function openPage() {
  const { JSDOM } = load("jsdom");
  const { window } = new JSDOM('<!doctype html><div id="app"></div>');
  const names = ["document", "Element", "HTMLElement", "SVGElement", "Node", "ShadowRoot"];
  Object.assign(globalThis, { window }, Object.fromEntries(names.map((name) => [name, window[name]])));
  return window.document;
}
