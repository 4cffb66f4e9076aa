//! Whose verdicts a change can have changed: found by walking back from what it touches.
//!
//! Everything here looks at the model as it is *before* the change. That is enough: a verdict that reads nothing
//! of what is changed is worked out the same way afterwards.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::dates::turned;
use super::kept::Kept;
use crate::eval::reference::element_at;
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx};
use crate::model::{Change, Deviation, ElementIdx, Model};
use crate::plan::RuleSet;
use crate::plan::footprint::{Footprint, Origin, PlaceIdx, Role};
use crate::typing::Subject;
use crate::value::Timestamp;

/// What a change touches, by names that hold before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touch {
    /// That an element is there, or live, and with it all that is recorded of it.
    Element(KindIdx, Arc<str>),
    Property(Arc<str>, PropertyIdx),
    /// That a relation leads from one element to another.
    Link(RelationIdx, Arc<str>, Arc<str>),
    /// Which kinds are not recorded completely.
    OpenKinds,
    /// Which deviations are recorded.
    Deviations,
    /// The same, of one alone.
    Deviation(Arc<Named>),
    /// The date of the check, from one to another or back.
    Date(Timestamp, Timestamp),
}

/// How a deviation is recognised: the rule, the elements and the path that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    rule: String,
    elements: Vec<String>,
    path: Option<String>,
}

impl Named {
    fn of(deviation: &Deviation) -> Self {
        let Deviation { rule, elements, path, .. } = deviation.clone();
        Self { rule, elements, path }
    }

    pub(super) fn names(&self, deviation: &Deviation) -> bool {
        (&self.rule, &self.elements, &self.path)
            == (&deviation.rule, &deviation.elements, &deviation.path)
    }
}

/// What a change of a model touches, as the model is before it.
pub(super) fn touched(model: &Model, change: &Change) -> Option<Touch> {
    let id = |element: ElementIdx| Arc::from(model.id_of(element));
    match change {
        Change::Insert { kind, id, .. } => Some(Touch::Element(*kind, Arc::clone(id))),
        Change::Remove { element } => Some(Touch::Element(model.kind_of(*element), id(*element))),
        Change::Set { element, property, value } => {
            let kind = model.kind_of(*element);
            let is_dead = |value| model.vocabulary().0.is_dead_state(kind, *property, value);
            let lives_on = value.as_ref().is_none_or(|value| !is_dead(value));
            let before = model.property(*element, *property);
            let lived = before.as_ref().is_none_or(|value| !is_dead(value));
            Some(if lived == lives_on {
                Touch::Property(id(*element), *property)
            } else {
                Touch::Element(kind, id(*element))
            })
        }
        // Where something is written decides nothing.
        Change::Place { .. } => None,
        Change::Link(link) | Change::Unlink(link) => {
            Some(Touch::Link(link.relation, id(link.from), id(link.to)))
        }
        Change::Open { .. } => Some(Touch::OpenKinds),
        Change::Deviate { deviation, .. } => Some(Touch::Deviation(Arc::new(Named::of(deviation)))),
        Change::Withdraw { at } => {
            let deviation = model.deviations().get(*at)?;
            Some(Touch::Deviation(Arc::new(Named::of(deviation))))
        }
    }
}

/// A rule, by its position, and whom it is asked of; `None` is the model as a whole.
pub(super) type Row = (usize, Option<ElementIdx>);

/// What has to be judged again. Both are sorted, each once.
#[derive(Debug, Default)]
pub(super) struct Affected {
    pub(super) rows: Vec<Row>,
    /// Elements of which deviations say other things.
    pub(super) noted: Vec<ElementIdx>,
}

impl Affected {
    pub(super) fn of(rows: Vec<Row>, noted: Vec<ElementIdx>) -> Self {
        let mut affected = Self { rows, noted };
        affected.rows.sort_unstable();
        affected.rows.dedup();
        affected.noted.sort_unstable();
        affected.noted.dedup();
        affected
    }
}

/// What the touches affect.
pub(super) fn affected(rules: &RuleSet, model: &Model, kept: &Kept, touches: &[Touch]) -> Affected {
    let mut walk = Walk {
        rules,
        footprint: rules.footprint(),
        model,
        kept,
        seen: FxHashSet::default(),
        waiting: Vec::new(),
        affected: Affected::default(),
    };
    for touch in touches {
        walk.start(touch);
    }
    walk.walk();
    Affected::of(walk.affected.rows, walk.affected.noted)
}

/// A place with one of its elements, or with all that there may be.
type Spot = (PlaceIdx, Option<ElementIdx>);

struct Walk<'a> {
    rules: &'a RuleSet,
    footprint: &'a Footprint,
    model: &'a Model,
    kept: &'a Kept,
    seen: FxHashSet<Spot>,
    waiting: Vec<Spot>,
    affected: Affected,
}

impl Walk<'_> {
    fn start(&mut self, touch: &Touch) {
        match touch {
            Touch::Element(kind, id) => {
                for whole in self.footprint.lists(*kind) {
                    self.reach(*whole, None);
                }
                if let Some(element) = self.model.find(id) {
                    for place in self.footprint.holds(self.model.kind_of(element)) {
                        self.reach(*place, Some(element));
                    }
                }
            }
            Touch::Property(id, property) => {
                let Some(element) = self.model.find(id) else { return };
                let kind = self.model.kind_of(element);
                // Facts about open kinds name the elements that they are about.
                let is_name =
                    self.model.vocabulary().0.property_of(kind, "name") == Some(*property);
                let places = if is_name && self.model.has_open_kinds() {
                    self.footprint.holds(kind)
                } else {
                    self.footprint.reads(*property)
                };
                for place in places {
                    self.reach(*place, Some(element));
                }
            }
            Touch::Link(relation, from, to) => {
                for (id, inverse) in [(from, false), (to, true)] {
                    if let Some(element) = self.model.find(id) {
                        self.follow_from(*relation, inverse, element);
                    }
                }
            }
            Touch::OpenKinds => {
                for rule in 0..self.rules.typed().rules.len() {
                    self.whole_rule(rule);
                }
                self.affected.noted.extend(self.model.0.elements());
            }
            // What each covers is compared before and after.
            Touch::Deviations | Touch::Deviation(_) => {}
            Touch::Date(a, b) => self.date(*a, *b),
        }
    }

    fn follow_from(&mut self, relation: RelationIdx, inverse: bool, element: ElementIdx) {
        for place in self.footprint.follows(relation, inverse) {
            self.reach(*place, Some(element));
        }
    }

    fn date(&mut self, a: Timestamp, b: Timestamp) {
        for whole in self.footprint.today() {
            self.reach(*whole, None);
        }
        for turn in self.footprint.turns() {
            for element in turned(self.model, turn, a, b) {
                for place in &turn.places {
                    self.reach(*place, Some(element));
                }
            }
        }
        let relations = self.model.vocabulary().0.relations.indices().collect::<Vec<_>>();
        for relation in relations {
            for (from, to) in self.model.turning(relation, a, b) {
                self.follow_from(relation, false, from);
                self.follow_from(relation, true, to);
            }
        }
    }

    fn reach(&mut self, place: PlaceIdx, element: Option<ElementIdx>) {
        let fits = element.is_none_or(|element| {
            let place = &self.footprint.places[place];
            place.kinds.contains(self.model.kind_of(element))
                && place.passing.as_ref().is_none_or(|passing| passing.holds(self.model, element))
        });
        if fits && self.seen.insert((place, element)) {
            self.waiting.push((place, element));
        }
    }

    fn walk(&mut self) {
        while let Some((index, element)) = self.waiting.pop() {
            let place = &self.footprint.places[index];
            match (place.role, element) {
                (Role::Subject(rule), Some(_)) => {
                    self.affected.rows.push((rule, element));
                }
                (Role::Subject(rule) | Role::Rule(rule), None) => self.whole_rule(rule),
                (Role::Deviation, Some(element)) => {
                    self.affected.noted.push(element);
                }
                (Role::Told(rule), None) => {
                    let found = self.kept.of(rule).iter().map(|asked| (rule, *asked));
                    self.affected.rows.extend(found);
                }
                (Role::Rule(_) | Role::Told(_) | Role::Deviation | Role::Part, _) => {}
            }
            for origin in &place.origins {
                match (*origin, element) {
                    (Origin::Same(from), _) => self.reach(from, element),
                    (Origin::Section(whole), _) => self.reach(whole, None),
                    (Origin::Step { from, relation, inverse }, Some(element)) => {
                        let model = self.model;
                        for before in model.adjacency(relation, !inverse).of(element) {
                            self.reach(from, Some(*before));
                        }
                    }
                    (Origin::Step { .. }, None) => {}
                }
            }
        }
    }

    /// All subjects of a rule, live or not.
    fn whole_rule(&mut self, rule: usize) {
        self.affected.rows.extend(rows_of(self.rules, self.model, rule));
    }
}

/// All that a rule may be asked of, live or not.
pub(super) fn rows_of<'a>(
    rules: &'a RuleSet,
    model: &'a Model,
    rule: usize,
) -> impl Iterator<Item = Row> + 'a {
    let subject = rules.typed().rules.get(rule).map(|rule| &rule.subject);
    let once = matches!(subject, Some(Subject::Model)).then_some(None);
    let kinds = match subject {
        Some(Subject::Each(kinds)) => Some(kinds),
        Some(Subject::Model) | None => None,
    };
    let each = kinds.into_iter().flat_map(KindSet::iter);
    let each = each.flat_map(|kind| model.elements_of(kind)).map(|at| Some(element_at(at)));
    once.into_iter().chain(each).map(move |element| (rule, element))
}
