/** What Spelregel does, over the raw exports of the WASM file. */

import * as raw from "./raw/spelregel.js";
import { requireReady } from "./ready.js";

/** The version of Spelregel. */
export function version(): string {
  requireReady();
  return raw.version();
}
