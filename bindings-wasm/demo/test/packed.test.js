// The packed package as users get it: in plain Node, in Vite, on a page without a bundler and in a worker.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { build } from "vite";

import { launch, serve } from "./browser.js";

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What every project does: check a small programme, and write a report of it. */
const USE = `
import { check, init } from "spelregel";
import * as extra from "spelregel/extra";

export async function use() {
  await init();
  const report = check("programmes: [{id: klimaat, phase: design}]", { at: "2026-06-01" });
  await extra.init();
  const page = extra.write(report, "html", "nl");
  return JSON.stringify([report.receipt.at, report.findings.length > 0, /^<!doctype html>/i.test(page)]);
}
`;
const EXPECTED = JSON.stringify(["2026-06-01", true, true]);
const WORKER = `import { use } from "./use.js";\nself.postMessage(await use());\n`;
const PAGE = `import { use } from "./use.js";\ndocument.title = await use();\n`;
const WORKER_PAGE = `
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.addEventListener("message", ({ data }) => (document.title = data));
worker.addEventListener("error", (event) => (document.title = event.message));
`;

let project;
let browser;

before(async () => {
  project = await mkdtemp(join(tmpdir(), "spelregel-packed-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", project], { cwd: here("../../js") });
  const [{ filename }] = JSON.parse(stdout);
  await mkdir(join(project, "node_modules", "spelregel"), { recursive: true });
  const target = join(project, "node_modules", "spelregel");
  await run("tar", ["-xzf", join(project, filename), "--strip-components=1", "-C", target]);
  await writeFile(join(project, "package.json"), '{"type": "module"}\n');
  await writeFile(join(project, "use.js"), USE);
  await writeFile(join(project, "page.js"), PAGE);
  await writeFile(join(project, "worker.js"), WORKER);
  await writeFile(join(project, "worker-page.js"), WORKER_PAGE);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(project, { recursive: true });
});

/** What a page makes of it: its title. */
async function titleOf(folder, page) {
  const server = await serve(`${pathToFileURL(folder)}/`, "/sub/");
  const tab = await browser.newPage();
  try {
    await tab.goto(`${server.url}${page}`);
    await tab.waitForFunction(() => document.title !== "", undefined, { timeout: 20_000 });
    return await tab.title();
  } finally {
    await tab.close();
    await server.close();
  }
}

test("plain Node", async () => {
  await writeFile(join(project, "plain.js"), 'import { use } from "./use.js";\nconsole.log(await use());\n');
  const { stdout } = await run(process.execPath, ["plain.js"], { cwd: project });
  assert.equal(stdout.trim(), EXPECTED);
});

test("a page without a bundler", async () => {
  const imports = {
    spelregel: "./node_modules/spelregel/dist/index.js",
    "spelregel/extra": "./node_modules/spelregel/dist/extra.js",
  };
  const map = JSON.stringify({ imports });
  const html = `<!doctype html><script type="importmap">${map}</script><script type="module" src="./page.js"></script>`;
  await writeFile(join(project, "plain.html"), html);
  assert.equal(await titleOf(project, "plain.html"), EXPECTED);
});

for (const [name, script] of [["Vite", "page.js"], ["a worker", "worker-page.js"]]) {
  test(name, async () => {
    const root = join(project, script.replace(".js", ""));
    await mkdir(root);
    for (const file of ["package.json", "use.js", "page.js", "worker.js", "worker-page.js"]) {
      await cp(join(project, file), join(root, file));
    }
    await cp(join(project, "node_modules"), join(root, "node_modules"), { recursive: true });
    await writeFile(join(root, "index.html"), `<!doctype html><script type="module" src="./${script}"></script>`);
    await build({
      root,
      base: "./",
      logLevel: "error",
      configFile: false,
      worker: { format: "es" },
      build: { target: "es2022" },
    });
    assert.equal(await titleOf(join(root, "dist"), ""), EXPECTED);
    assert.ok((await readFile(join(root, "dist", "index.html"), "utf8")).includes("./assets/"));
  });
}
