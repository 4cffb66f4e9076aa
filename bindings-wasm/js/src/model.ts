/** Models. */

import { Handle, open } from "./handle.js";
import { ask, call } from "./life.js";
import { Metamodel } from "./metamodel.js";
import * as raw from "./raw/spelregel.js";
import { type NamedText, texts } from "./texts.js";
import type { Diagnostic, ElementNote, ModelDocument } from "./types.generated.js";

/** A programme, or several, as a graph of elements and links. It does not change. */
export class Model extends Handle {
  private constructor(made: raw.Model) {
    super(made);
  }

  /** @internal */
  static of(made: raw.Model): Model {
    return new Model(made);
  }

  /**
   * Reads a model from YAML or JSON.
   *
   * @param given - The text of a model, or several that make up one.
   * @param metamodel - That of the rules that it is to be checked by; the shipped one if left out.
   * @throws LoadError with everything that is wrong with the texts.
   */
  static load(
    given: string | NamedText | readonly NamedText[],
    metamodel: Metamodel = Metamodel.standard(),
  ): Model {
    const json = texts(given);
    return new Model(call(() => raw.Model.load(open(metamodel), json)));
  }

  /** Reads what is sound in the texts; {@link problems} tells of the rest. */
  static loadPartial(
    given: string | NamedText | readonly NamedText[],
    metamodel: Metamodel = Metamodel.standard(),
  ): Model {
    const json = texts(given);
    return new Model(call(() => raw.Model.loadPartial(open(metamodel), json)));
  }

  /**
   * What is remarkable about the texts; of a model loaded by {@link loadPartial} also what is wrong with
   * them.
   */
  get problems(): readonly Diagnostic[] {
    return ask(() => open<raw.Model>(this).problems());
  }

  /** How many elements there are. */
  get elementCount(): number {
    return call(() => open<raw.Model>(this).elementCount());
  }

  /** How many links there are, at all times together. */
  get linkCount(): number {
    return call(() => open<raw.Model>(this).linkCount());
  }

  /** The elements in model order: by kind, then by id. */
  get elements(): readonly ElementNote[] {
    return ask(() => open<raw.Model>(this).elements());
  }

  /** The element with an id. */
  element(id: string): ElementNote | undefined {
    const json = call(() => open<raw.Model>(this).element(id));
    return json === undefined ? undefined : (JSON.parse(json) as ElementNote);
  }

  /** The model as one document that loads to the same model. */
  toJSON(): ModelDocument {
    return ask(() => open<raw.Model>(this).toJson());
  }
}
