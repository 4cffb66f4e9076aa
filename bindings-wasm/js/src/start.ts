/** Loading a WASM file, once. */

import { markReady } from "./life.js";
import load from "./raw/spelregel.js";

/** Where a WASM file is, its bytes or its compiled module. */
export type Source =
  | string
  | URL
  | Request
  | BufferSource
  | WebAssembly.Module
  | Response
  | Promise<Response>;

/** Loads a file; calls beyond the first wait for the same load. After a failure it can be tried again. */
export function once<S>(load: (source: S) => Promise<void>): (source: S) => Promise<void> {
  let starting: Promise<void> | undefined;
  return (source) => {
    starting ??= load(source).catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    return starting;
  };
}

/** Loads the file for checking. */
export const start = once(async (source: () => Source) => {
  await load({ module_or_path: source() });
  markReady();
});
