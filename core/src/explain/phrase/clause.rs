//! Questions: clauses that are true or false.

use super::comparison::count;
use super::{Form, LONGEST, Named, Noun, Phraser, Scope};
use crate::cel::ast::Operator;
use crate::hir::{HirIdx, Op, Quantifier};
use crate::typing::functions::Function;
use crate::value::{Type, Value};

impl<'a> Phraser<'a> {
    /// The question in a node as a clause that says yes to it, or no.
    pub(in crate::explain) fn clause(&self, scope: &Scope<'a>, at: HirIdx, yes: bool) -> String {
        self.look(|| self.clause_by_op(scope, at, yes)).unwrap_or_else(|| "…".to_owned())
    }

    fn clause_by_op(&self, scope: &Scope<'a>, at: HirIdx, yes: bool) -> String {
        match scope.op(at) {
            Op::Not(of) => self.clause(scope, *of, !yes),
            Op::And(..) | Op::Or(..) => self.joined(scope, at, yes),
            Op::Binary { operator, left, right } => {
                self.comparison(scope, *operator, (*left, *right), yes)
            }
            Op::Recorded { read } => self.recorded(scope, *read, yes),
            Op::Quantify { quantifier, range, slot, body } => {
                self.quantified(scope, *quantifier, *range, (*slot, *body), yes)
            }
            Op::Let(position) => self.let_clause(scope, *position, yes),
            Op::Define { of, definition, args } => {
                let said = self.expand(
                    scope,
                    definition,
                    *of,
                    args,
                    |inner| self.clause(inner, inner.body.root, yes),
                    String::as_str,
                );
                said.unwrap_or_else(|| {
                    self.note_definition(definition);
                    let of = self.noun(scope, *of);
                    let name = Self::words(self.definition_name(definition));
                    let name = match of.form {
                        Form::It => name,
                        Form::One | Form::Many | Form::Plain => {
                            format!("{name} {} {}", scope.pick("of", "van"), scope.the(&of))
                        }
                    };
                    let name = format!("{name}{}", self.arguments(scope, args));
                    Self::yes_or_no(scope, &name, yes)
                })
            }
            Op::Is { of, kinds } => {
                let subject = self.said(scope, *of);
                let kinds: Vec<String> = kinds
                    .iter()
                    .map(|kind| self.vocabulary.kinds[kind].label.get(scope.language).to_owned())
                    .collect();
                let kinds = scope.or(&kinds);
                let vowel = kinds.starts_with(['a', 'e', 'i', 'o', 'u']);
                let verb = match (yes, vowel) {
                    (true, false) => scope.pick("is a", "is een"),
                    (true, true) => scope.pick("is an", "is een"),
                    (false, false) => scope.pick("is not a", "is geen"),
                    (false, true) => scope.pick("is not an", "is geen"),
                };
                format!("{subject} {verb} {kinds}")
            }
            Op::Conditional { condition, yes: then, no: other } => {
                let condition = self.clause(scope, *condition, true);
                let (then, other) =
                    (self.clause(scope, *then, yes), self.clause(scope, *other, yes));
                match scope.pick("en", "nl") {
                    "en" => format!("if {condition}: {then}, else: {other}"),
                    _ => format!("als geldt: {condition}, dan: {then}, anders: {other}"),
                }
            }
            Op::Bind { slot, value, body } => {
                let value = self.noun(&scope.in_full(), *value);
                self.clause(&scope.with(*slot, value), *body, yes)
            }
            Op::Call { function, args } => self.asked(scope, at, *function, args, yes),
            Op::Constant(Value::Bool(value)) => {
                if *value == yes {
                    scope.pick("always", "altijd").to_owned()
                } else {
                    scope.pick("never", "nooit").to_owned()
                }
            }
            _ => {
                let noun = self.said(scope, at);
                Self::yes_or_no(scope, &noun, yes)
            }
        }
    }

    fn yes_or_no(scope: &Scope<'_>, what: &str, yes: bool) -> String {
        let answer = if yes { scope.pick("yes", "ja") } else { scope.pick("no", "nee") };
        format!("{what}: {answer}")
    }

    fn let_clause(&self, scope: &Scope<'a>, position: usize, yes: bool) -> String {
        let Some(inner) = self.let_scope(scope, position) else { return "…".to_owned() };
        let said = self.clause(&inner, inner.body.root, yes);
        if said.chars().count() <= LONGEST {
            return said;
        }
        self.note(Named::Let(position));
        let name = self.lets.get(position).map_or("", |(name, _)| name);
        Self::yes_or_no(scope, &Self::words(name), yes)
    }

    /// `a and b`; where no is said, `not a or not b`.
    fn joined(&self, scope: &Scope<'a>, at: HirIdx, yes: bool) -> String {
        let is_and = matches!(scope.op(at), Op::And(..));
        let parts = operands(scope, at);
        let said: Vec<String> = parts
            .iter()
            .filter(|part| !(is_and && yes && is_implied(scope, **part, &parts)))
            .map(|part| {
                let said = self.clause(scope, *part, yes);
                let mixed = matches!(scope.op(*part), Op::And(..) | Op::Or(..));
                if mixed { format!("({said})") } else { said }
            })
            .collect();
        if is_and == yes { scope.and(&said) } else { scope.or(&said) }
    }

    pub(super) fn among(
        &self,
        scope: &Scope<'a>,
        subject: &str,
        right: HirIdx,
        yes: bool,
    ) -> String {
        if let Some(choices) = self.choices(scope, right) {
            let not = if yes { scope.pick("is", "is") } else { scope.pick("is not", "is niet") };
            return format!("{subject} {not} {choices}");
        }
        let right = self.noun(scope, right);
        let verb = if yes {
            scope.pick("is one of the", "is een van de")
        } else {
            scope.pick("is none of the", "is geen van de")
        };
        format!("{subject} {verb} {}", right.text)
    }

    /// Values to choose from: `a, b or c`.
    fn choices(&self, scope: &Scope<'a>, at: HirIdx) -> Option<String> {
        let values = match scope.op(at) {
            Op::List(items) => items.iter().map(|item| self.said(scope, *item)).collect(),
            Op::Constant(Value::List(items)) => self.values(scope, items),
            Op::Parameter(parameter) => match &self.typed.parameters[*parameter].value {
                Value::List(items) => self.values(scope, items),
                _ => return None,
            },
            _ => return None,
        };
        Some(scope.or(&values))
    }

    fn values(&self, scope: &Scope<'a>, items: &[Value]) -> Vec<String> {
        items.iter().map(|item| self.value(scope, item)).collect()
    }

    fn recorded(&self, scope: &Scope<'a>, read: HirIdx, yes: bool) -> String {
        let noun = self.noun(scope, read);
        match (noun.form, yes) {
            (Form::Many, true) => count(scope, &noun, Operator::GreaterOrEqual, 1),
            (Form::Many, false) => count(scope, &noun, Operator::Equal, 0),
            (_, true) if matches!(scope.ty(read), Type::List(_)) => {
                format!("{} {}", noun.text, scope.pick("are recorded", "zijn vastgelegd"))
            }
            (_, true) => format!("{} {}", noun.text, scope.pick("is recorded", "is vastgelegd")),
            (_, false) => {
                format!("{} {}", noun.text, scope.pick("is not recorded", "is niet vastgelegd"))
            }
        }
    }

    fn quantified(
        &self,
        scope: &Scope<'a>,
        quantifier: Quantifier,
        range: HirIdx,
        (slot, body): (usize, HirIdx),
        yes: bool,
    ) -> String {
        let inner = self.member_scope(scope, range, slot);
        if quantifier == Quantifier::Exists {
            let noun = self.noun(scope, range);
            if noun.form == Form::Many && self.is_selection(&inner, slot, body) {
                let found = self.filtered(scope, &noun, range, slot, body);
                let (operator, number) =
                    if yes { (Operator::GreaterOrEqual, 1) } else { (Operator::Equal, 0) };
                return count(scope, &found, operator, number);
            }
        }
        let head = self.quantifier(scope, quantifier, range, yes);
        format!("{head}: {}", self.clause(&inner, body, true))
    }

    /// `each of the roles`
    pub(in crate::explain) fn quantifier(
        &self,
        scope: &Scope<'a>,
        quantifier: Quantifier,
        range: HirIdx,
        yes: bool,
    ) -> String {
        let head = match (quantifier, yes) {
            (Quantifier::All, true) => scope.pick("each of the", "elk van de"),
            (Quantifier::All, false) => scope.pick("not each of the", "niet elk van de"),
            (Quantifier::Exists, true) => scope.pick("at least one of the", "minstens één van de"),
            (Quantifier::Exists, false) => scope.pick("none of the", "geen van de"),
            (Quantifier::ExistsOne, true) => scope.pick("exactly one of the", "precies één van de"),
            (Quantifier::ExistsOne, false) => {
                scope.pick("not exactly one of the", "niet precies één van de")
            }
        };
        format!("{head} {}", self.noun(scope, range).text)
    }

    /// Inside what is asked of each member of a list.
    pub(in crate::explain) fn member_scope(
        &self,
        scope: &Scope<'a>,
        range: HirIdx,
        slot: usize,
    ) -> Scope<'a> {
        scope.about(slot, &self.member(scope.ty(range), scope.language))
    }

    fn asked(
        &self,
        scope: &Scope<'a>,
        at: HirIdx,
        function: Function,
        args: &[HirIdx],
        yes: bool,
    ) -> String {
        let verb = |yes_en, no_en, yes_nl, no_nl| {
            if yes { scope.pick(yes_en, yes_nl) } else { scope.pick(no_en, no_nl) }
        };
        match (function, args) {
            (Function::SetsContains, [list, wanted]) => {
                let are_two = self.is_pair(scope, *wanted);
                let (list, wanted) = (self.said(scope, *list), self.said(scope, *wanted));
                match (scope.pick("en", "nl"), yes) {
                    ("en", true) if are_two => format!("{wanted} both occur in {list}"),
                    (_, true) if are_two => format!("{wanted} komen beide voor in {list}"),
                    ("en", true) => format!("{wanted} all occur in {list}"),
                    ("en", false) => format!("{wanted} do not all occur in {list}"),
                    (_, true) => format!("{wanted} komen alle voor in {list}"),
                    (_, false) => format!("{wanted} komen niet alle voor in {list}"),
                }
            }
            (Function::SetsIntersects, [left, right]) => {
                let (left, right) = (self.said(scope, *left), self.said(scope, *right));
                let verb = verb(
                    "overlap with",
                    "do not overlap with",
                    "overlappen met",
                    "overlappen niet met",
                );
                format!("{left} {verb} {right}")
            }
            (Function::SetsEquivalent, [left, right]) => {
                let (left, right) = (self.said(scope, *left), self.said(scope, *right));
                let verb = verb(
                    "are the same as",
                    "are not the same as",
                    "zijn dezelfde als",
                    "zijn niet dezelfde als",
                );
                format!("{left} {verb} {right}")
            }
            (Function::HasValue, [read]) => self.recorded(scope, *read, yes),
            (Function::StartsWith, [text, start]) => {
                let (text, start) = (self.said(scope, *text), self.said(scope, *start));
                let verb =
                    verb("starts with", "does not start with", "begint met", "begint niet met");
                format!("{text} {verb} {start}")
            }
            (Function::EndsWith, [text, end]) => {
                let (text, end) = (self.said(scope, *text), self.said(scope, *end));
                let verb = verb("ends with", "does not end with", "eindigt op", "eindigt niet op");
                format!("{text} {verb} {end}")
            }
            (Function::Contains, [text, part]) => {
                let (text, part) = (self.said(scope, *text), self.said(scope, *part));
                let verb = verb("contains", "does not contain", "bevat", "bevat geen");
                format!("{text} {verb} {part}")
            }
            (Function::Matches, [text, pattern]) => {
                let (text, pattern) = (self.said(scope, *text), self.said(scope, *pattern));
                let verb = verb(
                    "has the form",
                    "does not have the form",
                    "heeft de vorm",
                    "heeft niet de vorm",
                );
                format!("{text} {verb} {pattern}")
            }
            _ => {
                let noun = self.noun(scope, at);
                Self::yes_or_no(scope, &noun.text, yes)
            }
        }
    }

    /// Whether two values are listed.
    fn is_pair(&self, scope: &Scope<'a>, at: HirIdx) -> bool {
        let listed = match scope.op(at) {
            Op::List(items) => return items.len() == 2,
            Op::Constant(value) => value,
            Op::Parameter(parameter) => &self.typed.parameters[*parameter].value,
            _ => return false,
        };
        matches!(listed, Value::List(items) if items.len() == 2)
    }

    /// `roles of the programme whose type of role is commissioner`
    pub(super) fn filtered(
        &self,
        scope: &Scope<'a>,
        noun: &Noun,
        range: HirIdx,
        slot: usize,
        body: HirIdx,
    ) -> Noun {
        let inner = self.member_scope(scope, range, slot);
        let (with, where_) = self.selection(&inner, slot, body);
        let mut by = String::new();
        if !with.is_empty() {
            let and = if noun.selected { scope.pick("and ", "en ") } else { "" };
            by = format!(" {and}{}", scope.and(&with));
        }
        if !where_.is_empty() {
            let where_ = scope.and(&where_);
            by = format!("{by} ({} {where_})", scope.pick("where", "waarvoor geldt:"));
        }
        let mut parts = noun.parts.clone();
        if let Some(last) = parts.last_mut() {
            last.push_str(&by);
        }
        Noun { selected: true, parts, ..Noun::new(format!("{}{by}", noun.text), noun.form) }
    }

    /// Whether that some member meets a question can be said as that there are such members.
    pub(in crate::explain) fn is_selection(
        &self,
        member: &Scope<'a>,
        slot: usize,
        body: HirIdx,
    ) -> bool {
        self.selection(member, slot, body).1.is_empty()
    }

    /// What members of a list are selected by: what can be said as `whose type is …`, and the rest.
    fn selection(
        &self,
        scope: &Scope<'a>,
        slot: usize,
        body: HirIdx,
    ) -> (Vec<String>, Vec<String>) {
        let parts = match scope.op(body) {
            Op::And(..) => operands(scope, body),
            _ => vec![body],
        };
        let (mut with, mut other) = (Vec::new(), Vec::new());
        for part in &parts {
            if is_implied(scope, *part, &parts) {
                continue;
            }
            match self.trait_of(scope, slot, *part) {
                Some(said) => with.push(said),
                None => {
                    let said = self.clause(scope, *part, true);
                    let mixed = matches!(scope.op(*part), Op::Or(..));
                    other.push(if mixed && parts.len() > 1 { format!("({said})") } else { said });
                }
            }
        }
        (with, other)
    }

    /// `whose type is a or b`, where that is what a question asks of the member.
    fn trait_of(&self, scope: &Scope<'a>, slot: usize, at: HirIdx) -> Option<String> {
        let Op::Binary { operator, left, right } = scope.op(at) else { return None };
        let (Op::Property { of, .. } | Op::LinkProperty { of, .. }) = scope.op(*left) else {
            return None;
        };
        let of_member = match scope.op(*of) {
            Op::Local(of) => *of == slot,
            Op::LinkEnd { of, target: true } => {
                matches!(scope.op(*of), Op::Local(of) if *of == slot)
            }
            _ => false,
        };
        if !of_member {
            return None;
        }
        let wanted = match (operator, scope.op(*right)) {
            (Operator::Equal, Op::Constant(Value::Text(text))) if text.is_empty() => return None,
            (Operator::Equal, Op::Constant(_) | Op::Local(_) | Op::Parameter(_)) => {
                self.said(scope, *right)
            }
            (Operator::In, _) => self.choices(scope, *right)?,
            _ => return None,
        };
        let what = self.noun(scope, *left).text;
        Some(match scope.pick("en", "nl") {
            "en" => format!("whose {what} is {wanted}"),
            _ => format!("met als {what} {wanted}"),
        })
    }
}

/// The operands of a chain of one logical operator, in their order.
pub(in crate::explain) fn operands(scope: &Scope<'_>, at: HirIdx) -> Vec<HirIdx> {
    let is_and = matches!(scope.op(at), Op::And(..));
    let mut waiting = vec![at];
    let mut found = Vec::new();
    while let Some(next) = waiting.pop() {
        match scope.op(next) {
            Op::And(left, right) if is_and => waiting.extend([*right, *left]),
            Op::Or(left, right) if !is_and => waiting.extend([*right, *left]),
            _ => found.push(next),
        }
    }
    found
}

/// Whether a part only makes sure that something is recorded that another part then looks at.
fn is_implied(scope: &Scope<'_>, at: HirIdx, parts: &[HirIdx]) -> bool {
    let Op::Recorded { read } = scope.op(at) else { return false };
    if !matches!(scope.op(*read), Op::Property { .. } | Op::LinkProperty { .. }) {
        return false;
    }
    let text = scope.source(*read);
    let looks = |part: HirIdx| match scope.op(part) {
        Op::Binary { operator: Operator::NotEqual, .. } => false,
        Op::Binary { left, right, .. } => [*left, *right].iter().any(|n| scope.source(*n) == text),
        Op::Not(of) => scope.source(*of) == text,
        _ => scope.source(part) == text,
    };
    !text.is_empty() && parts.iter().any(|part| *part != at && looks(*part))
}
