/** Sessions. */

import { Handle, open } from "./handle.js";
import { ask, call } from "./life.js";
import { Model } from "./model.js";
import * as raw from "./raw/spelregel.js";
import { asked, type CheckOptions, type RuleSet } from "./rules.js";
import type { Delta, Edit, Finding, Report } from "./types.generated.js";

/**
 * A model and rules that stay together while the model is edited: each edit yields the findings that appeared,
 * changed and went. What a session finds is always what a check of its model finds.
 */
export class Session extends Handle {
  /**
   * @param model - Loaded with the metamodel of the rules.
   * @throws OptionsError if the date, the gate, a programme or a tag is not one.
   */
  constructor(rules: RuleSet, model: Model, options: CheckOptions = {}) {
    const json = asked(options);
    super(call(() => new raw.Session(open(rules), open(model), json)));
  }

  /**
   * Makes edits together, each as those before it leave the model: all of them or none.
   *
   * @throws EditError if one makes no sense: then nothing has changed.
   */
  apply(edits: Edit | readonly Edit[]): Delta {
    const json = list(edits);
    return ask(() => open<raw.Session>(this).apply(json));
  }

  /**
   * What edits would change; nothing is changed.
   *
   * @throws EditError if one makes no sense.
   */
  whatIf(edits: Edit | readonly Edit[]): Delta {
    const json = list(edits);
    return ask(() => open<raw.Session>(this).whatIf(json));
  }

  /** Takes the edits back that were made together last; `undefined` where there are none. */
  undo(): Delta | undefined {
    return told(call(() => open<raw.Session>(this).undo()));
  }

  /** Makes the edits again that were taken back last; `undefined` where there are none. */
  redo(): Delta | undefined {
    return told(call(() => open<raw.Session>(this).redo()));
  }

  /**
   * Goes on with another model, such as the text of an editor that was loaded again: what differs between the
   * two is one edit.
   *
   * @throws EditError if it was loaded with another metamodel.
   */
  replace(model: Model): Delta {
    return ask(() => open<raw.Session>(this).replace(open(model)));
  }

  /** The model as it is now. */
  get model(): Model {
    return Model.of(call(() => open<raw.Session>(this).model()));
  }

  /** The date of the check as it is now. */
  get at(): string {
    return call(() => open<raw.Session>(this).at());
  }

  /** The findings as they are now, in the order of reports. */
  get findings(): readonly Finding[] {
    return ask(() => open<raw.Session>(this).findings());
  }

  /** A whole report on the model as it is now. */
  report(): Report {
    return ask(() => open<raw.Session>(this).report());
  }
}

function list(edits: Edit | readonly Edit[]): string {
  return JSON.stringify(Array.isArray(edits) ? edits : [edits]);
}

function told(json: string | undefined): Delta | undefined {
  return json === undefined ? undefined : (JSON.parse(json) as Delta);
}
