// Before it is loaded, and after a fault of its own: the entry for browsers, run in Node.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { check, init, Model, SpelregelError, version } from "../dist/index.js";
import { call } from "../dist/life.js";
import { thrownBy } from "./setup.js";

const bytes = readFileSync(new URL("../dist/raw/spelregel_bg.wasm", import.meta.url));

/** A module with a function that only traps. */
const TRAP = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11,
]);

test("says what to do before it is loaded", () => {
  for (const run of [() => check("goals: []"), () => Model.load("goals: []"), version]) {
    const error = thrownBy(run);
    assert.ok(error instanceof SpelregelError);
    assert.equal(error.code, "not-loaded");
    assert.match(error.message, /await init\(\) first/);
  }
});

test("can be loaded again after a failure, and once", async () => {
  await assert.rejects(init(new Uint8Array([1, 2, 3])));
  const [first, second] = [init(bytes), init(bytes)];
  assert.equal(first, second);
  await first;
  assert.match(version(), /^\d+\.\d+\.\d+$/);
});

test("mistakes of callers end nothing", () => {
  assert.throws(() => call(() => Model.load(undefined)), TypeError);
  assert.equal(Model.load("goals: [{id: a}]").elementCount, 1);
});

test("a trap is the end, and everything says so", async () => {
  const model = Model.load("goals: [{id: a}]");
  const { instance } = await WebAssembly.instantiate(TRAP);
  const fault = thrownBy(() => call(instance.exports.f));
  assert.ok(fault instanceof SpelregelError);
  assert.equal(fault.code, "fault");
  assert.ok(fault.cause instanceof WebAssembly.RuntimeError);
  for (const run of [() => model.elementCount, () => Model.load("goals: []"), version]) {
    const error = thrownBy(run);
    assert.equal(error.code, "fault");
    assert.match(error.message, /anew/);
  }
});
