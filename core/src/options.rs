//! What is asked of a check.

use crate::metamodel::Kind;
use crate::model::Model;
use crate::plan::RuleSet;
use crate::suggest::nearest;
use crate::value::Date;

/// What is asked of a check. The date is always given: the library has no clock.
///
/// ```
/// use spelregel::Options;
/// let options = Options::at("2026-06-01".parse()?).gate("G3");
/// assert_eq!(options.gate.as_deref(), Some("G3"));
/// # Ok::<(), spelregel::InvalidDate>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The date at which links, mandates and deadlines are looked at.
    pub at: Date,
    /// The gate whose readiness is asked: rules with this gate apply already.
    pub gate: Option<String>,
    /// Only what belongs to one of these programmes, by id; empty: everything.
    pub programmes: Vec<String>,
    /// Only rules with one of these tags; empty: all rules.
    pub tags: Vec<String>,
}

impl Options {
    /// A check of everything at a date.
    pub fn at(at: Date) -> Self {
        Self { at, gate: None, programmes: Vec::new(), tags: Vec::new() }
    }

    /// The same, as if this gate were asked for now.
    #[must_use]
    pub fn gate(mut self, gate: impl Into<String>) -> Self {
        self.gate = Some(gate.into());
        self
    }

    /// The same, also of this programme.
    #[must_use]
    pub fn programme(mut self, id: impl Into<String>) -> Self {
        self.programmes.push(id.into());
        self
    }

    /// The same, also of rules with this tag.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Whether what is asked for is there. A check itself can't fail: it finds nothing where a name means
    /// nothing, so doors to users ask this first.
    ///
    /// # Errors
    /// The first gate, programme or tag that isn't there.
    pub fn validate(&self, rules: &RuleSet, model: &Model) -> Result<(), InvalidOptions> {
        let vocabulary = &rules.metamodel().0;
        if let Some(gate) = &self.gate
            && rules.metamodel().gate_position(gate).is_none()
        {
            let names: Vec<&str> = vocabulary.gate.map_or_else(Vec::new, |gate| {
                vocabulary.enumerations[gate]
                    .values
                    .iter()
                    .map(|value| value.name.as_str())
                    .collect()
            });
            return Err(InvalidOptions::UnknownGate {
                gate: gate.clone(),
                known: names.join(", "),
            });
        }
        for id in &self.programmes {
            let found = model.find(id).map(|element| model.kind_of(element));
            let is_programme =
                found.is_some_and(|kind| vocabulary.property_of(kind, "phase").is_some());
            if !is_programme {
                let has_phase = |kind: &Kind| kind.property_by_name.contains_key("phase");
                let programmes = model.elements().filter(|element| has_phase(element.kind()));
                let near =
                    nearest(id, programmes.map(|programme| programme.id())).map(str::to_owned);
                return Err(InvalidOptions::UnknownProgramme { id: id.clone(), near });
            }
        }
        for tag in &self.tags {
            let tags =
                rules.typed().rules.iter().flat_map(|rule| rule.tags.iter().map(String::as_str));
            if !tags.clone().any(|known| known == tag) {
                let near = nearest(tag, tags).map(str::to_owned);
                return Err(InvalidOptions::UnknownTag { tag: tag.clone(), near });
            }
        }
        Ok(())
    }
}

/// Options that ask for something that isn't there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidOptions {
    /// The metamodel has no such gate.
    #[error("`{gate}` is not a gate: the gates are {known}")]
    UnknownGate {
        /// As asked for.
        gate: String,
        /// The gates there are.
        known: String,
    },
    /// The model has no such programme.
    #[error("the model has no programme `{id}`{}", did_you_mean(.near.as_ref()))]
    UnknownProgramme {
        /// As asked for.
        id: String,
        /// The nearest id of a programme.
        near: Option<String>,
    },
    /// No rule has the tag.
    #[error("no rule has the tag `{tag}`{}", did_you_mean(.near.as_ref()))]
    UnknownTag {
        /// As asked for.
        tag: String,
        /// The nearest tag.
        near: Option<String>,
    },
}

fn did_you_mean(near: Option<&String>) -> String {
    near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"))
}
