/** Whether a WASM file is loaded and sound, and what comes out of it. */

import {
  type Diagnostic,
  EditError,
  type ErrorCode,
  LimitError,
  LoadError,
  OptionsError,
  PackError,
  SpelregelError,
} from "./errors.js";

/** What an export throws, as JSON. */
interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly diagnostics?: readonly Diagnostic[];
  readonly position?: number;
}

/** A WASM file: loaded or not, sound or not. */
export class Life {
  #state: "absent" | "ready" | "dead" = "absent";

  /** Says that the file is loaded. */
  markReady(): void {
    this.#state = "ready";
  }

  /** Calls the file. A problem that it throws as JSON becomes an error; a trap is the end of it. */
  call<T>(run: () => T): T {
    if (this.#state === "absent") {
      throw new SpelregelError("Spelregel is not loaded yet: await init() first", "not-loaded");
    }
    if (this.#state === "dead") {
      throw new SpelregelError(
        "Spelregel ran into a fault of its own before: load the page, the worker or the process anew",
        "fault",
      );
    }
    try {
      return run();
    } catch (thrown) {
      if (typeof thrown === "string") {
        throw toError(JSON.parse(thrown) as Problem);
      }
      if (!isTrap(thrown)) {
        throw thrown;
      }
      // What the trap left behind in memory may be half done, so nothing of it is used again.
      this.#state = "dead";
      throw new SpelregelError(
        "Spelregel ran into a fault of its own: please report it; nothing of it can be used any more",
        "fault",
        [],
        { cause: thrown },
      );
    }
  }
}

const main = new Life();

/** Says that the file for checking is loaded. */
export function markReady(): void {
  main.markReady();
}

/** Calls the file for checking. */
export function call<T>(run: () => T): T {
  return main.call(run);
}

/** The same for what comes as JSON. */
export function ask<T>(run: () => string): T {
  return JSON.parse(call(run)) as T;
}

/** Whether the WASM file stopped in the middle of something: at a trap, or with its stack used up. */
function isTrap(thrown: unknown): boolean {
  return (
    thrown instanceof WebAssembly.RuntimeError ||
    thrown instanceof RangeError ||
    (thrown instanceof Error && thrown.name === "InternalError")
  );
}

function toError({ code, message, diagnostics = [], position = 0 }: Problem): SpelregelError {
  switch (code) {
    case "load":
      return new LoadError(message, code, diagnostics);
    case "options":
      return new OptionsError(message, code, diagnostics);
    case "pack":
      return new PackError(message, code, diagnostics);
    case "limit":
      return new LimitError(message, code, diagnostics);
    case "edit":
      return new EditError(message, position);
    default:
      return new SpelregelError(message, code, diagnostics);
  }
}
