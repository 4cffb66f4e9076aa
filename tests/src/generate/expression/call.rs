//! Calls of the function table.

use super::literal::{DATES, DURATIONS, MOMENTS, PATTERNS, quoted};
use super::{Typed, Writer};
use crate::generate::functions::{Function, Pattern};
use crate::generate::term::{Term, term};
use crate::generate::types::Type;

impl Writer<'_, '_> {
    /// A call of some function that yields the type.
    pub(super) fn call(&mut self, want: &Type, depth: usize) -> Option<Typed> {
        let vocabulary = self.language.vocabulary;
        let fitting: Vec<(&Function, Option<Type>)> = self
            .language
            .functions
            .iter()
            // What `optional.none()` is of is nothing, which can't be asked for a field.
            .filter(|function| !function.arguments.is_empty())
            .filter_map(|function| Some((function, function.result.meets(want, vocabulary)?)))
            .collect();
        let (function, variable) = self.draw.pick(&fitting)?.clone();
        let variable = match variable {
            Some(variable) => variable,
            None => self.variable_for(function)?,
        };
        let mut arguments = Vec::new();
        let mut found: Option<Type> = None;
        for (position, pattern) in function.arguments.iter().enumerate() {
            if *pattern == Pattern::Map {
                arguments.push(self.map()?);
                continue;
            }
            let argument = match self.constant(function, position) {
                Some(constant) => Typed::new(constant, Type::Text),
                None => self.write(&pattern.instance(&variable), depth),
            };
            if let Some(ty) = pattern.variable_of(&argument.ty) {
                found = Some(found.map_or_else(|| ty.clone(), |found| found.join(&ty)));
            }
            let mut term = argument.term;
            if is_read_early(function, position)
                && *pattern == Pattern::Only(Type::Text)
                && term.to_string().starts_with('"')
            {
                term = term!["(", term, " + \"\")"];
            }
            arguments.push(term);
        }
        let result = function.result.instance(&found.unwrap_or(variable));
        Some(Typed::new(call_of(function, arguments), result))
    }

    /// A type for the variable of a function that doesn't show in what it yields.
    fn variable_for(&mut self, function: &Function) -> Option<Type> {
        let variable = function.arguments.iter().find_map(Pattern::variable);
        Some(match variable {
            None => Type::Bool,
            Some(Pattern::Ordered) => self.ordered_type(),
            Some(Pattern::Number) => {
                if self.draw.chance(50) {
                    Type::Double
                } else {
                    Type::Int
                }
            }
            Some(Pattern::Enum) => match self.plain_type() {
                enumeration @ Type::Enum(_) => enumeration,
                _ => return None,
            },
            Some(_) => self.any_type(),
        })
    }

    /// A parameter that is a map.
    pub(super) fn map(&mut self) -> Option<Term> {
        let parameters = self.language.parameters.iter();
        let maps: Vec<&String> = parameters
            .filter(|parameter| matches!(parameter.ty, Type::Map(..)))
            .map(|parameter| &parameter.name)
            .collect();
        self.draw.pick(&maps).map(|name| Term::from(*name))
    }

    /// A text that the function surely understands, most of the time.
    fn constant(&mut self, function: &Function, position: usize) -> Option<String> {
        let from: &[&str] = match (function.name.as_str(), position) {
            ("date", 0) => &DATES,
            ("timestamp", 0) => &MOMENTS,
            ("duration", 0) if self.is_whole() => &DURATIONS,
            ("duration", 0) => DURATIONS.get(..6)?,
            ("matches", 1) => &PATTERNS,
            _ => return None,
        };
        let is_text = function.arguments.get(position) == Some(&Pattern::Only(Type::Text));
        (is_text && !self.draw.chance(25)).then(|| quoted(self.draw.one(from)))
    }
}

/// Whether the checker reads a literal there, and refuses one that isn't sound.
fn is_read_early(function: &Function, position: usize) -> bool {
    match function.name.as_str() {
        "date" | "timestamp" | "duration" => position == 0,
        "matches" => position == 1,
        _ => false,
    }
}

fn call_of(function: &Function, arguments: Vec<Term>) -> Term {
    let mut arguments = arguments.into_iter();
    let mut parts = Vec::new();
    if function.is_method {
        parts.extend(arguments.next());
        parts.push(".".into());
    }
    parts.push(term![&function.space, &function.name, "("]);
    for (at, argument) in arguments.enumerate() {
        if at > 0 {
            parts.push(", ".into());
        }
        parts.push(argument);
    }
    parts.push(")".into());
    Term::Parts(parts)
}
