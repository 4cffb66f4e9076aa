//! The shared test cases of Spelregel, and what runs them.
//!
//! # Cases
//!
//! A case is a piece of Markdown under `tests/cases`. Headings name tests, fences are files:
//!
//! ````markdown
//! ## A goal without a name
//!
//! Text says what is being tested; it is not read.
//!
//! ```model
//! goals: [{id: co2}]
//! ```
//! ```expect
//! fail goal-has-name co2
//! ```
//! ````
//!
//! Fences that are input, each with a file name after it if it wants one (`model mensen.yaml`):
//!
//! | fence | what |
//! | --- | --- |
//! | `model` | a model document; several make one model; ends its name in `.json`, it is JSON |
//! | `pack` | a pack of rules; without one, the shipped packs are used |
//! | `rules` | a pack in few words, see [`terse`] |
//! | `settings` | an organisation's settings |
//! | `metamodel` | a metamodel that extends the standard one |
//! | `options` | `at: 2026-06-01` (the default), `gate: G3`, `lang: nl`, `programme: p`, `tag: t`, and limits such as `diagnostics: 3` |
//!
//! A model fence with `hex` after its name holds bytes as hexadecimal digits. Fences under a heading count for
//! the headings below it too. A heading is a test if a fence directly under it says what is expected:
//!
//! | fence | what |
//! | --- | --- |
//! | `expect` | verdicts, `fail rule element`; `unknown rule element: fact, fact`. Complete but for what is not applicable; where the shipped packs are used, for the rules that it names |
//! | `messages` | what findings say, `rule element: text` |
//! | `diagnostics` | every problem as it is printed; empty for none. Without this fence a test may have warnings |
//! | `report` | the whole report as text |
//! | `cel` | `expression => value`, `=> unknown`, `=> error: …`, `=> refused code: …`; a line that starts with a space goes on with the one before |
//!
//! With the variable `SPELREGEL_REFRESH=1` a run writes what it finds into the fences; the difference is then
//! reviewed like code.

pub mod batch;
pub mod case;
pub mod catalogue;
pub mod conformance;
pub mod driver;
pub mod example;
pub mod expectation;
pub mod figures;
pub mod files;
pub mod generate;
pub mod gmpp;
pub mod iati;
pub mod lines;
pub mod live;
pub mod mutant;
pub mod nesting;
pub mod outside;
pub mod parts;
pub mod plain;
pub mod reference;
pub mod run;
pub mod tally;
pub mod terse;
pub mod tokens;
pub mod twist;
pub mod xml;
