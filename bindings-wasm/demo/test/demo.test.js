// The page as somebody uses it: typing a defect, mending it, asking otherwise, taking the report along.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { launch, serve } from "./browser.js";

let server;
let browser;

before(async () => {
  server = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** The page, loaded and checked; what goes wrong in it fails the test. */
async function open(t, options = {}) {
  const context = await browser.newContext({ locale: "nl-NL", ...options });
  const page = await context.newPage();
  const faults = [];
  const asked = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => asked.push(request));
  t.after(async () => {
    await context.close();
    assert.deepEqual(faults, []);
    // Nothing is sent anywhere: the page only fetches its own files.
    for (const request of asked) {
      assert.equal(request.method(), "GET");
      assert.ok(/^(blob|data):/.test(request.url()) || request.url().startsWith(server.url), request.url());
    }
  });
  await page.goto(server.url);
  await page.waitForSelector("body[data-checked]");
  return page;
}

/** Waits for the check that follows a change. */
async function checked(page, change) {
  const before = await page.getAttribute("body", "data-checked");
  await change();
  await page.waitForFunction((last) => document.body.dataset.checked !== last, before);
}

test("a defect is found while it is typed, and goes when it is mended", async (t) => {
  const page = await open(t);
  const finding = page.locator(".finding", { hasText: "Een doel van niemand" });
  assert.equal(await finding.count(), 0);
  await page.getByRole("tab", { name: "mensen.yaml" }).click();
  await page.locator(".panel.editor:not([hidden]) .cm-content").click();
  await page.keyboard.press("Control+End");
  const goal = "{id: van-niemand, name: Een doel van niemand, level: programme, state: adopted, pursued_by: [warm-wonen]}";
  await checked(page, () => page.keyboard.insertText(`\ngoals: [${goal}]\n`));
  assert.ok((await finding.count()) > 0);
  await checked(page, () => page.keyboard.press("Control+z"));
  assert.equal(await finding.count(), 0);
});

test("a text that does not load keeps the findings and says what is wrong", async (t) => {
  const page = await open(t);
  const count = await page.locator(".finding").count();
  assert.ok(count > 3, String(count));
  await page.locator(".panel.editor:not([hidden]) .cm-content").click();
  await page.keyboard.press("Control+End");
  await checked(page, () => page.keyboard.insertText("goals: [{id: x, naem: y}]\n"));
  assert.match(await page.locator("#loaded").textContent(), /fout/);
  assert.equal(await page.locator(".finding").count(), count);
  await page.waitForSelector(".cm-lintRange-error");
  await checked(page, () => page.keyboard.press("Control+z"));
  assert.match(await page.locator("#loaded").textContent(), /gelezen/);
});

test("words are completed", async (t) => {
  const page = await open(t);
  await page.locator(".panel.editor:not([hidden]) .cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.type("open_k", { delay: 20 });
  await page.waitForSelector(".cm-tooltip-autocomplete");
  assert.match(await page.locator(".cm-tooltip-autocomplete li").first().textContent(), /^open_kinds/);
});

test("a finding leads to the line that it is about", async (t) => {
  const page = await open(t);
  const button = page.locator(".finding button.element").first();
  const title = await button.getAttribute("title");
  await button.click();
  const line = Number(title.split(":").at(-1));
  const shown = await page.locator(".panel.editor:not([hidden]) .cm-activeLineGutter").first().textContent();
  assert.equal(Number(shown), line);
  assert.ok(title.includes(await page.locator('#files [aria-selected="true"]').textContent()));
});

test("the language, the date, the gate and the packs can be others", async (t) => {
  const page = await open(t);
  assert.equal(await page.getAttribute("html", "lang"), "nl");
  assert.match(await page.locator("#counted").textContent(), /bevinding/);
  await checked(page, () => page.getByRole("button", { name: "English" }).click());
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.match(await page.locator("#counted").textContent(), /finding/);
  const all = await page.locator(".finding").count();
  await checked(page, () => page.locator('input[value="slim-invoeren"]').uncheck());
  assert.ok((await page.locator(".finding").count()) < all);
  const some = await page.locator("#counted").textContent();
  await checked(page, () => page.locator("#at").fill("2029-01-01"));
  assert.notEqual(await page.locator("#counted").textContent(), some);
  const gates = await page.locator("#gate option").allTextContents();
  assert.ok(gates.length > 2, gates.join());
  await checked(page, () => page.locator("#gate").selectOption({ index: gates.length - 1 }));
});

test("rules are explained by their outline", async (t) => {
  const page = await open(t);
  const details = page.locator(".finding details").first();
  await details.locator("summary").click();
  await details.locator(".outline li").first().waitFor();
  assert.ok((await details.locator(".outline li").first().textContent()).length > 10);
  await page.getByRole("tab", { name: "Regels" }).click();
  assert.ok((await page.locator("#panel-rules .rule").count()) > 50);
  await page.getByRole("tab", { name: "Uit te zoeken" }).click();
  assert.equal(await page.locator("#panel-missing").isVisible(), true);
});

test("the network is drawn", async (t) => {
  const page = await open(t);
  await page.getByRole("tab", { name: "Netwerk" }).click();
  await page.waitForSelector("#panel-network svg");
  assert.ok((await page.locator("#panel-network svg").boundingBox()).width > 100);
});

test("the report can be taken along", async (t) => {
  const page = await open(t);
  for (const [id, name, holds] of [
    ["html", "spelregel.html", "<!doctype html>"],
    ["sarif", "spelregel.sarif.json", '"version": "2.1.0"'],
  ]) {
    const waiting = page.waitForEvent("download");
    await page.locator(`#${id}`).click();
    const download = await waiting;
    assert.equal(download.suggestedFilename(), name);
    const text = await readFile(await download.path(), "utf8");
    assert.ok(text.toLowerCase().includes(holds.toLowerCase()), text.slice(0, 200));
  }
});

for (const [name, options] of Object.entries({
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
})) {
  test(`everybody can use it: ${name}`, async (t) => {
    const page = await open(t, options);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(width <= 0, `${width} pixels too wide`);
    await page.evaluate(axe.source);
    for (const tab of ["Bevindingen", "Uit te zoeken", "Regels"]) {
      await page.getByRole("tab", { name: tab }).click();
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3)}`);
      assert.deepEqual(told, [], tab);
    }
  });
}
