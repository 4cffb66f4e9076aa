//! Typing operators, and what conditions say of the kinds of what they test.

use super::expression::{Named, Typer};
use super::functions::Function;
use super::types::{comparable, join, orderable};
use crate::cel::ast::{ExprIdx, Operator};
use crate::diagnostic::{Code, Diagnostic};
use crate::hir::{HirIdx, Op};
use crate::metamodel::{EnumIdx, KindSet};
use crate::source::Span;
use crate::suggest::nearest;
use crate::value::{Type, Value};

impl Typer<'_, '_> {
    pub(super) fn logical(
        &mut self,
        operator: Operator,
        left: ExprIdx,
        right: ExprIdx,
        span: Span,
    ) -> Option<HirIdx> {
        let what = if operator == Operator::And { "`&&`" } else { "`||`" };
        let left = self.expect(left, &Type::Bool, what);
        let right = self.narrowing(left, operator == Operator::And, |typer| {
            typer.expect(right, &Type::Bool, what)
        });
        let (left, right) = (left?, right?);
        let op = if operator == Operator::And { Op::And(left, right) } else { Op::Or(left, right) };
        Some(self.node(op, Type::Bool, span, &[left, right]))
    }

    /// Runs `inside` knowing that the condition is `truth`.
    pub(super) fn narrowing<T>(
        &mut self,
        condition: Option<HirIdx>,
        truth: bool,
        inside: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.narrowed.len();
        if let Some(condition) = condition {
            self.narrow(condition, truth);
        }
        let result = inside(self);
        self.narrowed.truncate(before);
        result
    }

    fn narrow(&mut self, condition: HirIdx, truth: bool) {
        match (self.nodes[condition].op.clone(), truth) {
            (Op::Is { of, kinds }, _) => {
                let named = match self.nodes[of].op {
                    Op::Local(slot) => Some(Named::Local(slot)),
                    Op::Let(position) => Some(Named::Let(position)),
                    _ => None,
                };
                if let (Some(named), Type::Element(before)) = (named, &self.nodes[of].ty) {
                    let after = if truth {
                        before.intersection(&kinds)
                    } else {
                        before.iter().filter(|kind| !kinds.contains(*kind)).collect()
                    };
                    if !after.is_empty() {
                        self.narrowed.push((named, after));
                    }
                }
            }
            (Op::Not(of), _) => self.narrow(of, !truth),
            (Op::And(left, right), true) | (Op::Or(left, right), false) => {
                self.narrow(left, truth);
                self.narrow(right, truth);
            }
            _ => {}
        }
    }

    pub(super) fn binary(
        &mut self,
        operator: Operator,
        operator_span: Span,
        left: HirIdx,
        right: HirIdx,
        span: Span,
    ) -> Option<HirIdx> {
        let (a, b) = (self.ty(left).clone(), self.ty(right).clone());
        let ty = match operator {
            Operator::Equal | Operator::NotEqual => comparable(&a, &b).then_some(Type::Bool),
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => {
                orderable(self.cx.vocabulary, &a, &b).then_some(Type::Bool)
            }
            Operator::In => match &b {
                Type::List(member) => comparable(&a, member).then_some(Type::Bool),
                Type::Map(key, _) => comparable(&a, key).then_some(Type::Bool),
                _ => None,
            },
            Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Remainder => arithmetic(operator, &a, &b),
            // Logical operators don't come here.
            Operator::And | Operator::Or => None,
        };
        let Some(ty) = ty else {
            let problem =
                self.operator_problem(operator, operator_span, (left, &a), (right, &b), span);
            return self.fail(problem);
        };
        self.check_states(operator, left, right)?;
        Some(self.node(Op::Binary { operator, left, right }, ty, span, &[left, right]))
    }

    fn operator_problem(
        &self,
        operator: Operator,
        operator_span: Span,
        (left, a): (HirIdx, &Type),
        (right, b): (HirIdx, &Type),
        span: Span,
    ) -> Diagnostic {
        let (symbol, x, y) = (operator.symbol(), self.name(a), self.name(b));
        let numbers = matches!((a, b), (Type::Int, Type::Double) | (Type::Double, Type::Int));
        match operator {
            Operator::Equal | Operator::NotEqual | Operator::In => {
                let message =
                    if operator == Operator::In && !matches!(b, Type::List(_) | Type::Map(..)) {
                        format!("`in` looks in a list or a map, not in {y}")
                    } else if operator == Operator::In {
                        format!("{x} is never in {y}")
                    } else {
                        format!("{x} and {y} are never equal")
                    };
                let problem = self.problem(span, Code::TypeMismatch, message);
                match (a, b) {
                    (Type::Enum(e), Type::Text) => self.enum_help(problem, *e, right),
                    (Type::Text, Type::Enum(e)) => self.enum_help(problem, *e, left),
                    (Type::Enum(e), Type::Enum(_)) => {
                        let name = &self.cx.vocabulary.enumerations[*e].name;
                        problem.help(format!("compare with a value of `{name}`"))
                    }
                    (Type::Optional(_), _) | (_, Type::Optional(_)) => {
                        problem.help("an optional has its value under `.orValue(…)`")
                    }
                    (Type::List(_), Type::Element(_)) | (Type::Element(_), Type::List(_))
                        if operator != Operator::In =>
                    {
                        problem.help("ask whether the element is `in` the list")
                    }
                    (Type::Text, Type::Text) => problem.help("look in a text with `.contains(…)`"),
                    (Type::Text, Type::Int | Type::Double)
                    | (Type::Int | Type::Double, Type::Text) => {
                        problem.help("a number is written without quotes; make one of a text with `int(x)` or `double(x)`")
                    }
                    _ => problem,
                }
            }
            Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => {
                let problem = self.problem(
                    operator_span,
                    Code::TypeMismatch,
                    format!("`{symbol}` can't compare {x} with {y}"),
                );
                match (a, b) {
                    (Type::Enum(e), Type::Enum(f)) if e == f => {
                        problem.help(format!("the values of `{x}` have no order: use `==` or `in`"))
                    }
                    (Type::Duration, Type::Int) | (Type::Int, Type::Duration) => {
                        problem.help("make a duration of the number of days: `days(n)`")
                    }
                    (Type::List(_), Type::Int) => problem.help("count a list with `.size()`"),
                    _ => problem,
                }
            }
            _ => {
                let problem = self.problem(
                    operator_span,
                    Code::TypeMismatch,
                    format!("`{symbol}` can't be used on {x} and {y}"),
                );
                match (a, b) {
                    _ if numbers => problem
                        .help("write the number as `2.0`, or convert with `double(x)`: int and double don't mix"),
                    (Type::Timestamp | Type::Duration, Type::Int) => {
                        problem.help("make a duration of the number of days: `days(n)`")
                    }
                    (Type::Text, _) | (_, Type::Text) => problem.help("make text of a value with `string(x)`"),
                    _ => problem,
                }
            }
        }
    }

    pub(super) fn enum_help(
        &self,
        problem: Diagnostic,
        enumeration: EnumIdx,
        text: HirIdx,
    ) -> Diagnostic {
        let name = &self.cx.vocabulary.enumerations[enumeration].name;
        if let Op::Constant(Value::Text(written)) = &self.nodes[text].op {
            let values = &self.cx.vocabulary.enumerations[enumeration].values;
            if let Some(near) = nearest(written, values.iter().map(|value| value.name.as_str())) {
                return problem.help(format!("write `{name}.{near}`"));
            }
        }
        problem.help(format!("write a value of the enumeration, `{name}.…`"))
    }

    /// Refuses a state that no kind at hand has.
    fn check_states(&mut self, operator: Operator, left: HirIdx, right: HirIdx) -> Option<()> {
        if !matches!(operator, Operator::Equal | Operator::NotEqual | Operator::In) {
            return Some(());
        }
        let Some(state) = self.cx.vocabulary.state else { return Some(()) };
        for (read, other) in [(left, right), (right, left)] {
            let Some(kinds) = self.state_of(read, state) else { continue };
            let candidates = match &self.nodes[other].op {
                Op::List(items) => items.clone(),
                _ => vec![other],
            };
            for candidate in candidates {
                let node = &self.nodes[candidate];
                let Op::Constant(Value::Enum(_, position)) = node.op else { continue };
                let span = node.span;
                let vocabulary = self.cx.vocabulary;
                if kinds.iter().any(|kind| vocabulary.kinds[kind].states.contains(&position)) {
                    continue;
                }
                let problem = self.impossible_state(&kinds, (state, position), span);
                return self.fail(problem);
            }
        }
        Some(())
    }

    fn impossible_state(
        &self,
        kinds: &KindSet,
        (state, position): (EnumIdx, u32),
        span: Span,
    ) -> Diagnostic {
        let vocabulary = self.cx.vocabulary;
        let mut states: Vec<u32> = Vec::new();
        for known in kinds.iter().flat_map(|kind| &vocabulary.kinds[kind].states) {
            if !states.contains(known) {
                states.push(*known);
            }
        }
        let names: Vec<&str> =
            states.iter().map(|state_of| vocabulary.enum_name(state, *state_of)).collect();
        let value = vocabulary.enum_name(state, position);
        let mut all = kinds.iter();
        let (message, whose) = match (all.next(), all.next()) {
            (Some(only), None) => {
                let kind = &vocabulary.kinds[only].name;
                (format!("the kind `{kind}` has no state `{value}`"), "its")
            }
            _ => (format!("none of the kinds at hand has a state `{value}`"), "their"),
        };
        let problem = self.problem(span, Code::ImpossibleState, message);
        let problem = match nearest(value, names.iter().copied()) {
            Some(near) => {
                let near = format!("{}.{near}", vocabulary.enumerations[state].name);
                problem.suggest(Some(&near))
            }
            None => problem,
        };
        problem.help(format!("{whose} states are {}", names.join(", ")))
    }

    /// The kinds whose state a node reads.
    fn state_of(&self, node: HirIdx, state: EnumIdx) -> Option<KindSet> {
        let read = match &self.nodes[node].op {
            Op::Call { function: Function::OrValue, args } => *args.first()?,
            _ => node,
        };
        let read = match &self.nodes[read].op {
            Op::OptionalRead { read } => *read,
            _ => read,
        };
        match (&self.nodes[read].op, &self.nodes[read].ty) {
            (Op::Property { field, .. }, Type::Enum(e)) if *e == state => {
                Some(field.iter().map(|(kind, _)| *kind).collect())
            }
            _ => None,
        }
    }
}

/// The type of an arithmetic operation; `None` where there is none.
fn arithmetic(operator: Operator, a: &Type, b: &Type) -> Option<Type> {
    match (operator, a, b) {
        // What is never there, such as a member of `[]`, gives what is never there.
        (_, Type::Never, _) | (_, _, Type::Never) => Some(Type::Never),
        (Operator::Remainder, Type::Int, Type::Int) => Some(Type::Int),
        (Operator::Remainder, ..) => None,
        (_, Type::Int, Type::Int) => Some(Type::Int),
        (_, Type::Double, Type::Double) => Some(Type::Double),
        (Operator::Add, Type::Text, Type::Text) => Some(Type::Text),
        (Operator::Add, Type::List(x), Type::List(y)) => join(x, y).map(Type::list),
        (Operator::Add, Type::Timestamp, Type::Duration)
        | (Operator::Add, Type::Duration, Type::Timestamp)
        | (Operator::Subtract, Type::Timestamp, Type::Duration) => Some(Type::Timestamp),
        (Operator::Add | Operator::Subtract, Type::Duration, Type::Duration)
        | (Operator::Subtract, Type::Timestamp, Type::Timestamp) => Some(Type::Duration),
        _ => None,
    }
}
