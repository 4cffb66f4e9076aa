//! Typed expressions: names resolved, macros gone, every node with its type.
//!
//! What the checker makes of an [`Ast`](crate::cel::ast::Ast) and all evaluators read.

use std::sync::Arc;

use crate::cel::ast::Operator;
use crate::index::{IndexVec, index_type};
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, RelationIdx};
use crate::path::Repeat;
use crate::source::Span;
use crate::typing::functions::Function;
use crate::value::{Type, Value};

index_type! {
    /// A node in its body.
    pub(crate) struct HirIdx;
}
index_type! {
    /// A definition of the rule set.
    pub(crate) struct DefinitionIdx;
}
index_type! {
    /// A parameter of the rule set.
    pub(crate) struct ParameterIdx;
}
index_type! {
    /// A checked path of the rule set.
    pub(crate) struct PathIdx;
}

/// A checked expression. Invariant: `slots` is larger than every slot that a node names.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    /// As written: what the nodes' spans count in.
    pub(crate) text: Arc<str>,
    pub(crate) nodes: IndexVec<HirIdx, Node>,
    pub(crate) root: HirIdx,
    /// How many local values it needs. Slot 0 is `self`, then the arguments of a definition.
    pub(crate) slots: usize,
    /// Levels of nesting, those of the definitions it uses included.
    pub(crate) depth: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) op: Op,
    pub(crate) ty: Type,
    /// Bytes of the expression's own text.
    pub(crate) span: Span,
}

/// A name that means one thing per kind, such as a property that several kinds have.
pub(crate) type PerKind<T> = Box<[(KindIdx, T)]>;

/// What an expression does. Operands are nodes of the same body.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    Constant(Value),
    Local(usize),
    /// A rule's `let`, computed at most once per element.
    Let(usize),
    Parameter(ParameterIdx),
    Today,
    Gate,
    /// `x.property`
    Property {
        of: HirIdx,
        field: PerKind<PropertyIdx>,
    },
    /// `x.id`
    Id {
        of: HirIdx,
    },
    /// `l.property`
    LinkProperty {
        of: HirIdx,
        property: PropertyIdx,
    },
    /// `l.target`, or `l.source`.
    LinkEnd {
        of: HirIdx,
        target: bool,
    },
    /// `x.relation`: the live elements over current links; all of them with `history`.
    Navigate {
        of: HirIdx,
        relation: RelationIdx,
        inverse: bool,
        history: bool,
    },
    /// The one element of a to-one relation; unknown where there is none.
    NavigateOne {
        of: HirIdx,
        relation: RelationIdx,
        history: bool,
    },
    /// `x.relation_links`
    Links {
        of: HirIdx,
        relation: RelationIdx,
        inverse: bool,
        history: bool,
    },
    /// `x.path`
    Path {
        of: HirIdx,
        path: PerKind<PathIdx>,
        history: bool,
    },
    /// `model.section`
    Section {
        kind: KindIdx,
        history: bool,
    },
    /// `x.definition(args)`
    Define {
        of: HirIdx,
        definition: PerKind<DefinitionIdx>,
        args: Vec<HirIdx>,
    },
    /// Something asked of every member of a list: `body` sees the member in `slot`. With `distinct`
    /// the elements reached come once each, in model order.
    Spread {
        list: HirIdx,
        slot: usize,
        body: HirIdx,
        flat: bool,
        distinct: bool,
    },
    /// `has(x.f)`: whether the read below would find something recorded.
    Recorded {
        read: HirIdx,
    },
    /// `x.?f`
    OptionalRead {
        read: HirIdx,
    },
    /// A field of an optional's value, in `slot` for `body`.
    OptionalMap {
        of: HirIdx,
        slot: usize,
        body: HirIdx,
    },
    /// `x.is(Kind)`
    Is {
        of: HirIdx,
        kinds: KindSet,
    },
    /// `xs.of(Kind)`
    Of {
        of: HirIdx,
        kinds: KindSet,
    },
    Not(HirIdx),
    Negate(HirIdx),
    /// Every operator but the logical ones.
    Binary {
        operator: Operator,
        left: HirIdx,
        right: HirIdx,
    },
    And(HirIdx, HirIdx),
    Or(HirIdx, HirIdx),
    Conditional {
        condition: HirIdx,
        yes: HirIdx,
        no: HirIdx,
    },
    List(Vec<HirIdx>),
    Index {
        of: HirIdx,
        index: HirIdx,
    },
    Quantify {
        quantifier: Quantifier,
        range: HirIdx,
        slot: usize,
        body: HirIdx,
    },
    Filter {
        range: HirIdx,
        slot: usize,
        body: HirIdx,
    },
    /// `map(x, body)`, or `map(x, filter, body)`.
    Map {
        range: HirIdx,
        slot: usize,
        filter: Option<HirIdx>,
        body: HirIdx,
    },
    SortBy {
        range: HirIdx,
        slot: usize,
        key: HirIdx,
    },
    Bind {
        slot: usize,
        value: HirIdx,
        body: HirIdx,
    },
    Call {
        function: Function,
        args: Vec<HirIdx>,
    },
}

impl Op {
    /// The parts, in the order in which they are evaluated.
    pub(crate) fn operands(&self) -> Vec<HirIdx> {
        match self {
            Self::Constant(_)
            | Self::Local(_)
            | Self::Let(_)
            | Self::Parameter(_)
            | Self::Today
            | Self::Gate
            | Self::Section { .. } => Vec::new(),
            Self::Property { of, .. }
            | Self::Id { of }
            | Self::LinkProperty { of, .. }
            | Self::LinkEnd { of, .. }
            | Self::Navigate { of, .. }
            | Self::NavigateOne { of, .. }
            | Self::Links { of, .. }
            | Self::Path { of, .. }
            | Self::Recorded { read: of }
            | Self::OptionalRead { read: of }
            | Self::Is { of, .. }
            | Self::Of { of, .. }
            | Self::Not(of)
            | Self::Negate(of) => vec![*of],
            Self::Define { of, args, .. } => [*of].iter().chain(args).copied().collect(),
            Self::Spread { list: of, body, .. }
            | Self::OptionalMap { of, body, .. }
            | Self::Quantify { range: of, body, .. }
            | Self::Filter { range: of, body, .. }
            | Self::SortBy { range: of, key: body, .. }
            | Self::Bind { value: of, body, .. }
            | Self::Binary { left: of, right: body, .. }
            | Self::And(of, body)
            | Self::Or(of, body)
            | Self::Index { of, index: body } => vec![*of, *body],
            Self::Map { range, filter, body, .. } => {
                [*range].iter().chain(filter).chain([body]).copied().collect()
            }
            Self::Conditional { condition, yes, no } => vec![*condition, *yes, *no],
            Self::List(items) | Self::Call { args: items, .. } => items.clone(),
        }
    }

    /// The slot that it gives values to for one of its operands, and the operand that they come from.
    pub(crate) fn binds(&self) -> Option<(usize, HirIdx)> {
        match self {
            Self::Spread { list: of, slot, .. }
            | Self::OptionalMap { of, slot, .. }
            | Self::Quantify { range: of, slot, .. }
            | Self::Filter { range: of, slot, .. }
            | Self::Map { range: of, slot, .. }
            | Self::SortBy { range: of, slot, .. }
            | Self::Bind { value: of, slot, .. } => Some((*slot, *of)),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Quantifier {
    All,
    Exists,
    ExistsOne,
}

/// A checked path: relations resolved, inverses pushed down to the steps.
#[derive(Debug, Clone)]
pub(crate) enum Route {
    /// One step; nothing from kinds that the relation isn't defined for.
    Step {
        relation: RelationIdx,
        inverse: bool,
    },
    Sequence(Vec<Route>),
    Alternative(Vec<Route>),
    Repeat(Box<Route>, Repeat),
    /// Keeps elements of the kinds.
    OfKind(Box<Route>, KindSet),
    /// Keeps elements whose property or definition is true.
    Where(Box<Route>, Test),
}

/// What a path filter asks of an element; kinds that have no answer are dropped.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    Property(PerKind<PropertyIdx>),
    Definition(PerKind<DefinitionIdx>),
}
