/** Rule sets and checks. */

import { Handle, open } from "./handle.js";
import { ask, call } from "./life.js";
import { Metamodel, type Vocabulary } from "./metamodel.js";
import { Model } from "./model.js";
import { type GivenPack, givenPack, type PackSource } from "./pack.js";
import * as raw from "./raw/spelregel.js";
import { type NamedText, named } from "./texts.js";
import type { Diagnostic, Report, RuleNote } from "./types.generated.js";

/** What is asked of a check. */
export interface CheckOptions {
  /** The date of the check as `2026-06-01`; today, by the local calendar, if left out. */
  readonly at?: string;
  /** The gate whose readiness is asked, such as `G2`. */
  readonly gate?: string;
  /** Only what belongs to these programmes; everything if empty. */
  readonly programmes?: readonly string[];
  /** Only rules with one of these tags; all rules if empty. */
  readonly tags?: readonly string[];
}

/** What rules are compiled with. */
export interface CompileOptions {
  /** An organisation's own parameters, severities and kinds. */
  readonly settings?: string | NamedText;
  /** The vocabulary; the shipped one if left out. */
  readonly metamodel?: Metamodel;
}

/** What a rule set was made of, as plain data. */
export interface Recipe {
  readonly metamodel?: Vocabulary;
  readonly packs?: readonly GivenPack[];
  readonly settings?: NamedText;
}

/** Rules that have been checked and can be run. They do not change. */
export class RuleSet extends Handle {
  #metamodel: Metamodel | undefined;
  #rules: readonly RuleNote[] | undefined;
  /** @internal */
  readonly recipe: Recipe;

  private constructor(made: raw.RuleSet, recipe: Recipe) {
    super(made);
    this.recipe = recipe;
  }

  /**
   * Checks packs together and makes them ready to run. A shipped pack that one of them uses comes along by
   * itself.
   *
   * @param packs - All shipped packs if left out.
   * @throws PackError if a pack cannot be used.
   * @throws OptionsError if the settings cannot be used.
   */
  static compile(packs?: readonly PackSource[], options: CompileOptions = {}): RuleSet {
    const { settings, metamodel } = options;
    const recipe: Recipe = {
      ...(metamodel && { metamodel: metamodel.madeOf }),
      ...(packs && { packs: packs.map(givenPack) }),
      ...(settings !== undefined && { settings: named(settings, "settings") }),
    };
    const json = JSON.stringify(recipe);
    return new RuleSet(call(() => raw.RuleSet.compile(json)), recipe);
  }

  /** The metamodel that the rules were checked against: load models with it. */
  get metamodel(): Metamodel {
    this.#metamodel ??= Metamodel.of(
      call(() => open<raw.RuleSet>(this).metamodel()),
      this.recipe.metamodel ?? { extensions: [] },
    );
    return this.#metamodel;
  }

  /** What is remarkable about the packs and yet keeps no rule from running. */
  get warnings(): readonly Diagnostic[] {
    return ask(() => open<raw.RuleSet>(this).warnings());
  }

  /** The rules in the order in which they are asked. */
  get rules(): readonly RuleNote[] {
    this.#rules ??= ask<readonly RuleNote[]>(() => open<raw.RuleSet>(this).rules());
    return this.#rules;
  }

  /**
   * Checks a model, which was loaded with the metamodel of the rules.
   *
   * @throws OptionsError if the date, the gate, a programme or a tag is not one.
   */
  check(model: Model, options: CheckOptions = {}): Report {
    const json = asked(options);
    return ask(() => open<raw.RuleSet>(this).check(open(model), json));
  }

  override free(): void {
    this.#metamodel?.free();
    super.free();
  }
}

/** What is asked, with the date filled in. */
export function asked({ at = today(), gate, programmes, tags }: CheckOptions): string {
  return JSON.stringify({ at, gate, programmes, tags });
}

function today(): string {
  const now = new Date();
  const pad = (part: number, length: number): string => String(part).padStart(length, "0");
  return [pad(now.getFullYear(), 4), pad(now.getMonth() + 1, 2), pad(now.getDate(), 2)].join("-");
}
