// Builds the page of the specification with uni-app, as docs/coming-from-vk.md says to set it up.
//
//     node build.js <folder of the packages> <folder for the project> <cli | hbuilderx> <npm | copied> <base url>
//
// The results lie in the project's `dist/h5` and `dist/mp-weixin`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [packages, project, layout, kind, baseUrl] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, "../../../..");
const sdk = join(repository, "src/main/webapp/sdk");
const page = readFileSync(join(repository, "src/test/resources/specification/page.vue"), "utf8");
const guide = readFileSync(join(repository, "docs/coming-from-vk.md"), "utf8");

/** Hard links where the file system has them: the packages are 240 MB. */
function copyPackages(to) {
  try {
    execFileSync("cp", ["-al", join(packages, "node_modules"), to], { stdio: "ignore" });
  } catch {
    rmSync(to, { recursive: true, force: true });
    cpSync(join(packages, "node_modules"), to, { recursive: true });
  }
}

/** The set-up, out of the document that users follow, for the server of the test. */
function main() {
  const code = /```js\n(\/\/ main\.js\n[\s\S]*?)```/.exec(guide)?.[1];
  if (!code) {
    throw new Error("docs/coming-from-vk.md has no main.js");
  }
  return code.replace("https://chat.example/", baseUrl);
}

function replaced(text, what, by) {
  if (!text.includes(what)) {
    throw new Error(`there is no ${what}`);
  }
  return text.replace(what, by);
}

mkdirSync(project, { recursive: true });
copyPackages(join(project, "node_modules"));
const source = layout === "cli" ? join(project, "src") : project;
cpSync(join(here, "project"), source, { recursive: true });
// uni-app takes the compilers of its targets from the dependencies.
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, dependencies, devDependencies }));
for (const file of ["index.html", "vite.config.js"]) {
  const text = readFileSync(join(here, "project", file), "utf8");
  rmSync(join(source, file));
  writeFileSync(join(project, file), text.replace("MAIN", layout === "cli" ? "/src/main.js" : "/main.js"));
}
mkdirSync(join(source, "pages/index"), { recursive: true });
mkdirSync(join(source, "pages/clear"), { recursive: true });
writeFileSync(join(source, "pages/index/index.vue"), page);
writeFileSync(join(source, "pages/clear/clear.vue"), replaced(page, "encrypt: true,", "encrypt: false,"));

let text = main();
if (kind === "npm") {
  const tarball = execFileSync("npm", ["pack", sdk, "--silent", "--pack-destination", project], { encoding: "utf8" }).trim();
  const folder = join(project, "node_modules/@cloud-objects/sdk");
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", join(project, tarball), "-C", folder, "--strip-components=1"]);
} else {
  cpSync(sdk, join(source, "sdk"), { recursive: true });
  text = text.replaceAll('"@cloud-objects/sdk"', '"./sdk/index.js"').replace(/"@cloud-objects\/sdk\/([\w-]+)"/g, '"./sdk/$1.js"');
}
writeFileSync(join(source, "main.js"), text);

for (const target of ["h5", "mp-weixin"]) {
  const uni = join(project, "node_modules/@dcloudio/vite-plugin-uni/bin/uni.js");
  execFileSync(process.execPath, [uni, "build", "-p", target], {
    cwd: project,
    env: { ...process.env, UNI_INPUT_DIR: source, UNI_OUTPUT_DIR: join(project, "dist", target), NODE_ENV: "production" },
    stdio: ["ignore", "inherit", "inherit"],
  });
}
