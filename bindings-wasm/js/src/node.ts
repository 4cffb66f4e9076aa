/** Spelregel for Node: ready at import. */

import { readFileSync } from "node:fs";

import { markReady } from "./life.js";
import { initSync } from "./raw/spelregel.js";

export * from "./api.js";

initSync({ module: readFileSync(new URL("./raw/spelregel_bg.wasm", import.meta.url)) });
markReady();

/** Does nothing in Node, so that the same code runs there and in a browser. */
export async function init(): Promise<void> {}
