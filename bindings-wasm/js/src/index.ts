/** Spelregel for browsers and bundlers: call {@link init} once before anything else. */

import { type Source, start } from "./start.js";

export * from "./api.js";

/**
 * Loads the WASM file. Calls beyond the first wait for the same load.
 *
 * @param source - Where the file is, its bytes or its compiled module; beside this script if
 * left out.
 */
export function init(source?: Source): Promise<void> {
  return start(() => source ?? new URL("./raw/spelregel_bg.wasm", import.meta.url));
}
