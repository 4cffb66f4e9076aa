//! Questions: expressions that are true or false.

use super::list::member_of;
use super::{Asking, Typed, Writer};
use crate::generate::term::{Term, term};
use crate::generate::types::{Kinds, Type};

impl Writer<'_, '_> {
    pub(super) fn question(&mut self, depth: usize) -> Typed {
        let made = match self.draw.weighted(&[6, 2, 4, 3, 2, 5, 2, 2, 1]) {
            0 => {
                let operator = self.draw.one(&["&&", "||"]);
                let left = self.write(&Type::Bool, depth).term;
                let right = self.write(&Type::Bool, depth).term;
                Some(Term::logic(operator, left, right))
            }
            1 => {
                let of = self.write(&Type::Bool, depth).term;
                Some(term!["(!", of, ")"])
            }
            2 => Some(self.equality(depth)),
            3 => Some(self.comparison(depth)),
            4 => self.membership(depth),
            5 => Some(self.quantified(depth)),
            6 => self.recorded(depth),
            7 => self.kind_test(depth),
            _ => self.state_test(depth).map(|test| test.term),
        };
        match made {
            Some(term) => Typed::new(term, Type::Bool),
            None => self.leaf(&Type::Bool),
        }
    }

    fn equality(&mut self, depth: usize) -> Term {
        let ty = self.any_type();
        let left = self.write(&ty, depth);
        let other = match left.ty.narrowest() {
            // Numbers of both kinds compare.
            Type::Int if self.draw.chance(20) => Type::Double,
            Type::Double if self.draw.chance(20) => Type::Int,
            other => other,
        };
        let right = self.write(&other, depth).term;
        let operator = self.draw.one(&["==", "!="]);
        term!["(", left.term, " ", operator, " ", right, ")"]
    }

    fn comparison(&mut self, depth: usize) -> Term {
        let ty = self.ordered_type();
        let other = match ty {
            Type::Int if self.draw.chance(20) => Type::Double,
            Type::Double if self.draw.chance(20) => Type::Int,
            ref same => same.clone(),
        };
        let left = self.write(&ty, depth).term;
        let right = self.write(&other, depth).term;
        let operator = self.draw.one(&["<", "<=", ">", ">="]);
        term!["(", left, " ", operator, " ", right, ")"]
    }

    fn membership(&mut self, depth: usize) -> Option<Term> {
        if self.draw.chance(20) {
            let parameters = self.language.parameters.iter();
            let maps: Vec<_> = parameters
                .filter_map(|parameter| match &parameter.ty {
                    Type::Map(key, _) => Some((&parameter.name, &**key)),
                    _ => None,
                })
                .collect();
            let (name, key) = *self.draw.pick(&maps)?;
            let key = self.write(key, depth).term;
            return Some(term!["(", key, " in ", name, ")"]);
        }
        let ty = self.any_type();
        let list = self.write(&ty.list(), depth);
        let member = self.write(&member_of(&list.ty).narrowest(), depth).term;
        Some(term!["(", member, " in ", list.term, ")"])
    }

    fn quantified(&mut self, depth: usize) -> Term {
        let ty = if self.draw.chance(70) { self.element_type() } else { self.any_type() };
        let list = self.write(&ty.list(), depth);
        let (name, body) = self.for_members(&list, &Type::Bool, depth);
        let quantifier = self.draw.one(&["all", "exists", "exists_one"]);
        term![list.term, ".", quantifier, "(", name, ", ", body.term, ")"]
    }

    /// `has(x.field)`
    fn recorded(&mut self, depth: usize) -> Option<Term> {
        if self.language.asking == Asking::Allowed && self.draw.chance(60) {
            let ty = if self.draw.chance(15) { self.element_type() } else { self.plain_type() };
            let (subject, name, _) = self.property(&ty, depth)?;
            return Some(term!["has(", subject, ".", name, ")"]);
        }
        if !self.is_whole() {
            return None;
        }
        let all: Kinds = (0..self.language.vocabulary.kinds.len()).collect();
        let steps = self.language.vocabulary.steps(&all);
        let steps: Vec<_> = steps.iter().filter(|step| !step.to_one).collect();
        let paths: Vec<_> = self.language.paths.iter().collect();
        if self.draw.chance(25) {
            let path = *self.draw.pick(&paths)?;
            let subject = self.write(&Type::element(path.kind), depth).term;
            return Some(term!["has(", subject, ".", &path.name, ")"]);
        }
        let step = *self.draw.pick(&steps)?;
        let subject = self.write(&Type::Element(step.having.clone()), depth).term;
        let ending = self.draw.one(&["", "_links"]);
        Some(term!["has(", subject, ".", step.name, ending, ")"])
    }

    /// `x.is(Kind)`, and what can be asked only of that kind where it is one. Compared with true, it says
    /// nothing of the name to what stands around it.
    fn kind_test(&mut self, depth: usize) -> Option<Term> {
        if !self.is_whole() {
            return None;
        }
        let vocabulary = self.language.vocabulary;
        let wide = self.scope.iter().filter_map(|(name, ty)| match ty {
            Type::Element(kinds) if kinds.len() > 1 => Some((name.clone(), kinds.clone())),
            _ => None,
        });
        // Only the last one of a name can be named.
        let wide: Vec<_> = wide
            .filter(|(name, kinds)| {
                let last = self.scope.iter().rev().find(|(other, _)| other == name);
                last.is_some_and(|(_, ty)| *ty == Type::Element(kinds.clone()))
            })
            .collect();
        let Some((name, kinds)) = self.draw.pick(&wide).cloned() else {
            let ty = self.element_type();
            let element = self.write(&ty, depth);
            let Type::Element(kinds) = &element.ty else { return None };
            let kinds: Vec<usize> = kinds.iter().copied().collect();
            let kind = vocabulary.kind_name(self.draw.one(&kinds));
            return Some(term!["(", element.term, ".is(", kind, ") == true)"]);
        };
        let kinds: Vec<usize> = kinds.into_iter().collect();
        let kind = self.draw.one(&kinds);
        let others: Kinds = kinds.iter().copied().filter(|other| *other != kind).collect();
        let is = term![&name, ".is(", vocabulary.kind_name(kind), ")"];
        let test = match self.draw.below(4) {
            0 => {
                let then = self.narrowed(&name, Kinds::from([kind]), depth);
                term!["(", is, " && ", then, ")"]
            }
            1 => {
                let then = self.narrowed(&name, Kinds::from([kind]), depth);
                term!["(!", is, " || ", then, ")"]
            }
            2 => {
                let then = self.narrowed(&name, others, depth);
                term!["(", is, " || ", then, ")"]
            }
            _ => {
                let yes = self.narrowed(&name, Kinds::from([kind]), depth);
                let no = self.narrowed(&name, others, depth);
                term!["(", is, " ? ", yes, " : ", no, ")"]
            }
        };
        Some(term!["(", test, " == true)"])
    }

    /// A question in which the name is known to be of these kinds.
    fn narrowed(&mut self, name: &str, kinds: Kinds, depth: usize) -> Term {
        self.scope.push((name.to_owned(), Type::Element(kinds)));
        let question = self.write(&Type::Bool, depth).term;
        self.scope.pop();
        question
    }
}
