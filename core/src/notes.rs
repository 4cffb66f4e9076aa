//! What there is, as data: kinds, elements, packs and rules as lists of them show them.

use serde::Serialize;

use crate::metamodel::Kind;
use crate::model::Element;
use crate::pack::{Pack, Severity};
use crate::plan::Rule;
use crate::source::Position;
use crate::text::Text;

/// A kind of the metamodel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KindNote {
    /// The name that rules use.
    pub name: String,
    /// The key in model documents.
    pub section: String,
    /// What people call one element of the kind.
    pub label: Text,
}

/// An element of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ElementNote {
    /// The kind, as rules name it.
    pub kind: String,
    /// The id.
    pub id: String,
    /// The recorded name, else the id.
    pub name: String,
    /// The text in which it is written; absent for one that an edit made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PackNote {
    /// The id that full rule ids start with.
    pub id: String,
    /// Its own version.
    pub version: String,
    /// What it is called.
    pub title: Text,
    /// How many rules it has.
    pub rules: usize,
}

/// A rule, with the severity that the settings give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RuleNote {
    /// The rule's full id, `pack/rule`.
    pub rule: String,
    /// The pack that it is of.
    pub pack: String,
    /// What it wants.
    pub title: Text,
    /// How bad it is when it fails.
    pub severity: Severity,
    /// The kinds whose elements it asks; empty where it is asked of the model as a whole.
    pub each: Vec<String>,
    /// The phase from which it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The gate for which it applies already when that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// The further condition under which it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What must hold.
    pub require: String,
    /// Whether a recorded deviation may cover what it finds.
    pub deviations: bool,
    /// Why it is there.
    pub why: Text,
    /// What to do when it fails.
    pub remedy: Text,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub source: Text,
    /// Its tags.
    pub tags: Vec<String>,
}

impl Kind {
    /// The kind as data.
    ///
    /// ```
    /// let metamodel = spelregel::Metamodel::standard();
    /// let sections: Vec<String> = metamodel.kinds().map(|kind| kind.note().section).collect();
    /// assert_eq!(sections.first().map(String::as_str), Some("programmes"));
    /// ```
    pub fn note(&self) -> KindNote {
        KindNote {
            name: self.name().to_owned(),
            section: self.section().to_owned(),
            label: self.label().clone(),
        }
    }
}

impl Element<'_> {
    /// The element as data.
    ///
    /// ```
    /// use spelregel::{Metamodel, Model, Source};
    /// let source = Source::new("m.yaml", "goals: [{id: co2, name: Less}]");
    /// let model = Model::load(&Metamodel::standard(), [source])?;
    /// let note = model.element("co2").ok_or("not there")?.note();
    /// assert_eq!((note.kind.as_str(), note.name.as_str()), ("Goal", "Less"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn note(&self) -> ElementNote {
        let place = self.position();
        ElementNote {
            kind: self.kind().name().to_owned(),
            id: self.id().to_owned(),
            name: self.name(),
            file: place.map(|(file, _)| file.to_owned()),
            position: place.map(|(_, position)| position),
        }
    }
}

impl Pack {
    /// The pack as data.
    ///
    /// ```
    /// let pack = spelregel::Pack::load_shipped("msp")?;
    /// assert_eq!(pack.note().id, "msp");
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    pub fn note(&self) -> PackNote {
        PackNote {
            id: self.id().to_owned(),
            version: self.version().to_owned(),
            title: self.title().clone(),
            rules: self.rule_count(),
        }
    }
}

impl Rule<'_> {
    /// The rule as data.
    ///
    /// ```
    /// use spelregel::{Metamodel, Pack, RuleSet, Settings};
    /// let pack = Pack::load_shipped("msp")?;
    /// let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
    /// assert!(rules.rules().all(|rule| rule.note().pack == "msp"));
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    pub fn note(&self) -> RuleNote {
        RuleNote {
            rule: self.full_id().to_owned(),
            pack: self.pack().id().to_owned(),
            title: self.title().clone(),
            severity: self.severity(),
            each: self.kinds().into_iter().map(str::to_owned).collect(),
            from: self.from().map(str::to_owned),
            gate: self.gate().map(str::to_owned),
            when: self.when().map(str::to_owned),
            require: self.require().to_owned(),
            deviations: self.allows_deviations(),
            why: self.why().clone(),
            remedy: self.remedy().clone(),
            source: self.source().clone(),
            tags: self.tags().to_vec(),
        }
    }
}
