import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { init, version } from "spelregel";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

test("is ready at import and says its version", async () => {
  assert.equal(version(), manifest.version);
  await init();
  assert.equal(version(), manifest.version);
});
