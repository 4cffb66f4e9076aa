/** Vocabularies. */

import { Handle, open } from "./handle.js";
import { ask, call } from "./life.js";
import * as raw from "./raw/spelregel.js";
import { type NamedText, named } from "./texts.js";
import type { KindNote } from "./types.generated.js";

/** What a vocabulary is made of, as plain data. */
export interface Vocabulary {
  /** The shipped one if left out. */
  readonly own?: NamedText;
  readonly extensions: readonly NamedText[];
}

/** A vocabulary of kinds, properties, relations and enumerations. */
export class Metamodel extends Handle {
  /** @internal */
  readonly madeOf: Vocabulary;

  private constructor(madeOf: Vocabulary, made?: raw.Metamodel) {
    const json = JSON.stringify(madeOf);
    super(made ?? call(() => raw.Metamodel.load(json)));
    this.madeOf = madeOf;
  }

  /** @internal Of rules whose settings extend a vocabulary. */
  static of(made: raw.Metamodel, madeOf: Vocabulary): Metamodel {
    return new Metamodel(madeOf, made);
  }

  /** The one that is shipped. */
  static standard(): Metamodel {
    return new Metamodel({ extensions: [] });
  }

  /**
   * Reads a whole metamodel from YAML or JSON.
   *
   * @throws LoadError if it cannot be loaded.
   */
  static load(text: string | NamedText): Metamodel {
    return new Metamodel({ own: named(text, "metamodel"), extensions: [] });
  }

  /**
   * The same with what a text adds: kinds, properties, relations, values.
   *
   * @throws LoadError if it cannot be loaded.
   */
  extend(text: string | NamedText): Metamodel {
    const extensions = [...this.madeOf.extensions, named(text, "metamodel")];
    return new Metamodel({ ...this.madeOf, extensions });
  }

  /** The kinds in model order. */
  get kinds(): readonly KindNote[] {
    return ask(() => open<raw.Metamodel>(this).kinds());
  }
}
