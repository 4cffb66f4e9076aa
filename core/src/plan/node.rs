//! Plans: checked rules as operators over columns and adjacency, the same part once for all rules.
//!
//! A node computes a truth, a single value or a range (a list that is never written down). What it sees of
//! its surroundings are variables, counted from the inside: 0 is what the innermost operator is about.

use rustc_hash::FxHashMap;

use super::automaton::{Automaton, Core, CoreIdx, RouteIdx};
use crate::cel::ast::Operator;
use crate::hir::{PerKind, Quantifier};
use crate::index::{IndexVec, index_type};
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx};
use crate::typing::functions::Function;
use crate::value::Value;

index_type! {
    /// An operator of a plan.
    pub(crate) struct PlanIdx;
}
index_type! {
    /// A constant of a plan.
    pub(crate) struct ConstantIdx;
}
index_type! {
    /// What a plan says of a part that it has no operator for.
    pub(crate) struct SlowIdx;
}

/// Which numbers a sum adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Addend {
    Int,
    Double,
    Duration,
}

/// A link property or the `history` flag aside, what is read from an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Step {
    pub(crate) relation: RelationIdx,
    pub(crate) inverse: bool,
    pub(crate) history: bool,
}

/// Which member of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    First,
    Last,
    At(PlanIdx),
}

/// An operator. Operands are nodes of the same plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    // The same throughout a run.
    Constant(ConstantIdx),
    Today,
    /// Whether this gate is the one asked for.
    GateIs(u32),
    /// Whether a gate is asked for, and which.
    GateAsked,
    Gate,

    // Surroundings.
    /// The variable so many operators out; `known` where it always has a value.
    Variable {
        out: usize,
        known: bool,
    },
    /// The same, seen from so many operators further out.
    Out {
        by: usize,
        body: PlanIdx,
    },
    /// `body` with the value of `of` as its variable 0.
    With {
        of: PlanIdx,
        body: PlanIdx,
    },
    /// The same with the list `of`, written down.
    WithList {
        of: PlanIdx,
        body: PlanIdx,
    },
    /// By the kind of variable 0.
    ByKind(PerKind<PlanIdx>),
    /// Computed at most once per element that is variable 0.
    Once {
        body: PlanIdx,
        /// The kinds of the element.
        kinds: KindSet,
        keep: Keep,
    },
    /// Computed at most once.
    Shared(PlanIdx),
    If {
        condition: PlanIdx,
        yes: PlanIdx,
        no: PlanIdx,
    },
    /// Always an error.
    Fails,
    /// No operator: where it decides, the plain evaluator does.
    Slow(SlowIdx),

    // Truths.
    Not(PlanIdx),
    And(PlanIdx, PlanIdx),
    Or(PlanIdx, PlanIdx),
    /// One of the four comparisons.
    Compare {
        operator: Operator,
        left: PlanIdx,
        right: PlanIdx,
    },
    Equal(PlanIdx, PlanIdx),
    /// Whether a value is one of a constant list, or a key of a constant map.
    OneOf {
        of: PlanIdx,
        constant: ConstantIdx,
    },
    /// `has(x.f)`
    Recorded {
        of: PlanIdx,
        field: PerKind<PropertyIdx>,
    },
    LinkRecorded {
        of: PlanIdx,
        property: PropertyIdx,
    },
    /// `has` of a to-one relation.
    NeighbourRecorded {
        of: PlanIdx,
        step: Step,
    },
    /// Whether a value is known at all.
    Known(PlanIdx),
    Is {
        of: PlanIdx,
        kinds: KindSet,
    },
    Quantify {
        quantifier: Quantifier,
        range: PlanIdx,
        body: PlanIdx,
    },
    /// The number of members against a constant.
    Count {
        range: PlanIdx,
        operator: Operator,
        number: i64,
    },
    /// Whether there is a first member, where all that may be there is known.
    HasMembers(PlanIdx),
    /// Whether every member of one list is in another.
    Subset {
        inner: PlanIdx,
        outer: PlanIdx,
    },
    SameLists(PlanIdx, PlanIdx),
    /// Whether two lists have a member in common.
    Overlap(PlanIdx, PlanIdx),
    /// Whether one of the elements that a path leads to satisfies `body`, without listing them.
    SomeReached {
        of: PlanIdx,
        route: RouteIdx,
        history: bool,
        body: PlanIdx,
    },
    /// Whether a path leads from an element to itself.
    ReachesItself {
        of: PlanIdx,
        route: RouteIdx,
        history: bool,
    },
    /// Whether `outer` stands in the relation to the value of one of the elements that a path leads to and for
    /// which `body` holds: answered by the furthest such value.
    FurthestReached {
        of: PlanIdx,
        route: RouteIdx,
        history: bool,
        body: PlanIdx,
        value: PlanIdx,
        operator: Operator,
        outer: PlanIdx,
    },

    // Single values.
    Property {
        of: PlanIdx,
        field: PerKind<PropertyIdx>,
    },
    Id(PlanIdx),
    LinkProperty {
        of: PlanIdx,
        property: PropertyIdx,
    },
    LinkEnd {
        of: PlanIdx,
        target: bool,
    },
    /// The one element of a to-one relation.
    Neighbour {
        of: PlanIdx,
        step: Step,
    },
    Arithmetic {
        operator: Operator,
        left: PlanIdx,
        right: PlanIdx,
    },
    Negate(PlanIdx),
    Size(PlanIdx),
    Sum {
        range: PlanIdx,
        addend: Addend,
    },
    /// `min()` or `max()`
    Extreme {
        range: PlanIdx,
        greatest: bool,
    },
    Call {
        function: Function,
        args: Box<[PlanIdx]>,
    },
    Member {
        range: PlanIdx,
        place: Place,
    },
    /// What a constant map holds under a key: a single value, or a list as a range.
    Entry {
        constant: ConstantIdx,
        key: PlanIdx,
    },

    // Ranges.
    Neighbours {
        of: PlanIdx,
        step: Step,
    },
    Links {
        of: PlanIdx,
        step: Step,
    },
    Reached {
        of: PlanIdx,
        route: RouteIdx,
        history: bool,
    },
    Section {
        kind: KindIdx,
        history: bool,
    },
    /// A property that is a list of texts.
    Texts {
        of: PlanIdx,
        field: PerKind<PropertyIdx>,
    },
    Items(Box<[PlanIdx]>),
    Filter {
        range: PlanIdx,
        body: PlanIdx,
    },
    OfKinds {
        range: PlanIdx,
        kinds: KindSet,
    },
    /// A value for each member.
    Each {
        range: PlanIdx,
        body: PlanIdx,
        /// Of elements: each once, in model order.
        distinct: bool,
    },
    /// The members of a range for each member.
    Flat {
        range: PlanIdx,
        body: PlanIdx,
        distinct: bool,
    },
    Distinct(PlanIdx),
    Concat(PlanIdx, PlanIdx),
    /// By the members themselves, or by a key of each.
    Sorted {
        range: PlanIdx,
        key: Option<PlanIdx>,
    },
    Reversed(PlanIdx),
    Slice {
        range: PlanIdx,
        from: PlanIdx,
        to: PlanIdx,
    },
}

/// For how long what was computed of an element is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Keep {
    /// Throughout the run.
    Run,
    /// Until another element is asked about.
    Element,
}

/// What holds of a node whatever the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub(crate) struct Traits {
    /// The variables that it sees, a bit each.
    pub(crate) sees: u128,
    /// May be an error, or ask for the plain evaluator.
    pub(crate) fallible: bool,
    /// A range or element that is never unknown as a whole.
    pub(crate) sure: bool,
    /// Of a range: nothing that comes after its first member can make it unknown or an error as a whole.
    pub(crate) settled: bool,
    /// Goes through lists.
    pub(crate) works: bool,
    /// Asks what equals something or of which kind it is, which may be known of what isn't recorded.
    pub(crate) identifies: bool,
    /// Has parts without an operator.
    pub(crate) slow: bool,
    /// Operators that are run to compute it, those that are run once for all elements not counted.
    pub(crate) size: u32,
}

/// Variables that a node may see. Deeper ones are left to the plain evaluator.
pub(crate) const MOST_VARIABLES: usize = 120;

/// All plans of a rule set.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) nodes: IndexVec<PlanIdx, Node>,
    pub(crate) traits: IndexVec<PlanIdx, Traits>,
    pub(crate) constants: IndexVec<ConstantIdx, Value>,
    /// Why parts have no operator.
    pub(crate) slow: IndexVec<SlowIdx, String>,
    pub(crate) routes: IndexVec<RouteIdx, Automaton>,
    pub(crate) cores: IndexVec<CoreIdx, Core>,
    /// One per rule.
    pub(crate) rules: Vec<RulePlan>,
    known: FxHashMap<Node, PlanIdx>,
}

/// How a rule is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RulePlan {
    /// Whether it applies.
    pub(crate) applies: PlanIdx,
    pub(crate) require: PlanIdx,
}

impl Plan {
    /// The node, made if there isn't an equal one.
    pub(super) fn add(&mut self, node: Node) -> PlanIdx {
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let traits = self.traits_of(&node);
        let index = self.nodes.push(node.clone());
        self.traits.push(traits);
        self.known.insert(node, index);
        index
    }

    pub(super) fn constant(&mut self, value: &Value) -> ConstantIdx {
        let found = self.constants.enumerate().find(|(_, known)| same_constant(known, value));
        match found.map(|(index, _)| index) {
            Some(index) => index,
            None => self.constants.push(value.clone()),
        }
    }

    pub(super) fn truth(&mut self, truth: bool) -> PlanIdx {
        let constant = self.constant(&Value::Bool(truth));
        self.add(Node::Constant(constant))
    }

    pub(super) fn slow(&mut self, why: String) -> PlanIdx {
        let known = self.slow.enumerate().find(|(_, known)| **known == why).map(|(index, _)| index);
        let index = known.unwrap_or_else(|| self.slow.push(why));
        self.add(Node::Slow(index))
    }

    /// The truth that a node always has.
    pub(crate) fn as_truth(&self, node: PlanIdx) -> Option<bool> {
        match &self.nodes[node] {
            Node::Constant(constant) => match &self.constants[*constant] {
                Value::Bool(truth) => Some(*truth),
                _ => None,
            },
            _ => None,
        }
    }

    fn traits_of(&self, node: &Node) -> Traits {
        let mut traits = Traits { sure: true, settled: true, ..Traits::default() };
        for (operand, bound) in operands(node) {
            let of = self.traits[operand];
            traits.sees |= of.sees >> bound.min(127);
            traits.fallible |= of.fallible;
            traits.works |= of.works;
            traits.slow |= of.slow;
            traits.identifies |= of.identifies;
            traits.size = traits.size.saturating_add(of.size);
        }
        traits.size = traits.size.saturating_add(1);
        if let Node::Equal(left, right) = node {
            let is_variable = |side: &PlanIdx| matches!(self.nodes[*side], Node::Variable { .. });
            traits.identifies |= is_variable(left) || is_variable(right);
        }
        traits.identifies |= matches!(node, Node::Is { .. } | Node::ByKind(_));
        let of = |index: PlanIdx| self.traits[index];
        match node {
            Node::Variable { out, known } => {
                traits.sees = 1 << out;
                traits.sure = *known;
            }
            Node::Out { by, body } => {
                let sees = of(*body).sees;
                let room = usize::try_from(sees.leading_zeros()).unwrap_or_default();
                // What would see too far counts as seeing everything.
                traits.sees = if *by < room { sees << by } else { u128::MAX };
                (traits.sure, traits.settled) = (of(*body).sure, of(*body).settled);
            }
            Node::ByKind(cases) => {
                traits.sees |= 1;
                traits.sure = cases.iter().all(|(_, case)| of(*case).sure);
                traits.settled = cases.iter().all(|(_, case)| of(*case).settled);
            }
            Node::With { of: value, body } | Node::WithList { of: value, body } => {
                traits.sure = of(*value).sure && of(*body).sure;
                traits.settled = of(*body).settled;
            }
            Node::Once { body, .. } | Node::Shared(body) => {
                // What was written down once is all there.
                traits.sure = of(*body).sure;
                traits.size = 1;
            }
            Node::If { condition: _, yes, no } => {
                traits.sure = false;
                traits.settled = of(*yes).settled && of(*no).settled;
            }
            Node::Fails => {
                traits.fallible = true;
                (traits.sure, traits.settled) = (false, false);
            }
            Node::Slow(_) => {
                (traits.fallible, traits.slow) = (true, true);
                (traits.sure, traits.settled) = (false, false);
            }
            Node::Sum { addend: Addend::Double, .. } => {
                traits.works = true;
                traits.sure = false;
            }
            Node::Arithmetic { .. }
            | Node::Negate(_)
            | Node::Sum { .. }
            | Node::Entry { .. }
            | Node::Slice { .. }
            | Node::Member { place: Place::At(_), .. } => {
                traits.fallible = true;
                traits.works |= matches!(node, Node::Sum { .. } | Node::Slice { .. });
                traits.sure = false;
            }
            Node::Call { function, .. } => {
                traits.fallible |= !function.is_total();
                traits.sure = false;
            }
            Node::Neighbours { of: element, .. }
            | Node::Links { of: element, .. }
            | Node::Reached { of: element, .. } => {
                traits.works = true;
                traits.sure = of(*element).sure;
            }
            Node::Id(element) | Node::LinkEnd { of: element, .. } => {
                traits.sure = of(*element).sure;
            }
            Node::Section { .. } => traits.works = true,
            Node::Filter { range, body } => {
                traits.works = true;
                traits.sure = of(*range).sure && !of(*body).fallible;
                traits.settled = of(*range).settled;
            }
            Node::OfKinds { range, .. } | Node::Distinct(range) => {
                traits.sure = of(*range).sure;
                traits.settled = of(*range).settled;
            }
            Node::Each { range, .. } | Node::Flat { range, .. } => {
                traits.works = true;
                traits.sure = of(*range).sure;
                traits.settled = of(*range).settled;
            }
            Node::Concat(first, second) => {
                traits.sure = of(*first).sure && of(*second).sure;
                traits.settled = of(*first).settled && of(*second).settled && of(*second).sure;
            }
            Node::Sorted { .. } | Node::Reversed(_) => {
                // Nothing comes before all is known, and what is no number has no place.
                traits.fallible |= matches!(node, Node::Sorted { .. });
                traits.works = true;
                traits.sure = false;
            }
            Node::Quantify { .. }
            | Node::Count { .. }
            | Node::Subset { .. }
            | Node::SameLists(..)
            | Node::HasMembers(_)
            | Node::Overlap(..)
            | Node::SomeReached { .. }
            | Node::ReachesItself { .. }
            | Node::FurthestReached { .. }
            | Node::Size(_)
            | Node::Extreme { .. }
            | Node::Member { .. } => {
                // What is no number is neither least nor greatest.
                traits.fallible |= matches!(node, Node::Extreme { .. });
                traits.works = true;
                traits.sure = false;
            }
            Node::Constant(_)
            | Node::Items(_)
            | Node::Today
            | Node::GateIs(_)
            | Node::GateAsked
            | Node::Gate => {}
            Node::Not(_)
            | Node::And(..)
            | Node::Or(..)
            | Node::Compare { .. }
            | Node::Equal(..)
            | Node::OneOf { .. }
            | Node::Recorded { .. }
            | Node::LinkRecorded { .. }
            | Node::NeighbourRecorded { .. }
            | Node::Known(_)
            | Node::Is { .. }
            | Node::Property { .. }
            | Node::LinkProperty { .. }
            | Node::Neighbour { .. }
            | Node::Texts { .. } => traits.sure = false,
        }
        traits.settled &= !traits.fallible;
        traits
    }
}

/// Equal to the last bit.
fn same_constant(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Double(x), Value::Double(y)) => x.to_bits() == y.to_bits(),
        (Value::List(x), Value::List(y)) => {
            x.len() == y.len() && x.iter().zip(y.iter()).all(|(x, y)| same_constant(x, y))
        }
        (Value::Map(x), Value::Map(y)) => {
            let same = |((k, v), (k2, v2)): (&(Value, Value), &(Value, Value))| {
                same_constant(k, k2) && same_constant(v, v2)
            };
            x.len() == y.len() && x.iter().zip(y.iter()).all(same)
        }
        (Value::Optional(Some(x)), Value::Optional(Some(y))) => same_constant(x, y),
        _ => a == b,
    }
}

/// The operands of a node, each with the number of variables that the node gives it.
pub(crate) fn operands(node: &Node) -> Vec<(PlanIdx, usize)> {
    match node {
        Node::Constant(_)
        | Node::Today
        | Node::GateIs(_)
        | Node::GateAsked
        | Node::Gate
        | Node::Variable { .. }
        | Node::Fails
        | Node::Slow(_)
        | Node::Section { .. } => Vec::new(),
        Node::Out { body: of, .. }
        | Node::Once { body: of, .. }
        | Node::Shared(of)
        | Node::Not(of)
        | Node::OneOf { of, .. }
        | Node::Recorded { of, .. }
        | Node::LinkRecorded { of, .. }
        | Node::NeighbourRecorded { of, .. }
        | Node::Known(of)
        | Node::Is { of, .. }
        | Node::Count { range: of, .. }
        | Node::HasMembers(of)
        | Node::ReachesItself { of, .. }
        | Node::Property { of, .. }
        | Node::Id(of)
        | Node::LinkProperty { of, .. }
        | Node::LinkEnd { of, .. }
        | Node::Neighbour { of, .. }
        | Node::Negate(of)
        | Node::Size(of)
        | Node::Sum { range: of, .. }
        | Node::Extreme { range: of, .. }
        | Node::Entry { key: of, .. }
        | Node::Neighbours { of, .. }
        | Node::Links { of, .. }
        | Node::Reached { of, .. }
        | Node::Texts { of, .. }
        | Node::OfKinds { range: of, .. }
        | Node::Distinct(of)
        | Node::Reversed(of) => vec![(*of, 0)],
        Node::With { of, body }
        | Node::WithList { of, body }
        | Node::Quantify { range: of, body, .. }
        | Node::Filter { range: of, body }
        | Node::Each { range: of, body, .. }
        | Node::Flat { range: of, body, .. }
        | Node::SomeReached { of, body, .. } => vec![(*of, 0), (*body, 1)],
        Node::ByKind(cases) => cases.iter().map(|(_, case)| (*case, 0)).collect(),
        Node::If { condition, yes, no } => vec![(*condition, 0), (*yes, 0), (*no, 0)],
        Node::And(a, b)
        | Node::Or(a, b)
        | Node::Equal(a, b)
        | Node::SameLists(a, b)
        | Node::Overlap(a, b)
        | Node::Concat(a, b)
        | Node::Compare { left: a, right: b, .. }
        | Node::Arithmetic { left: a, right: b, .. }
        | Node::Subset { inner: a, outer: b } => vec![(*a, 0), (*b, 0)],
        Node::FurthestReached { of, body, value, outer, .. } => {
            vec![(*of, 0), (*body, 1), (*value, 1), (*outer, 0)]
        }
        Node::Call { args, .. } | Node::Items(args) => args.iter().map(|arg| (*arg, 0)).collect(),
        Node::Member { range, place } => match place {
            Place::At(at) => vec![(*range, 0), (*at, 0)],
            Place::First | Place::Last => vec![(*range, 0)],
        },
        Node::Sorted { range, key } => {
            [(*range, 0)].into_iter().chain(key.map(|key| (key, 1))).collect()
        }
        Node::Slice { range, from, to } => vec![(*range, 0), (*from, 0), (*to, 0)],
    }
}
