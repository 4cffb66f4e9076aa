/** Spelregel for those who bring the WASM file themselves: this entry names none. */

import { type Source, start } from "./start.js";

export * from "./api.js";

/**
 * Loads the WASM file. Calls beyond the first wait for the same load.
 *
 * @param source - Where the file is, its bytes or its compiled module.
 */
export function init(source: Source): Promise<void> {
  return start(() => source);
}
