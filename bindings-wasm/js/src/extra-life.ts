/** Loading the second WASM file in a browser. */

import { Life } from "./life.js";
import load from "./raw/extra.js";
import { once, type Source } from "./start.js";

const life = new Life();

const start = once(async (source: Source | undefined) => {
  await load({ module_or_path: source ?? new URL("./raw/extra_bg.wasm", import.meta.url) });
  life.markReady();
});

/**
 * Loads the second WASM file. Calls beyond the first wait for the same load.
 *
 * @param source - Where the file is, its bytes or its compiled module; beside this script if left out.
 */
export function init(source?: Source): Promise<void> {
  return start(source);
}

/** Calls the file. */
export function call<T>(run: () => T): T {
  return life.call(run);
}
