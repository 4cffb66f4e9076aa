/** Spelregel for browsers and bundlers: call {@link init} once before anything else. */

import initRaw, { type InitInput } from "./raw/spelregel.js";
import { markReady } from "./ready.js";

export * from "./api.js";
export * from "./errors.js";
export type * from "./report.js";

let starting: Promise<void> | undefined;

/**
 * Loads the WASM file. Calls beyond the first wait for the same load.
 *
 * @param source - Where the file is, its bytes or its compiled module; beside this script if
 * left out.
 */
export function init(source?: InitInput): Promise<void> {
  starting ??= start(source).catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

async function start(source: InitInput | undefined): Promise<void> {
  const file = source ?? new URL("./raw/spelregel_bg.wasm", import.meta.url);
  await initRaw({ module_or_path: file });
  markReady();
}
