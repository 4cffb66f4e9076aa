//! Reading the model: properties, links, neighbours and sections, and whether something is recorded.

use std::rc::Rc;

use super::lists;
use super::outcome::{Facts, Item, Outcome, Rest};
use super::reach::Reach;
use super::reference::{Evaluator, Frame, binary, element_at, lookup};
use crate::cel::ast::Operator;
use crate::eval::{EvalError, Fact};
use crate::hir::{HirIdx, Op, PerKind};
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx};
use crate::model::{ElementIdx, LinkRef};
use crate::value::Value;

impl Evaluator<'_> {
    pub(crate) fn property(&self, of: &Outcome, field: &PerKind<PropertyIdx>) -> Outcome {
        on_element(of, |element| {
            let Some(property) = lookup(field, self.model.kind_of(element)) else {
                return Outcome::Error(EvalError::Internal("a property of another kind"));
            };
            self.model
                .property(element, property)
                .or_else(|| self.model.vocabulary().0.properties[property].absent.clone())
                .map_or_else(|| Outcome::missing(Fact::Property(element, property)), Outcome::of)
        })
    }

    pub(super) fn link_property(&self, of: &Outcome, property: PropertyIdx) -> Outcome {
        on_link(of, |link| {
            self.model
                .link_property(link, property)
                .or_else(|| self.model.vocabulary().0.properties[property].absent.clone())
                .map_or_else(
                    || Outcome::missing(Fact::LinkProperty(self.link_owner(link), link, property)),
                    Outcome::of,
                )
        })
    }

    /// The element in whose name a link's facts are listed: the one that the relation is declared for.
    pub(super) fn link_owner(&self, link: LinkRef) -> ElementIdx {
        if link.inverse { self.model.link_target(link) } else { self.model.link_source(link) }
    }

    pub(super) fn link_end(&self, of: &Outcome, target: bool) -> Outcome {
        on_link(of, |link| {
            let end =
                if target { self.model.link_target(link) } else { self.model.link_source(link) };
            Outcome::Value(Value::Element(end))
        })
    }

    /// The links of a relation at an element: live ends and current links, or all with `history`.
    pub(super) fn seen_links(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
        history: bool,
    ) -> impl Iterator<Item = LinkRef> + '_ {
        self.model.links(element, relation, inverse).filter(move |link| {
            history || (self.is_current(*link) && self.model.is_live(self.model.link_target(*link)))
        })
    }

    /// What may come into a relation of the element unrecorded, if the model says so.
    pub(crate) fn unrecorded(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
    ) -> Option<Rest> {
        let vocabulary = &self.model.vocabulary().0;
        let targets = vocabulary.targets(relation, inverse, self.model.kind_of(element));
        let open: KindSet = targets.iter().filter(|kind| self.model.is_open(*kind)).collect();
        (!open.is_empty()).then(|| Rest {
            facts: Facts::one(Fact::Relation(element, relation, inverse)),
            kinds: Some(open),
            outside_model: false,
        })
    }

    pub(crate) fn neighbours(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
        history: bool,
    ) -> Reach {
        let mut reach = Reach::default();
        if history || !self.model.has_validity(relation) {
            for target in self.model.adjacency(relation, inverse).of(element) {
                if history || self.model.is_live(*target) {
                    reach.add(*target, None);
                }
            }
        } else {
            for link in self.seen_links(element, relation, inverse, history) {
                reach.add(self.model.link_target(link), None);
            }
        }
        reach.rest = self.unrecorded(element, relation, inverse);
        reach
    }

    pub(super) fn only_neighbour(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        history: bool,
    ) -> Outcome {
        self.seen_links(element, relation, false, history).next().map_or_else(
            || Outcome::missing(Fact::Relation(element, relation, false)),
            |link| Outcome::Value(Value::Element(self.model.link_target(link))),
        )
    }

    pub(super) fn links(
        &self,
        element: ElementIdx,
        relation: RelationIdx,
        inverse: bool,
        history: bool,
    ) -> Outcome {
        let links = self.seen_links(element, relation, inverse, history);
        let items = links.map(|link| Item::certain(Outcome::Value(Value::Link(link)))).collect();
        let rest = self.unrecorded(element, relation, inverse);
        Outcome::list(items, rest.map(|rest| Rest { kinds: None, ..rest }))
    }

    pub(super) fn path(
        &self,
        of: &Outcome,
        path: &PerKind<crate::hir::PathIdx>,
        history: bool,
    ) -> Outcome {
        if let Outcome::Unknown(_) = of {
            let routes = path.iter().map(|(_, path)| &self.packs.paths[*path].route);
            let risk = routes.map(|route| self.risk_of_route(route)).max().unwrap_or_default();
            return of.clone().risking(risk);
        }
        on_element(of, |element| {
            let Some(path) = lookup(path, self.model.kind_of(element)) else {
                return Outcome::Error(EvalError::Internal("a path of another kind"));
            };
            match self.follow(&self.packs.paths[path].route, &Reach::from(element), history) {
                Ok(reach) => reach.into_list(),
                Err(outcome) => outcome,
            }
        })
    }

    pub(super) fn section(&self, kind: KindIdx, history: bool) -> Outcome {
        let elements = self.model.elements_of(kind).map(element_at);
        let items = elements
            .filter(|element| history || self.model.is_live(*element))
            .map(|element| Item::certain(Outcome::Value(Value::Element(element))))
            .collect();
        let rest = self.model.is_open(kind).then(|| Rest {
            facts: Facts::one(Fact::Section(kind)),
            kinds: Some(KindSet::one(kind)),
            outside_model: true,
        });
        Outcome::list(items, rest)
    }

    pub(super) fn recorded(&self, frame: &mut Frame<'_>, read: HirIdx) -> Outcome {
        let body = frame.body;
        match &body.nodes[read].op {
            Op::Property { of, field } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| {
                    let value = lookup(field, self.model.kind_of(element))
                        .and_then(|property| self.model.property(element, property));
                    Outcome::bool(value.is_some())
                })
            }
            Op::LinkProperty { of, property } => {
                let of = self.node(frame, *of);
                on_link(&of, |link| {
                    Outcome::bool(self.model.link_property(link, *property).is_some())
                })
            }
            Op::NavigateOne { of, relation, history } => {
                let of = self.node(frame, *of);
                on_element(&of, |element| {
                    Outcome::bool(
                        self.seen_links(element, *relation, false, *history).next().is_some(),
                    )
                })
            }
            Op::Id { of } => {
                let of = self.node(frame, *of);
                on_element(&of, |_| Outcome::bool(true))
            }
            _ => match self.node(frame, read) {
                Outcome::List(list) => {
                    binary(Operator::Greater, &lists::size(&list), &Outcome::int(0), self.model)
                }
                other => other,
            },
        }
    }

    pub(super) fn optional_read(&self, frame: &mut Frame<'_>, read: HirIdx) -> Outcome {
        match self.recorded(frame, read) {
            Outcome::Value(Value::Bool(true)) => {
                Outcome::Optional(Some(Rc::new(self.node(frame, read))))
            }
            Outcome::Value(Value::Bool(false)) => Outcome::Optional(None),
            other => other,
        }
    }

    pub(super) fn optional_map(
        &self,
        frame: &mut Frame<'_>,
        of: HirIdx,
        slot: usize,
        body: HirIdx,
    ) -> Outcome {
        match self.node(frame, of) {
            Outcome::Optional(Some(inner)) => {
                frame.set(slot, (*inner).clone());
                match self.node(frame, body) {
                    value @ (Outcome::Value(_) | Outcome::List(_)) => {
                        Outcome::Optional(Some(Rc::new(value)))
                    }
                    other => other,
                }
            }
            other @ Outcome::Unknown(_) => other.risking(self.risk_of(frame, body)),
            other => other,
        }
    }
}

pub(super) fn on_element(of: &Outcome, read: impl FnOnce(ElementIdx) -> Outcome) -> Outcome {
    match of {
        Outcome::Value(Value::Element(element)) => read(*element),
        Outcome::Unknown(unknown) => Outcome::unknown(unknown.facts.clone()),
        Outcome::Error(_) => of.clone(),
        Outcome::Value(_) | Outcome::List(_) | Outcome::Optional(_) => {
            Outcome::Error(EvalError::Internal("no element where one was"))
        }
    }
}

fn on_link(of: &Outcome, read: impl FnOnce(LinkRef) -> Outcome) -> Outcome {
    match of {
        Outcome::Value(Value::Link(link)) => read(*link),
        Outcome::Unknown(unknown) => Outcome::unknown(unknown.facts.clone()),
        Outcome::Error(_) => of.clone(),
        Outcome::Value(_) | Outcome::List(_) | Outcome::Optional(_) => {
            Outcome::Error(EvalError::Internal("no link where one was"))
        }
    }
}
