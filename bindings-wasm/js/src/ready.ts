/** Whether the WASM file is loaded. */

let ready = false;

/** Says that it is. */
export function markReady(): void {
  ready = true;
}

/** Throws unless it is. */
export function requireReady(): void {
  if (!ready) {
    throw new Error("Spelregel is not loaded yet: await init() first");
  }
}
