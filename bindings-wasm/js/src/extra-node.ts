/** The second part in Node. */

import { readFileSync } from "node:fs";

import { init as load } from "./extra-life.js";

export * from "./extra.js";

/** Reads the second WASM file. */
export function init(): Promise<void> {
  return load(readFileSync(new URL("./raw/extra_bg.wasm", import.meta.url)));
}
