//! What a table holds, by its name.

use crate::diagnostic::{Code, Diagnostic, shown};
use crate::metamodel::{KindIdx, RelationIdx, Vocabulary};
use crate::source::{Source, Span};
use crate::suggest::nearest;
use crate::text::{Language, Text};

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Elements of a kind.
    Kind(KindIdx),
    /// Elements, each with its kind.
    Elements,
    /// Links of a relation; the flag says that `from` is the target's end.
    Relation(RelationIdx, bool),
    /// Links, each with its relation.
    Relations,
    Deviations,
    OpenKinds,
    /// Nothing of the model.
    Aside,
}

/// The names of tables and columns that no metamodel declares, in English and Dutch.
pub(super) const ELEMENTS: [&str; 2] = ["elements", "elementen"];
pub(super) const RELATIONS: [&str; 2] = ["relations", "relaties"];
pub(super) const DEVIATIONS: [&str; 2] = ["deviations", "afwijkingen"];
pub(super) const OPEN_KINDS: [&str; 2] = ["open_kinds", "open_soorten"];
/// Explains the columns of a workbook to people.
pub(super) const EXPLANATION: [&str; 2] = ["explanation", "uitleg"];
pub(super) const KIND: [&str; 2] = ["kind", "soort"];
pub(super) const RELATION: [&str; 2] = ["relation", "relatie"];
pub(super) const FROM: [&str; 2] = ["from", "van"];
pub(super) const TO: [&str; 2] = ["to", "naar"];

/// A name without what people vary: `Held by` is `held_by`.
pub(super) fn plain(name: &str) -> String {
    let name = name.trim().chars();
    name.map(|c| if matches!(c, ' ' | '-' | '\u{a0}') { '_' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether one of the texts is a name, give or take what people vary.
pub(super) fn is_called(name: &str, label: &Text) -> bool {
    let mut labels = Language::ALL.into_iter().filter_map(|language| label.exact(language));
    labels.any(|label| plain(label) == name)
}

/// What a name marks as not of the model.
pub(super) fn is_aside(name: &str) -> bool {
    name.trim_start().starts_with('_')
}

pub(super) fn role(v: &Vocabulary, source: &Source) -> Result<Role, Diagnostic> {
    let name = plain(source.name());
    if is_aside(&name) || EXPLANATION.contains(&name.as_str()) {
        return Ok(Role::Aside);
    }
    let fixed = [
        (ELEMENTS, Role::Elements),
        (RELATIONS, Role::Relations),
        (DEVIATIONS, Role::Deviations),
        (OPEN_KINDS, Role::OpenKinds),
    ];
    let kind = kind_called(v, &name).map(Role::Kind);
    let fixed = || fixed.into_iter().find(|(names, _)| names.contains(&name.as_str()));
    let relation =
        || relation_called(v, &name).map(|(relation, inverse)| Role::Relation(relation, inverse));
    let role = kind.or_else(|| fixed().map(|(_, role)| role)).or_else(relation);
    role.ok_or_else(|| unknown(v, source))
}

/// The kind of a name: its own, its section's, or what people call one or several of it.
pub(super) fn kind_called(v: &Vocabulary, name: &str) -> Option<KindIdx> {
    v.kinds.indices().find(|kind| {
        let kind = &v.kinds[*kind];
        plain(&kind.name) == name
            || kind.section == name
            || is_called(name, &kind.plural)
            || is_called(name, &kind.label)
    })
}

/// The relation of a name, or the one that it is the inverse of.
pub(super) fn relation_called(v: &Vocabulary, name: &str) -> Option<(RelationIdx, bool)> {
    v.relations_by_name.get(name).copied().or_else(|| {
        let labelled = v.relations.enumerate().flat_map(|(relation, declared)| {
            [(relation, false, &declared.label), (relation, true, &declared.inverse_label)]
        });
        let mut called = labelled.filter(|(_, _, label)| is_called(name, label));
        let (relation, inverse, _) = called.next()?;
        // Two of one name: which is meant, nobody can say.
        called.next().is_none().then_some((relation, inverse))
    })
}

fn unknown(v: &Vocabulary, source: &Source) -> Diagnostic {
    let name = source.name();
    let message = format!("a model has no table `{}`", shown(name));
    let problem = Diagnostic::error(Code::UnknownField, message, source, Span::default());
    let texts = v.kinds.iter().flat_map(|kind| {
        let labels = Language::ALL.into_iter().filter_map(|language| kind.plural.exact(language));
        labels.chain([kind.name.as_str(), kind.section.as_str()])
    });
    let fixed = [ELEMENTS, RELATIONS, DEVIATIONS, OPEN_KINDS];
    let near = nearest(name, texts.chain(fixed.into_iter().flatten()));
    let problem = match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(
            "name it after a kind, such as `programmes`, or after a relation; `elements` and `relations` \
             take all sorts",
        ),
    };
    problem.help("start its name with `_` to leave it out")
}
