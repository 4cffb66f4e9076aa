// The entry for browsers, run in Node: it takes bytes as well as an address.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { check, init, version } from "../dist/index.js";

const bytes = readFileSync(new URL("../dist/raw/spelregel_bg.wasm", import.meta.url));

test("says what to do before it is loaded", () => {
  assert.throws(() => check("goals: []"), /await init\(\) first/);
  assert.throws(() => version(), /await init\(\) first/);
});

test("can be loaded again after a failure, and once", async () => {
  await assert.rejects(init(new Uint8Array([1, 2, 3])));
  const [first, second] = [init(bytes), init(bytes)];
  assert.equal(first, second);
  await first;
  assert.match(version(), /^\d+\.\d+\.\d+$/);
});
