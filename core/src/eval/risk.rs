//! What may come of what isn't known yet, besides a value: an error, or no number.
//!
//! What is certain of a list that is partly known has to stay so once all of it is. So the language wants to know
//! of everything unknown whether it can turn out to be an error: then a list that it is a member of is unknown as a
//! whole, as it is an error where a member is one.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;

use super::outcome::{Facts, Outcome, Risk};
use super::reference::{Evaluator, Frame, Lets, body_key};
use crate::cel::ast::Operator;
use crate::hir::{Body, DefinitionIdx, HirIdx, PerKind, Route, Test};
use crate::typing::functions::Function;
use crate::value::{Type, Value};

/// What evaluating parts comes to whatever they are about, worked out when first asked for.
#[derive(Default)]
pub(crate) struct Risks {
    known: RefCell<FxHashMap<(usize, HirIdx), Risk>>,
    /// Whether what is evaluated is only supposed: nothing is known, and no list is gone through.
    supposing: Cell<bool>,
}

impl Outcome {
    /// The same, of which this may come once it is known; unchanged where it is.
    #[must_use]
    pub(super) fn risking(self, risk: Risk) -> Self {
        match self {
            Self::Unknown(mut unknown) => {
                unknown.facts = unknown.facts.risking(risk);
                Self::Unknown(unknown)
            }
            other => other,
        }
    }

    /// A number or moment that was computed: where nothing bounds it, it may lie out of range.
    pub(super) fn computed(self, ty: &Type) -> Self {
        match (&self, ty) {
            (Self::Unknown(unknown), _) if unknown.least.is_some() && unknown.most.is_some() => {
                self
            }
            (_, Type::Text | Type::List(_)) => self,
            (_, Type::Double) => self.risking(Risk::NoNumber),
            _ => self.risking(Risk::Error),
        }
    }
}

/// What an operator came to that isn't a logical one.
pub(super) fn of_operator(
    operator: Operator,
    right: &Outcome,
    outcome: Outcome,
    ty: &Type,
) -> Outcome {
    match (operator, right) {
        // Of numbers only the least has no opposite.
        (Operator::Divide | Operator::Remainder, Outcome::Value(Value::Int(by)))
            if !matches!(by, -1 | 0) =>
        {
            outcome
        }
        (
            Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Remainder,
            _,
        ) => outcome.computed(ty),
        _ => outcome,
    }
}

/// What a function came to.
pub(super) fn of_function(
    function: Function,
    args: &[Outcome],
    types: &[&Type],
    outcome: Outcome,
    ty: &Type,
) -> Outcome {
    if !matches!(outcome, Outcome::Unknown(_)) {
        return outcome;
    }
    let of_doubles = || match types {
        [Type::List(member), ..] => **member == Type::Double,
        types => types.contains(&&Type::Double),
    };
    let risk = match (function, types) {
        (Function::Sum | Function::Abs, _) => return outcome.computed(ty),
        (Function::Sqrt, _) => Risk::NoNumber,
        // Where members are known, what may be no number among them has been looked for.
        (Function::Min | Function::Max, _) if matches!(args, [Outcome::List(_)]) => Risk::None,
        (Function::Min | Function::Max | Function::Sort, _) if !of_doubles() => Risk::None,
        (Function::Greatest | Function::Least, [_, _]) if !of_doubles() => Risk::None,
        (Function::Matches, _) if matches!(args, [_, Outcome::Value(_)]) => Risk::None,
        (Function::IndexOf | Function::LastIndexOf, [_, _]) => Risk::None,
        (Function::ToInt, [Type::Int | Type::Timestamp])
        | (Function::ToDouble, [Type::Int | Type::Double])
        | (Function::ToBool, [Type::Bool])
        | (Function::ToTimestamp, [Type::Timestamp])
        | (Function::ToDuration, [Type::Duration]) => Risk::None,
        _ if function.is_total() => Risk::None,
        _ => Risk::Error,
    };
    outcome.risking(risk)
}

impl Evaluator<'_> {
    /// Whether what is evaluated is only supposed.
    pub(super) fn is_supposing(&self) -> bool {
        self.risks.supposing.get()
    }

    /// What may come of a part whatever its local values are.
    pub(super) fn risk_of(&self, frame: &Frame<'_>, at: HirIdx) -> Risk {
        self.risk_within(frame.body, at, frame.lets_of()).max(frame.risk())
    }

    /// What may come of one of the definitions, whatever element it is asked of.
    pub(super) fn risk_of_definitions(&self, definitions: &PerKind<DefinitionIdx>) -> Risk {
        let bodies = definitions
            .iter()
            .filter_map(|(_, definition)| self.packs.definitions[*definition].body.as_ref());
        let risks = bodies.map(|body| self.risk_within(body, body.root, &[]));
        risks.max().unwrap_or_default()
    }

    /// What may come of following a path, whatever element it starts from.
    pub(super) fn risk_of_route(&self, route: &Route) -> Risk {
        match route {
            Route::Step { .. } => Risk::None,
            Route::Sequence(parts) | Route::Alternative(parts) => {
                parts.iter().map(|part| self.risk_of_route(part)).max().unwrap_or_default()
            }
            Route::Repeat(inner, _) | Route::OfKind(inner, _) => self.risk_of_route(inner),
            Route::Where(inner, Test::Property(_)) => self.risk_of_route(inner),
            Route::Where(inner, Test::Definition(definitions)) => {
                self.risk_of_route(inner).max(self.risk_of_definitions(definitions))
            }
        }
    }

    fn risk_within(&self, body: &Body, at: HirIdx, lets: &[(String, Body)]) -> Risk {
        let key = (body_key(body), at);
        if let Some(known) = self.risks.known.borrow().get(&key) {
            return *known;
        }
        let lets = Lets::new(lets);
        let unknown = vec![Outcome::unknown(Facts::none()); body.slots];
        let mut frame = Frame::new(body, &unknown, &lets);
        let before = self.risks.supposing.replace(true);
        let risk = self.node(&mut frame, at).risk();
        self.risks.supposing.set(before);
        self.risks.known.borrow_mut().insert(key, risk);
        risk
    }
}
