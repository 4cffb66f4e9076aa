//! Rule sets: packs checked against a metamodel and made ready to run.

pub(crate) mod automaton;
pub(crate) mod cost;
pub(crate) mod footprint;
pub(crate) mod lower;
pub(crate) mod node;
mod rule;
mod simplify;
mod text;
mod together;

use std::sync::{Arc, OnceLock};

use self::footprint::Footprint;
pub use self::rule::{Meaning, Rule, UnknownRule};
use crate::diagnostic::Diagnostics;
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::pack::Pack;
use crate::settings::Settings;
use crate::typing::{TypedPacks, type_packs};

/// Rules that have been checked and can be run. Immutable and cheap to clone.
#[derive(Debug, Clone)]
pub struct RuleSet(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    metamodel: Metamodel,
    packs: Vec<Pack>,
    settings: Settings,
    typed: TypedPacks,
    plan: node::Plan,
    footprint: OnceLock<Footprint>,
}

impl RuleSet {
    /// Checks packs together and makes them ready to run.
    ///
    /// A shipped pack that one of them uses comes along by itself, and so does the metamodel extension
    /// that the settings hold: load models with [`RuleSet::metamodel`].
    ///
    /// # Errors
    /// Every problem of every pack, and of the settings where they name what isn't there.
    pub fn compile(
        metamodel: &Metamodel,
        packs: impl IntoIterator<Item = Pack>,
        settings: &Settings,
    ) -> Result<Self, Diagnostics> {
        Self::compile_with(metamodel, packs, settings, &Limits::default())
    }

    /// The same under other limits.
    ///
    /// # Errors
    /// As for [`RuleSet::compile`].
    pub fn compile_with(
        metamodel: &Metamodel,
        packs: impl IntoIterator<Item = Pack>,
        settings: &Settings,
        limits: &Limits,
    ) -> Result<Self, Diagnostics> {
        let packs: Vec<Pack> = packs.into_iter().collect();
        #[cfg(feature = "standard")]
        let packs = with_used(packs)?;
        let metamodel = &settings.extend(metamodel)?;
        let mut typed = type_packs(metamodel, &packs, settings, limits)?;
        let plan = lower::lower(&typed, &metamodel.0);
        for (rule, planned) in typed.rules.iter_mut().zip(&plan.rules) {
            rule.together = plan.answers_together(*planned);
            rule.slow = plan.is_slow(*planned);
        }
        let (metamodel, settings) = (metamodel.clone(), settings.clone());
        let footprint = OnceLock::new();
        let compiled = Compiled { metamodel, packs, settings, typed, plan, footprint };
        Ok(Self(Arc::new(compiled)))
    }

    /// The metamodel that the rules were checked against; models to be checked are loaded with it.
    pub fn metamodel(&self) -> &Metamodel {
        &self.0.metamodel
    }

    /// What is remarkable about the packs and yet keeps no rule from running: what nothing uses, conditions
    /// that are always the same, names that hide others.
    ///
    /// ```
    /// use spelregel::{Metamodel, Pack, RuleSet, Settings, Source};
    /// let pack = Pack::load(Source::new("ours.yaml", "
    /// pack: ours
    /// version: 1.0.0
    /// title: {en: Our rules}
    /// rules:
    ///   - id: goal-has-name
    ///     title: {en: Every goal has a name}
    ///     each: Goal
    ///     require: has(self.name) || true
    ///     severity: advice
    ///     message: {en: No name}
    /// "))?;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let warnings = rules.warnings().ok_or("no warnings")?;
    /// assert_eq!(warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["constant-condition"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn warnings(&self) -> Option<&Diagnostics> {
        self.0.typed.warnings.as_ref()
    }

    pub(crate) fn packs(&self) -> &[Pack] {
        &self.0.packs
    }

    /// The settings that they were compiled with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn plan(&self) -> &node::Plan {
        &self.0.plan
    }

    /// What the rules read.
    pub(crate) fn footprint(&self) -> &Footprint {
        self.0.footprint.get_or_init(|| Footprint::of(&self.0.metamodel.0, &self.0.typed))
    }

    pub(crate) fn typed(&self) -> &TypedPacks {
        &self.0.typed
    }
}

/// Adds the shipped packs that are used and were not given.
#[cfg(feature = "standard")]
fn with_used(mut packs: Vec<Pack>) -> Result<Vec<Pack>, Diagnostics> {
    let mut next = 0;
    while let Some(pack) = packs.get(next).cloned() {
        for used in &pack.0.uses {
            if packs.iter().all(|other| other.0.id.value != used.value)
                && let Some(shipped) = Pack::shipped(&used.value)
            {
                packs.push(shipped?);
            }
        }
        next += 1;
    }
    Ok(packs)
}
