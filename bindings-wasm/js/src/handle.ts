/** Objects whose contents are in the memory of the WASM file. */

import { SpelregelError } from "./errors.js";

declare global {
  // As in TypeScript's `esnext.disposable`, for those who compile without it.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
  interface Disposable {
    [Symbol.dispose](): void;
  }
}

interface Freeable {
  free(): void;
}

const contents = new WeakMap<Handle, Freeable>();

/**
 * Something of which the contents are in the memory of the WASM file. They are freed some time after nobody
 * holds the object any more, or at once by {@link free} or `using`.
 */
export abstract class Handle {
  protected constructor(raw: Freeable) {
    contents.set(this, raw);
  }

  /** Frees the memory; the object cannot be used any more. */
  free(): void {
    contents.get(this)?.free();
    contents.delete(this);
  }

  /** The same, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}

/** What a handle stands for. */
export function open<R extends Freeable>(handle: Handle): R {
  const raw = contents.get(handle);
  if (raw === undefined) {
    throw new SpelregelError(`this ${handle.constructor.name} was freed`, "freed");
  }
  return raw as R;
}
