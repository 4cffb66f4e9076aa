/** From what the WASM file throws to what users catch. */

import {
  type Diagnostic,
  type ErrorCode,
  LoadError,
  OptionsError,
  PackError,
  type SpelregelError,
} from "./errors.js";

interface Problem {
  readonly stage: ErrorCode;
  readonly message: string;
  readonly diagnostics: readonly Diagnostic[] | null;
}

const CLASSES: Readonly<
  Record<ErrorCode, new (...args: ConstructorParameters<typeof SpelregelError>) => SpelregelError>
> = { load: LoadError, options: OptionsError, pack: PackError };

/** Runs a raw export; a problem that it throws as JSON becomes an error. */
export function orThrow<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    if (typeof thrown !== "string") {
      throw thrown;
    }
    const problem = JSON.parse(thrown) as Problem;
    throw new CLASSES[problem.stage](problem.message, problem.stage, problem.diagnostics ?? []);
  }
}
