//! Random paths, with the kinds that they reach.

use super::draw::Draw;
use super::expression::Language;
use super::types::{Kinds, Type};
use super::vocabulary::PropertyType;

/// A path.
#[derive(Debug, Clone)]
enum Path {
    Step {
        relation: usize,
        inverse: bool,
    },
    /// `^(a/b)`: the steps as they are walked.
    Turned(Vec<(usize, bool)>),
    Sequence(Box<Path>, Box<Path>),
    Either(Box<Path>, Box<Path>),
    Repeat(Box<Path>, char),
    /// A kind, or a question that elements answer.
    Filter(Box<Path>, String),
    /// A path that was defined before.
    Named(String, Kinds),
}

/// The text of a path from elements of a kind, and the kinds that it reaches. `None` where nothing leads on.
pub fn draw_path(
    draw: &mut Draw<'_>,
    language: &Language<'_>,
    kind: usize,
) -> Option<(String, Kinds)> {
    let from = Kinds::from([kind]);
    let path = draw_from(draw, language, &from, 3)?;
    let targets = path.targets(language, &from)?;
    Some((path.text(language), targets))
}

fn draw_from(
    draw: &mut Draw<'_>,
    language: &Language<'_>,
    from: &Kinds,
    depth: usize,
) -> Option<Path> {
    let vocabulary = language.vocabulary;
    if depth == 0 || draw.chance(20) {
        let steps = vocabulary.steps(from);
        let step = draw.pick(&steps)?;
        return Some(Path::Step { relation: step.relation, inverse: step.inverse });
    }
    let first = draw_from(draw, language, from, depth - 1)?;
    let reached = first.targets(language, from)?;
    Some(match draw.below(6) {
        0 => Path::Repeat(Box::new(first), draw.one(&['+', '*', '?'])),
        1 => match draw_from(draw, language, &reached, depth - 1) {
            Some(second) => Path::Sequence(Box::new(first), Box::new(second)),
            None => first,
        },
        2 => {
            let other = draw_from(draw, language, from, depth - 1)?;
            Path::Either(Box::new(first), Box::new(other))
        }
        3 => {
            let names = language.questions(&reached);
            let kinds = reached.iter().map(|kind| vocabulary.kind_name(*kind).to_owned());
            let names: Vec<String> = kinds.chain(names).collect();
            Path::Filter(Box::new(first), draw.one(&names))
        }
        4 => {
            let named = language.paths.iter().filter(|path| from.contains(&path.kind));
            let named: Vec<_> = named.collect();
            match draw.pick(&named) {
                Some(path) => Path::Named(path.name.clone(), path.targets.clone()),
                None => first,
            }
        }
        _ => {
            let mut steps = Vec::new();
            let mut at = from.clone();
            for _ in 0..=draw.below(2) {
                let ways = vocabulary.steps(&at);
                let Some(step) = draw.pick(&ways) else { break };
                steps.push((step.relation, step.inverse));
                at.clone_from(&step.targets);
            }
            Path::Turned(steps)
        }
    })
}

impl Path {
    /// The kinds that it reaches; `None` where it isn't defined.
    fn targets(&self, language: &Language<'_>, from: &Kinds) -> Option<Kinds> {
        let reached = match self {
            Self::Step { relation, inverse } => step(language, from, *relation, *inverse),
            Self::Turned(steps) => {
                let mut at = from.clone();
                for (relation, inverse) in steps {
                    at = step(language, &at, *relation, *inverse);
                    if at.is_empty() {
                        return None;
                    }
                }
                at
            }
            Self::Sequence(first, second) => {
                second.targets(language, &first.targets(language, from)?)?
            }
            Self::Either(one, other) => {
                &one.targets(language, from)? | &other.targets(language, from)?
            }
            Self::Repeat(of, how) => {
                let mut all = of.targets(language, from)?;
                if *how != '?' {
                    while let Some(next) = of.targets(language, &all)
                        && !next.is_subset(&all)
                    {
                        all.extend(next);
                    }
                }
                if *how != '+' {
                    all.extend(from);
                }
                all
            }
            Self::Filter(of, name) => {
                let reached = of.targets(language, from)?;
                let named = |kind: &usize| language.vocabulary.kind_name(*kind) == name;
                match reached.iter().find(|kind| named(kind)) {
                    Some(kind) => Kinds::from([*kind]),
                    None => language.answering(&reached, name),
                }
            }
            Self::Named(_, targets) => targets.clone(),
        };
        (!reached.is_empty()).then_some(reached)
    }

    fn text(&self, language: &Language<'_>) -> String {
        let name = |relation: usize, inverse: bool| {
            let relation = language.vocabulary.relations.get(relation);
            relation.map_or("", |r| if inverse { r.inverse } else { r.name }).to_owned()
        };
        match self {
            Self::Step { relation, inverse } => name(*relation, *inverse),
            Self::Turned(steps) => {
                let back = steps.iter().rev().map(|(relation, inverse)| name(*relation, !inverse));
                format!("^({})", back.collect::<Vec<_>>().join("/"))
            }
            Self::Sequence(a, b) => format!("({}/{})", a.text(language), b.text(language)),
            Self::Either(a, b) => format!("({}|{})", a.text(language), b.text(language)),
            Self::Repeat(of, how) => format!("({}){how}", of.text(language)),
            Self::Filter(of, filter) => format!("({})[{filter}]", of.text(language)),
            Self::Named(name, _) => name.clone(),
        }
    }
}

fn step(language: &Language<'_>, from: &Kinds, relation: usize, inverse: bool) -> Kinds {
    let Some(relation) = language.vocabulary.relations.get(relation) else { return Kinds::new() };
    from.iter().flat_map(|kind| relation.targets(inverse, *kind)).collect()
}

impl Language<'_> {
    /// Names of boolean properties and definitions that elements of some of the kinds have.
    fn questions(&self, kinds: &Kinds) -> Vec<String> {
        let declared = kinds.iter().filter_map(|kind| self.vocabulary.kinds.get(*kind));
        let properties = declared.flat_map(|kind| &kind.properties);
        let properties = properties
            .filter(|property| property.ty == PropertyType::Bool)
            .map(|property| property.name.to_owned());
        let definitions = self.definitions.iter().filter(|definition| {
            definition.arguments.is_none() && definition.result(kinds) == Some(Type::Bool)
        });
        let definitions = definitions.map(|definition| definition.name.clone());
        let mut names: Vec<String> = properties.chain(definitions).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The kinds that a question of the name can be asked of.
    fn answering(&self, kinds: &Kinds, name: &str) -> Kinds {
        let definition = self.definitions.iter().find(|definition| definition.name == name);
        let has = |kind: &usize| {
            let declared = self.vocabulary.kinds.get(*kind).and_then(|kind| kind.property(name));
            declared.is_some() || definition.is_some_and(|d| d.results.contains_key(kind))
        };
        kinds.iter().copied().filter(has).collect()
    }
}
