//! Rules as people read them: what each asks, of whom, and what the names in it mean.

use super::RuleSet;
use crate::metamodel::{Metamodel, Vocabulary};
use crate::pack::{self, Pack, Severity};
use crate::suggest::nearest;
use crate::text::Text;
use crate::typing::used::Used;
use crate::typing::{Subject, TypedRule};
use crate::value::Value;

/// A rule of a [`RuleSet`], with the severity and parameters that the settings give it.
#[derive(Debug, Clone, Copy)]
pub struct Rule<'r> {
    rules: &'r RuleSet,
    typed: &'r TypedRule,
    pack: &'r Pack,
    written: &'r pack::Rule,
}

/// A name that a condition uses, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Meaning {
    /// As rules write it: `Programme.seats(t: RoleType)`, `longest_silence`.
    pub name: String,
    /// An expression, a path or a value.
    pub text: String,
    /// What people call it; parameters have this.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub label: Text,
}

/// No rule, or more than one, has the id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownRule {
    /// No rule has it.
    #[error("there is no rule `{id}`{}", .near.as_ref().map_or_else(String::new, |near| format!(": did you mean `{near}`?")))]
    #[non_exhaustive]
    None {
        /// As asked for.
        id: String,
        /// The nearest id.
        near: Option<String>,
    },
    /// Several packs have a rule of that id.
    #[error("several packs have a rule `{id}`: write {}", .full_ids.join(" or "))]
    #[non_exhaustive]
    Several {
        /// As asked for.
        id: String,
        /// Their full ids.
        full_ids: Vec<String>,
    },
}

impl RuleSet {
    /// The rules in the order in which they are asked. Those that the settings switch off are left out.
    ///
    /// ```
    /// use spelregel::{Metamodel, Pack, RuleSet, Settings};
    /// let pack = Pack::shipped("slim-invoeren").ok_or("not shipped")??;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// let rule = rules.rule("commissioner-from-mt")?;
    /// assert_eq!(rule.full_id(), "slim-invoeren/commissioner-from-mt");
    /// assert_eq!(rule.kinds(), ["Programme"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rules(&self) -> impl Iterator<Item = Rule<'_>> {
        self.typed().rules.iter().filter_map(|typed| {
            let pack = self.packs().get(typed.pack)?;
            let written = pack.0.rules.iter().find(|rule| rule.id.value == typed.id)?;
            Some(Rule { rules: self, typed, pack, written })
        })
    }

    /// The rule with this full id, or with this bare id where only one has it.
    ///
    /// # Errors
    /// If there is none, or more than one.
    pub fn rule(&self, id: &str) -> Result<Rule<'_>, UnknownRule> {
        let found: Vec<Rule<'_>> =
            self.rules().filter(|rule| rule.full_id() == id || rule.id() == id).collect();
        match found.as_slice() {
            [only] => Ok(*only),
            [] => {
                let bare = self.rules().map(|rule| rule.id());
                let full = self.rules().map(|rule| rule.full_id());
                let near = nearest(id, bare).or_else(|| nearest(id, full)).map(str::to_owned);
                Err(UnknownRule::None { id: id.to_owned(), near })
            }
            several => Err(UnknownRule::Several {
                id: id.to_owned(),
                full_ids: several.iter().map(|rule| rule.full_id().to_owned()).collect(),
            }),
        }
    }
}

impl<'r> Rule<'r> {
    /// The id, unique in its pack.
    pub fn id(&self) -> &'r str {
        &self.typed.id
    }

    /// `pack/rule`
    pub fn full_id(&self) -> &'r str {
        &self.typed.full_id
    }

    /// The pack that it is of.
    pub fn pack(&self) -> &'r Pack {
        self.pack
    }

    /// What it wants.
    pub fn title(&self) -> &'r Text {
        &self.typed.title
    }

    /// How bad it is when it fails.
    pub fn severity(&self) -> Severity {
        self.typed.severity
    }

    /// The kinds whose elements it asks; empty where it is asked of the model as a whole.
    pub fn kinds(&self) -> Vec<&'r str> {
        match &self.typed.subject {
            Subject::Each(kinds) => {
                kinds.iter().map(|kind| self.vocabulary().kinds[kind].name.as_str()).collect()
            }
            Subject::Model => Vec::new(),
        }
    }

    /// The phase from which it applies.
    pub fn from(&self) -> Option<&'r str> {
        let phase = self.vocabulary().phase?;
        self.typed.from.map(|position| self.vocabulary().enum_name(phase, position))
    }

    /// The gate for which it applies already when that is asked for.
    pub fn gate(&self) -> Option<&'r str> {
        let gate = self.vocabulary().gate?;
        self.typed.gate.map(|position| self.vocabulary().enum_name(gate, position))
    }

    /// Names for parts of its conditions, with their expressions.
    pub fn lets(&self) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.written.lets.iter().map(|(name, body)| (name.value.as_str(), body.text.as_str()))
    }

    /// The further condition under which it applies.
    pub fn when(&self) -> Option<&'r str> {
        self.typed.when_text.as_deref()
    }

    /// What must hold.
    pub fn require(&self) -> &'r str {
        &self.typed.require_text
    }

    /// Why it is there.
    pub fn why(&self) -> &'r Text {
        &self.typed.why
    }

    /// What to do when it fails.
    pub fn remedy(&self) -> &'r Text {
        &self.typed.remedy
    }

    /// Where it comes from.
    pub fn source(&self) -> &'r Text {
        &self.typed.source
    }

    /// Its tags.
    pub fn tags(&self) -> &'r [String] {
        &self.typed.tags
    }

    /// Whether a recorded deviation may cover what it finds.
    pub fn allows_deviations(&self) -> bool {
        self.typed.waivable
    }

    /// What the definitions, paths and parameters stand for that its conditions use, through others too,
    /// in the order of the packs.
    pub fn meanings(&self) -> Vec<Meaning> {
        let mut used = Used::default();
        used.add(self.rules.typed(), self.typed.conditions());
        let packs = self.rules.packs();
        let mut meanings = Vec::new();
        for definition in packs.iter().flat_map(|pack| &pack.0.definitions) {
            if used.has(self.vocabulary(), &definition.kind.value, &definition.name.value) {
                let arguments = definition.arguments.as_ref().map(|arguments| {
                    let arguments = arguments
                        .iter()
                        .map(|a| format!("{}: {}", a.name.value, a.type_text.value));
                    format!("({})", arguments.collect::<Vec<_>>().join(", "))
                });
                meanings.push(Meaning {
                    name: format!(
                        "{}.{}{}",
                        definition.kind.value,
                        definition.name.value,
                        arguments.unwrap_or_default()
                    ),
                    text: definition.body.text.clone(),
                    label: Text::default(),
                });
            }
        }
        for path in packs.iter().flat_map(|pack| &pack.0.paths) {
            if used.has(self.vocabulary(), &path.kind.value, &path.name.value) {
                meanings.push(Meaning {
                    name: format!("{}.{}", path.kind.value, path.name.value),
                    text: path.text.clone(),
                    label: Text::default(),
                });
            }
        }
        for (position, parameter) in self.rules.typed().parameters.enumerate() {
            if used.parameters.contains(&position) {
                meanings.push(Meaning {
                    name: parameter.name.clone(),
                    text: as_written(self.vocabulary(), &parameter.value),
                    label: parameter.label.clone(),
                });
            }
        }
        meanings
    }

    /// Its tests, as written.
    #[cfg(feature = "html")]
    pub(crate) fn examples(&self) -> &'r [pack::Example] {
        &self.written.examples
    }

    /// The rule set that it is of.
    pub(crate) fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    pub(crate) fn typed(&self) -> &'r TypedRule {
        self.typed
    }

    /// Its position in the rule set.
    pub(crate) fn position(&self) -> usize {
        let rules = &self.rules.typed().rules;
        rules.iter().position(|rule| rule.full_id == self.typed.full_id).unwrap_or(usize::MAX)
    }

    pub(crate) fn metamodel(&self) -> &'r Metamodel {
        self.rules.metamodel()
    }

    fn vocabulary(&self) -> &'r Vocabulary {
        &self.rules.metamodel().0
    }
}

/// A parameter's value as packs and settings write it.
pub(super) fn as_written(vocabulary: &Vocabulary, value: &Value) -> String {
    let list = |items: &[Value]| {
        let items: Vec<String> = items.iter().map(|item| as_written(vocabulary, item)).collect();
        items.join(", ")
    };
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Double(value) => format!("{value:?}"),
        Value::Text(value) => value.to_string(),
        Value::Timestamp(value) => value.to_string(),
        Value::Duration(value) => value.to_string(),
        Value::Enum(enumeration, position) => {
            vocabulary.enum_name(*enumeration, *position).to_owned()
        }
        Value::List(items) => format!("[{}]", list(items)),
        Value::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| {
                    format!("{}: {}", as_written(vocabulary, key), as_written(vocabulary, value))
                })
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        // Parameters hold none of these.
        Value::Element(_) | Value::Link(_) | Value::Optional(_) => String::new(),
    }
}
