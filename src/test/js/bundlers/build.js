// Builds the application in `project` with one bundler, in each format:
//
//     node build.js <folder of the packages> <folder of the project> <the bundler's package> <format>…
//
// The results lie in the project's `dist/<package>/<format>`. What a bundler warns of is printed, and nothing else.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, project, name, ...formats] = process.argv.slice(2);
const require = createRequire(join(packages, "x.js"));
const load = (path) => import(pathToFileURL(join(packages, "node_modules", path)).href);
const main = join(project, "main.js");

/** A page that runs a script, and has nothing else that a browser would ask for. */
function writePage(file, type, script) {
  mkdirSync(dirname(file), { recursive: true });
  const head = '<!doctype html>\n<title></title>\n<link rel="icon" href="data:,">';
  writeFileSync(file, `${head}\n<script${type} src="${script}"></script>\n`);
}

/** What a bundler builds that begins with a page. */
function pageToBuild() {
  const file = join(project, `source-${name.replace(/\W/g, "")}`, "index.html");
  writePage(file, ' type="module"', "./main.js");
  writeFileSync(join(dirname(file), "main.js"), 'import "../main.js";\n');
  return file;
}

const BUNDLERS = {
  webpack(folder, format) {
    const target = format === "cjs" ? "node" : "web";
    const output = { path: folder, filename: fileOf(format) };
    return new Promise((resolve, reject) => {
      require(name)({ mode: "production", target, context: project, entry: main, output }, (error, stats) => {
        process.stdout.write(stats?.toString({ all: false, errors: true, warnings: true }) ?? "");
        return error ? reject(error) : resolve();
      });
    });
  },

  async vite(folder) {
    const { build } = await load(`${name}/dist/node/index.js`);
    await build({ root: dirname(pageToBuild()), configFile: false, logLevel: "warn", build: { outDir: folder, emptyOutDir: false } });
  },

  async rollup(folder, format) {
    const { rollup } = await load("rollup/dist/es/rollup.js");
    const { nodeResolve } = await load("@rollup/plugin-node-resolve/dist/es/index.js");
    const plugins = [nodeResolve({ browser: format !== "cjs" })];
    const bundle = await rollup({ input: main, plugins, onLog: (level, log) => console.log(level, log.message) });
    await bundle.write({ file: join(folder, fileOf(format)), format });
    await bundle.close();
  },

  async esbuild(folder, format) {
    const platform = format === "cjs" ? "node" : "browser";
    const outfile = join(folder, fileOf(format));
    await require(name).build({ entryPoints: [main], outfile, bundle: true, minify: true, format, platform, logLevel: "warning" });
  },

  async "@parcel/core"(folder) {
    const { Parcel } = require(name);
    require("@parcel/logger").default.onLog(({ level, diagnostics, message }) => {
      if (level === "warn" || level === "error") {
        console.log(level, message ?? JSON.stringify(diagnostics));
      }
    });
    await new Parcel({
      entries: pageToBuild(),
      defaultConfig: require.resolve("@parcel/config-default"),
      mode: "production",
      cacheDir: join(project, "cache"),
      defaultTargetOptions: { distDir: folder, publicUrl: "./" },
    }).run();
  },
};

/** By its name Node.js knows the format; in a project of modules, that is. */
function fileOf(format) {
  return format === "cjs" ? "main.cjs" : "main.js";
}

process.chdir(project);
for (const format of formats) {
  const folder = join(project, "dist", name, format);
  mkdirSync(folder, { recursive: true });
  await BUNDLERS[name.replace(/-.*/, "")](folder, format);
  if (format === "esm" || format === "iife") {
    writePage(join(folder, "index.html"), format === "esm" ? ' type="module"' : "", fileOf(format));
  }
}
