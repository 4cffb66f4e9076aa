//! Things: elements, lists of them, values.

use super::{Form, LONGEST, Named, Noun, Phraser, Scope};
use crate::cel::ast::Operator;
use crate::hir::{HirIdx, Op, Route, Test};
use crate::metamodel::{KindSet, PropertyIdx, PropertyType, RelationIdx};
use crate::path::Repeat;
use crate::typing::functions::Function;
use crate::value::{Type, Value};

impl<'a> Phraser<'a> {
    /// What a node yields.
    pub(in crate::explain) fn noun(&self, scope: &Scope<'a>, at: HirIdx) -> Noun {
        self.narrowed(scope, at, None)
    }

    /// The same, of these kinds only.
    fn narrowed(&self, scope: &Scope<'a>, at: HirIdx, only: Option<&KindSet>) -> Noun {
        self.look(|| self.narrowed_by_op(scope, at, only)).unwrap_or_else(|| Noun::plain("…"))
    }

    fn narrowed_by_op(&self, scope: &Scope<'a>, at: HirIdx, only: Option<&KindSet>) -> Noun {
        match scope.op(at) {
            Op::Constant(value) => Noun::plain(self.value(scope, value)),
            Op::Local(slot) => {
                let name = scope.name(*slot).cloned().unwrap_or_else(|| Noun::plain("…"));
                self.only(scope, name, only)
            }
            Op::Let(position) => self.let_noun(scope, *position, only),
            Op::Parameter(parameter) => {
                Noun::plain(self.value(scope, &self.typed.parameters[*parameter].value))
            }
            Op::Today => Noun::plain(scope.pick("today", "vandaag")),
            Op::Gate => Noun::plain(scope.pick("the gate asked for", "het gevraagde beslispunt")),
            Op::Property { of, field } => self.property(scope, *of, field.first().map(|f| f.1)),
            Op::LinkProperty { of, property } => self.property(scope, *of, Some(*property)),
            Op::Id { of } => self.part_of(scope, "id", *of),
            // The words for a link name its far end.
            Op::LinkEnd { of, target: true } => self.narrowed(scope, *of, only),
            Op::LinkEnd { of, target: false } => {
                self.part_of(scope, scope.pick("near end", "herkomst"), *of)
            }
            Op::Navigate { of, relation, inverse, history }
            | Op::Links { of, relation, inverse, history } => {
                let noun = self.navigate(scope, *of, (*relation, *inverse), only);
                self.past(scope, noun, *history)
            }
            Op::NavigateOne { of, relation, history } => {
                let noun = self.navigate(scope, *of, (*relation, false), only);
                self.past(scope, noun, *history)
            }
            Op::Path { of, path, history } => {
                // Kinds may each have a way of their own by the same name.
                let mut ways: Vec<String> = Vec::new();
                for (_, path) in path {
                    let way = self.route(scope, &self.typed.paths[*path].route);
                    if !ways.contains(&way) {
                        ways.push(way);
                    }
                }
                let way = scope.or(&ways);
                let kinds =
                    self.plural(scope, &only.cloned().unwrap_or_else(|| kinds(scope.ty(at))));
                let from = scope.the(&self.noun(scope, *of));
                let noun = match scope.pick("en", "nl") {
                    "en" => format!("{kinds} reached from {from} by way of {way}"),
                    _ => format!("{kinds} bereikbaar vanuit {from} via {way}"),
                };
                self.past(scope, Noun::new(noun, Form::Many), *history)
            }
            Op::Section { kind, .. } => {
                let plural = self.vocabulary.kinds[*kind].plural.get(scope.language);
                Noun::new(
                    format!("{plural} {}", scope.pick("in the model", "in het model")),
                    Form::Many,
                )
            }
            Op::Define { of, definition, args } => {
                let said = self.expand(
                    scope,
                    definition,
                    *of,
                    args,
                    |inner| self.narrowed(inner, inner.body.root, only),
                    |noun| &noun.text,
                );
                said.unwrap_or_else(|| {
                    self.note_definition(definition);
                    let name = Self::words(self.definition_name(definition));
                    let mut noun = self.named(scope, &name, at, Some(*of), only);
                    noun.text.push_str(&self.arguments(scope, args));
                    noun
                })
            }
            Op::Spread { list, slot, body, flat, .. } => {
                let pass = only.filter(|_| {
                    !flat && matches!(scope.op(*body), Op::LinkEnd { .. } | Op::Local(_))
                });
                let range = self.narrowed(scope, *list, pass);
                self.narrowed(&scope.with(*slot, range), *body, only.filter(|_| pass.is_none()))
            }
            Op::Filter { range, slot, body } => {
                let noun = self.narrowed(scope, *range, only);
                self.filtered(scope, &noun, *range, *slot, *body)
            }
            Op::Map { range, slot, filter, body } => {
                let mut noun = self.noun(scope, *range);
                if let Some(filter) = filter {
                    noun = self.filtered(scope, &noun, *range, *slot, *filter);
                }
                if noun.form == Form::Many && is_arithmetic(scope, *body) {
                    // `probability times impact of the risks`: whose they are is said once.
                    let each = self.said(&self.member_scope(scope, *range, *slot), *body);
                    let of = scope.pick("of", "van");
                    return Noun::plain(format!("{each} {of} {}", scope.the(&noun)));
                }
                self.narrowed(&scope.with(*slot, noun), *body, only)
            }
            Op::Of { of, kinds } => self.narrowed(scope, *of, Some(kinds)),
            Op::SortBy { range, .. } => self.narrowed(scope, *range, only),
            Op::Bind { slot, value, body } => {
                let value = self.noun(&scope.in_full(), *value);
                self.narrowed(&scope.with(*slot, value), *body, only)
            }
            Op::OptionalRead { read } => self.narrowed(scope, *read, only),
            Op::OptionalMap { of, slot, body } => {
                let of = self.noun(&scope.in_full(), *of);
                self.noun(&scope.with(*slot, of), *body)
            }
            Op::Negate(of) => {
                Noun::plain(format!("{} {}", scope.pick("minus", "min"), self.said(scope, *of)))
            }
            Op::Binary { operator, left, right } => self.sum(scope, at, *operator, *left, *right),
            Op::Conditional { condition, yes, no } => {
                let condition = self.clause(scope, *condition, true);
                let (yes, no) = (self.said(scope, *yes), self.said(scope, *no));
                Noun::plain(match scope.pick("en", "nl") {
                    "en" => format!("{yes} if {condition}, else {no}"),
                    _ => format!("{yes} als geldt: {condition}, anders {no}"),
                })
            }
            Op::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.said(scope, *item)).collect();
                Noun::plain(scope.and(&items))
            }
            Op::Index { of, index } if matches!(scope.ty(*of), Type::Map(..)) => {
                let (of, index) = (self.said(scope, *of), self.said(scope, *index));
                match scope.ty(at) {
                    Type::List(_) => {
                        let values = scope.pick("values for", "waarden bij");
                        Noun::new(format!("{values} {index} ({of})"), Form::Many)
                    }
                    _ => {
                        let value = scope.pick("the value for", "de waarde bij");
                        Noun::plain(format!("{value} {index} ({of})"))
                    }
                }
            }
            Op::Index { of, index } => {
                let (of, index) = (self.said(scope, *of), self.said(scope, *index));
                Noun::plain(format!(
                    "{} {index} {} {of}",
                    scope.pick("number", "nummer"),
                    scope.pick("of", "van")
                ))
            }
            Op::Call { function, args } => self.call(scope, at, *function, args),
            Op::Recorded { .. }
            | Op::Is { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Quantify { .. } => Noun::plain(self.clause(scope, at, true)),
        }
    }

    /// With its article, inside a sentence.
    pub(super) fn said(&self, scope: &Scope<'a>, at: HirIdx) -> String {
        scope.the(&self.noun(scope, at))
    }

    fn only(&self, scope: &Scope<'a>, noun: Noun, only: Option<&KindSet>) -> Noun {
        match only {
            Some(kinds) if noun.form == Form::Many => {
                let kinds = self.plural(scope, kinds);
                let text = format!("{kinds} {} {}", scope.pick("among the", "onder de"), noun.text);
                Noun::new(text, Form::Many)
            }
            _ => noun,
        }
    }

    fn past(&self, scope: &Scope<'a>, noun: Noun, history: bool) -> Noun {
        let _ = self;
        if history {
            let words = scope.pick("(past ones too)", "(ook vroegere)");
            return Noun::new(format!("{} {words}", noun.text), noun.form);
        }
        noun
    }

    fn let_noun(&self, scope: &Scope<'a>, position: usize, only: Option<&KindSet>) -> Noun {
        let Some(inner) = self.let_scope(scope, position) else { return Noun::plain("…") };
        let noun = self.narrowed(&inner, inner.body.root, only);
        if noun.text.chars().count() <= LONGEST {
            return noun;
        }
        self.note(Named::Let(position));
        let name = self.lets.get(position).map_or("", |(name, _)| name);
        self.named(&inner, &Self::words(name), inner.body.root, None, only)
    }

    /// A name that stands in for what would get too long.
    fn named(
        &self,
        scope: &Scope<'a>,
        name: &str,
        at: HirIdx,
        of: Option<HirIdx>,
        only: Option<&KindSet>,
    ) -> Noun {
        let (text, form) = match scope.ty(at) {
            Type::List(member) if matches!(**member, Type::Element(_) | Type::Link { .. }) => {
                let kinds = only.cloned().unwrap_or_else(|| kinds(scope.ty(at)));
                (format!("{} {name}", self.plural(scope, &kinds)), Form::Many)
            }
            _ => (name.to_owned(), Form::Plain),
        };
        let of = of.map(|of| self.noun(scope, of)).filter(|of| of.form != Form::It);
        match of {
            Some(of) => {
                let of = format!("{} {}", scope.pick("of", "van"), scope.the(&of));
                Noun::new(format!("{text} {of}"), form)
            }
            None => Noun::new(text, form),
        }
    }

    fn property(&self, scope: &Scope<'a>, of: HirIdx, property: Option<PropertyIdx>) -> Noun {
        let property = property.map(|property| &self.vocabulary.properties[property]);
        let label = property.map_or("", |property| property.label.get(scope.language));
        // Labels such as “taken on” and “helped” are no nouns.
        let quoted = format!("“{label}”");
        let label = match property.map(|property| property.kind) {
            Some(PropertyType::Date | PropertyType::Bool) => quoted.as_str(),
            _ => label,
        };
        // “Type of role” needs no “of the role”.
        let says_it = |kinds: &KindSet| {
            kinds.len() == 1
                && kinds.iter().all(|kind| {
                    label.contains(self.vocabulary.kinds[kind].label.get(scope.language))
                })
        };
        match scope.ty(of) {
            Type::Element(kinds) if says_it(kinds) && self.noun(scope, of).form == Form::One => {
                Noun::plain(label)
            }
            _ => self.part_of(scope, label, of),
        }
    }

    /// `start date of the project`; of what the sentence is about just `start date`.
    fn part_of(&self, scope: &Scope<'a>, what: &str, of: HirIdx) -> Noun {
        let of = self.noun(scope, of);
        if of.form == Form::It {
            return Noun::plain(what);
        }
        Noun::plain(format!("{what} {} {}", scope.pick("of", "van"), scope.the(&of)))
    }

    fn navigate(
        &self,
        scope: &Scope<'a>,
        of: HirIdx,
        (relation, inverse): (RelationIdx, bool),
        only: Option<&KindSet>,
    ) -> Noun {
        let declared = &self.vocabulary.relations[relation];
        let ends = if inverse { &declared.sources } else { &declared.targets };
        let from = kinds(scope.ty(of));
        let reached = from.iter().fold(KindSet::default(), |all, kind| {
            all.union(&self.vocabulary.targets(relation, inverse, kind))
        });
        let left = only.map_or_else(|| reached.clone(), |only| reached.intersection(only));
        let of = self.noun(scope, of);
        let ends = ends.get(scope.language);
        if ends.is_empty() {
            let what = self.plural(scope, &left);
            let text = format!("{what} {} {}", scope.pick("of", "van"), scope.the(&of));
            return Noun::new(text, Form::Many);
        }
        let noun = Noun::new(format!("{ends} {}", scope.the(&of)), Form::Many);
        if left == reached { noun } else { self.only(scope, noun, Some(&left)) }
    }

    fn sum(
        &self,
        scope: &Scope<'a>,
        at: HirIdx,
        operator: Operator,
        left: HirIdx,
        right: HirIdx,
    ) -> Noun {
        let word = match operator {
            Operator::Add if matches!(scope.ty(at), Type::List(_)) => {
                let (left, right) = (self.noun(scope, left), self.noun(scope, right));
                let form = if left.form == Form::Many { Form::Many } else { Form::Plain };
                return Noun::both(scope, left, right, form);
            }
            Operator::Add => scope.pick("plus", "plus"),
            Operator::Subtract => scope.pick("minus", "min"),
            Operator::Multiply => scope.pick("times", "maal"),
            Operator::Divide => scope.pick("divided by", "gedeeld door"),
            Operator::Remainder => scope.pick("modulo", "modulo"),
            _ => return Noun::plain(self.clause(scope, at, true)),
        };
        let (left, right) = (self.said(scope, left), self.said(scope, right));
        Noun::plain(format!("{left} {word} {right}"))
    }

    fn call(&self, scope: &Scope<'a>, at: HirIdx, function: Function, args: &[HirIdx]) -> Noun {
        let Some(first) = args.first().copied() else { return self.quoted(scope, at) };
        let of = |english: &str, dutch: &str| {
            let (what, of) = (scope.pick(english, dutch), scope.pick("of", "van"));
            Noun::plain(format!("{what} {of} {}", self.said(scope, first)))
        };
        // `the latest start date of …`, but `the latest of …` where these are the dates themselves.
        let best = |english: &str, dutch: &str| match self.noun(scope, first) {
            Noun { form: Form::Plain, text, .. } => {
                Noun::plain(format!("{} {text}", scope.pick(english, dutch)))
            }
            _ => of(english, dutch),
        };
        let dates = matches!(scope.ty(at), Type::Timestamp);
        match (function, args) {
            // A date or time span written as text.
            (Function::Date | Function::ToTimestamp | Function::ToDuration, [_])
                if let Op::Constant(Value::Text(text)) = scope.op(first) =>
            {
                Noun::plain(&**text)
            }
            (Function::Size, _) if *scope.ty(first) == Type::Text => of("length", "lengte"),
            (Function::Size, _) => {
                let what = scope.pick("the number of", "het aantal");
                Noun::plain(format!("{what} {}", self.noun(scope, first).text))
            }
            (Function::Sum, _) => best("the total", "het totaal aan"),
            (Function::Min, _) if dates => best("the earliest", "de vroegste"),
            (Function::Max, _) if dates => best("the latest", "de laatste"),
            (Function::Min, _) => best("the lowest", "de laagste"),
            (Function::Max, _) => best("the highest", "de hoogste"),
            (Function::First, _) => best("the first", "de eerste"),
            (Function::Last, _) => best("the last", "de laatste"),
            (
                Function::Distinct
                | Function::Flatten
                | Function::Sort
                | Function::Reverse
                | Function::ToInt
                | Function::ToDouble
                | Function::ToText
                | Function::ToTimestamp
                | Function::ToDuration
                | Function::Date
                | Function::OptionalOf
                | Function::OptionalValue,
                [_],
            ) => self.noun(scope, first),
            (Function::Days, _) => {
                let days = scope.pick("days", "dagen");
                Noun::plain(match scope.op(first) {
                    Op::Constant(_) => format!("{} {days}", self.said(scope, first)),
                    Op::Call { function: Function::OrValue, args } if args.len() == 2 => {
                        let said: Vec<String> =
                            args.iter().map(|arg| self.said(scope, *arg)).collect();
                        let [read, default] = said.as_slice() else { return Noun::plain(days) };
                        format!("{read} (in {days}; {} {default})", counts_as(scope))
                    }
                    _ => format!("{} (in {days})", self.said(scope, first)),
                })
            }
            (Function::OrValue, [_, default]) => self.or_default(scope, first, *default),
            (Function::SetsUnion, [_, other]) => {
                let (one, other) = (self.noun(scope, first), self.noun(scope, *other));
                Noun::both(scope, one, other, Form::Many)
            }
            (Function::SetsIntersection, [_, other]) => {
                let words = scope.pick("that are also among", "die ook horen bij");
                let noun = self.noun(scope, first);
                Noun::new(format!("{} {words} {}", noun.text, self.said(scope, *other)), noun.form)
            }
            (Function::SetsDifference, [_, other]) => {
                let words = scope.pick("other than", "buiten");
                let noun = self.noun(scope, first);
                Noun::new(format!("{} {words} {}", noun.text, self.said(scope, *other)), noun.form)
            }
            _ => self.quoted(scope, at),
        }
    }

    /// `options compared (not recorded counts as 0)`; that nothing counts as nothing goes without saying.
    fn or_default(&self, scope: &Scope<'a>, read: HirIdx, default: HirIdx) -> Noun {
        let noun = self.noun(scope, read);
        let nothing = match scope.op(default) {
            Op::Constant(Value::Bool(false)) => true,
            Op::Constant(Value::Text(text)) => text.is_empty(),
            Op::Constant(Value::List(items)) => items.is_empty(),
            Op::List(items) => items.is_empty(),
            _ => false,
        };
        if nothing {
            return noun;
        }
        let text = format!("{} ({} {})", noun.text, counts_as(scope), self.said(scope, default));
        Noun::new(text, noun.form)
    }

    /// What has no words: as written.
    pub(super) fn quoted(&self, scope: &Scope<'a>, at: HirIdx) -> Noun {
        let _ = self;
        let words: Vec<&str> = scope.source(at).split_whitespace().collect();
        Noun::plain(format!("`{}`", words.join(" ")))
    }

    /// `pursues, then refines (any number of times)`
    fn route(&self, scope: &Scope<'a>, route: &Route) -> String {
        match route {
            Route::Step { relation, inverse } => {
                let relation = &self.vocabulary.relations[*relation];
                let label = if *inverse { &relation.inverse_label } else { &relation.label };
                format!("“{}”", label.get(scope.language))
            }
            Route::Sequence(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.route(scope, part)).collect();
                parts.join(scope.pick(", then ", ", daarna "))
            }
            Route::Alternative(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.route(scope, part)).collect();
                scope.or(&parts)
            }
            Route::Repeat(inner, repeat) => {
                let often = match repeat {
                    Repeat::Optional => scope.pick("at most once", "hoogstens één keer"),
                    Repeat::Any => scope.pick("any number of times", "nul of meer keer"),
                    Repeat::Some => scope.pick("one or more times", "een of meer keer"),
                };
                format!("{} ({often})", self.route(scope, inner))
            }
            Route::OfKind(inner, kinds) => {
                let kinds = self.plural(scope, kinds);
                format!("{} ({} {kinds})", self.route(scope, inner), scope.pick("only", "alleen"))
            }
            Route::Where(inner, test) => {
                let what = match test {
                    Test::Property(field) => field.first().map_or_else(String::new, |(_, p)| {
                        self.vocabulary.properties[*p].label.get(scope.language).to_owned()
                    }),
                    Test::Definition(definition) => {
                        self.note_definition(definition);
                        Self::words(self.definition_name(definition))
                    }
                };
                format!(
                    "{} ({} {what})",
                    self.route(scope, inner),
                    scope.pick("only with", "alleen met")
                )
            }
        }
    }
}

fn counts_as(scope: &Scope<'_>) -> &'static str {
    scope.pick("not recorded counts as", "niet vastgelegd telt als")
}

fn is_arithmetic(scope: &Scope<'_>, at: HirIdx) -> bool {
    matches!(scope.op(at), Op::Binary { .. }) && !matches!(scope.ty(at), Type::List(_) | Type::Bool)
}

fn kinds(ty: &Type) -> KindSet {
    match ty {
        Type::Element(kinds) | Type::Link { target: kinds, .. } => kinds.clone(),
        Type::List(member) | Type::Optional(member) => kinds(member),
        _ => KindSet::default(),
    }
}
