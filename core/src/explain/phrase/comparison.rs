//! What compares values, and what counts: `is at most 2`, `there are no …`.

use super::{Noun, Phraser, Scope};
use crate::cel::ast::Operator;
use crate::hir::{HirIdx, Op};
use crate::typing::functions::Function;
use crate::value::{Type, Value};

impl<'a> Phraser<'a> {
    pub(super) fn comparison(
        &self,
        scope: &Scope<'a>,
        operator: Operator,
        (left, right): (HirIdx, HirIdx),
        yes: bool,
    ) -> String {
        let operator = if yes { operator } else { opposite(operator) };
        if let (Some(list), Op::Constant(Value::Int(number))) =
            (counted(scope, left), scope.op(right))
        {
            let noun = self.noun(scope, list);
            return count(scope, &noun, operator, *number);
        }
        if let (Op::Constant(Value::Int(number)), Some(list)) =
            (scope.op(left), counted(scope, right))
        {
            let noun = self.noun(scope, list);
            return count(scope, &noun, mirrored(operator), *number);
        }
        let subject = self.said(scope, left);
        if operator == Operator::In {
            return self.among(scope, &subject, right, yes);
        }
        if let Op::Constant(Value::Text(text)) = scope.op(right)
            && text.is_empty()
        {
            match operator {
                Operator::Equal => {
                    return format!("{subject} {}", scope.pick("is empty", "is leeg"));
                }
                Operator::NotEqual => {
                    return format!("{subject} {}", scope.pick("is not empty", "is niet leeg"));
                }
                _ => {}
            }
        }
        if let Some(said) = self.apart(scope, &subject, operator, right) {
            return said;
        }
        if matches!(scope.ty(left), Type::Enum(e) if Some(*e) == self.vocabulary.phase) {
            let phase = self.said(scope, right);
            let said = match operator {
                Operator::Less => format!("{} {phase}", scope.pick("is before", "ligt vóór")),
                Operator::LessOrEqual => {
                    format!("is {phase} {}", scope.pick("or earlier", "of eerder"))
                }
                Operator::Greater => format!("{} {phase}", scope.pick("is after", "ligt na")),
                Operator::GreaterOrEqual => {
                    format!("is {phase} {}", scope.pick("or later", "of later"))
                }
                Operator::NotEqual => format!("{} {phase}", scope.pick("is not", "is niet")),
                _ => format!("is {phase}"),
            };
            return format!("{subject} {said}");
        }
        let dates = *scope.ty(left) == Type::Timestamp;
        let verb = match operator {
            Operator::Equal => scope.pick("is", "is"),
            Operator::NotEqual => scope.pick("is not", "is niet"),
            Operator::Less if dates => scope.pick("is before", "ligt vóór"),
            Operator::LessOrEqual if dates => scope.pick("is on or before", "ligt op of vóór"),
            Operator::Greater if dates => scope.pick("is after", "ligt na"),
            Operator::GreaterOrEqual if dates => scope.pick("is on or after", "ligt op of na"),
            Operator::Less => scope.pick("is less than", "is minder dan"),
            Operator::LessOrEqual => scope.pick("is at most", "is hoogstens"),
            Operator::Greater => scope.pick("is more than", "is meer dan"),
            Operator::GreaterOrEqual => scope.pick("is at least", "is minstens"),
            _ => scope.pick("is", "is"),
        };
        format!("{subject} {verb} {}", self.said(scope, right))
    }

    /// `is at most 180 days before today`, of what is compared with a date and a time span from it.
    fn apart(
        &self,
        scope: &Scope<'a>,
        subject: &str,
        operator: Operator,
        right: HirIdx,
    ) -> Option<String> {
        let Op::Binary { operator: sign, left: from, right: span } = scope.op(right) else {
            return None;
        };
        if (scope.ty(*from), scope.ty(*span)) != (&Type::Timestamp, &Type::Duration) {
            return None;
        }
        // What lies later lies less far before.
        let (side, operator) = match sign {
            Operator::Subtract => (scope.pick("before", "vóór"), mirrored(operator)),
            Operator::Add => (scope.pick("after", "na"), operator),
            _ => return None,
        };
        let verb = match operator {
            Operator::Less => scope.pick("is less than", "ligt minder dan"),
            Operator::LessOrEqual => scope.pick("is at most", "ligt hoogstens"),
            Operator::Greater => scope.pick("is more than", "ligt meer dan"),
            Operator::GreaterOrEqual => scope.pick("is at least", "ligt minstens"),
            _ => return None,
        };
        let (from, span) = (self.said(scope, *from), self.said(scope, *span));
        Some(format!("{subject} {verb} {span} {side} {from}"))
    }
}

fn counted(scope: &Scope<'_>, at: HirIdx) -> Option<HirIdx> {
    match scope.op(at) {
        Op::Call { function: Function::Size, args } => {
            args.first().copied().filter(|list| matches!(scope.ty(*list), Type::List(_)))
        }
        _ => None,
    }
}

/// `there are at least 2 roles of the programme`
pub(super) fn count(scope: &Scope<'_>, noun: &Noun, operator: Operator, number: i64) -> String {
    let (operator, number) = match operator {
        Operator::Greater => (Operator::GreaterOrEqual, number.saturating_add(1)),
        Operator::Less => (Operator::LessOrEqual, number.saturating_sub(1)),
        other => (other, number),
    };
    // One of several lists is enough for there to be any.
    let any = matches!((operator, number), (Operator::GreaterOrEqual, 1) | (Operator::NotEqual, 0));
    let either = scope.or(&noun.parts);
    let what = if any && !noun.parts.is_empty() { &either } else { &noun.text };
    match (operator, number) {
        (Operator::Equal | Operator::LessOrEqual, 0) => {
            format!("{} {what}", scope.pick("there are no", "er zijn geen"))
        }
        _ if any => {
            format!("{} {what}", scope.pick("there are one or more", "er zijn een of meer"))
        }
        (Operator::GreaterOrEqual, _) => {
            format!("{} {number} {what}", scope.pick("there are at least", "er zijn minstens"))
        }
        (Operator::LessOrEqual, 1) => {
            let words = scope.pick("there is at most one of the", "er is hoogstens één van de");
            format!("{words} {what}")
        }
        (Operator::LessOrEqual, _) => {
            format!("{} {number} {what}", scope.pick("there are at most", "er zijn hoogstens"))
        }
        (Operator::NotEqual, _) => match scope.pick("en", "nl") {
            "en" => format!("the number of {what} is not {number}"),
            _ => format!("het aantal {what} is niet {number}"),
        },
        _ => match scope.pick("en", "nl") {
            "en" => format!("the number of {what} is exactly {number}"),
            _ => format!("het aantal {what} is precies {number}"),
        },
    }
}

fn opposite(operator: Operator) -> Operator {
    match operator {
        Operator::Equal => Operator::NotEqual,
        Operator::NotEqual => Operator::Equal,
        Operator::Less => Operator::GreaterOrEqual,
        Operator::LessOrEqual => Operator::Greater,
        Operator::Greater => Operator::LessOrEqual,
        Operator::GreaterOrEqual => Operator::Less,
        other => other,
    }
}

fn mirrored(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::Greater,
        Operator::LessOrEqual => Operator::GreaterOrEqual,
        Operator::Greater => Operator::Less,
        Operator::GreaterOrEqual => Operator::LessOrEqual,
        other => other,
    }
}
