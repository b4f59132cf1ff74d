// Prints the size of the SDK: its modules in one, without comments, gzipped. Takes the folder of TypeScript.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const sdk = fileURLToPath(new URL("../../main/webapp/sdk/", import.meta.url));
const typescript = createRequire(import.meta.url)(process.argv[2]);
/** Loaded only by who asks for it. */
const APART = ["encryption-noble.js"];

const modules = readdirSync(sdk, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".js") && !APART.includes(file))
  .sort();
const code = modules.map((file) => {
  const compilerOptions = { removeComments: true, target: "esnext", module: "esnext" };
  return typescript.transpileModule(readFileSync(sdk + file, "utf8"), { compilerOptions }).outputText;
});
process.stdout.write(String(gzipSync(code.join("\n"), { level: 9 }).length));
