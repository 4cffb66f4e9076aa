//! Random expressions of a wanted type. The type comes first: what is written always checks.

mod call;
mod list;
mod literal;
mod optional;
mod question;
mod read;

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::draw::Draw;
use super::functions::{self, Function};
use super::term::{Term, term};
use super::types::{Kinds, Type};
use super::vocabulary::{GATE, STATE, Vocabulary};

/// Whether expressions may ask what is recorded, with `has(x.property)` and `.?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// They may.
    Allowed,
    /// They may not: filling in what is missing then changes nothing that was known.
    Never,
}

/// How much of the language expressions use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// All of it.
    Whole,
    /// What is CEL's own, with the sections of the model as lists of maps: no navigation over lists, no
    /// links, no enumerations, no `today` and no `gate`.
    Cel,
}

/// What expressions may name.
#[derive(Debug, Clone)]
pub struct Language<'v> {
    /// The metamodel.
    pub vocabulary: &'v Vocabulary,
    /// The functions that may be called.
    pub functions: &'v [Function],
    /// Definitions.
    pub definitions: Vec<Definition>,
    /// Paths.
    pub paths: Vec<NamedPath>,
    /// Parameters.
    pub parameters: Vec<Parameter>,
    /// Whether to ask what is recorded.
    pub asking: Asking,
    /// How much of the language to use.
    pub dialect: Dialect,
}

/// A definition, of one kind or of several under the same name.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// Its arguments; `None` where it takes no list of them.
    pub arguments: Option<Vec<(String, Type)>>,
    /// The kinds that have it, with what it yields for them.
    pub results: BTreeMap<usize, Type>,
}

impl Definition {
    /// The kinds that have it.
    pub fn kinds(&self) -> Kinds {
        self.results.keys().copied().collect()
    }

    /// What it yields for elements of these kinds, those among them that have it.
    pub fn result(&self, kinds: &Kinds) -> Option<Type> {
        let results = self.results.iter().filter(|(kind, _)| kinds.contains(kind));
        results.map(|(_, ty)| ty.clone()).reduce(|a, b| a.join(&b))
    }

    /// Whether what it yields may stand where this type is wanted.
    fn fits(&self, wanted: &Type) -> bool {
        self.results.values().all(|ty| ty.fits(wanted))
    }
}

/// A path by its name.
#[derive(Debug, Clone)]
pub struct NamedPath {
    /// Its name.
    pub name: String,
    /// The kind that has it.
    pub kind: usize,
    /// The kinds that it reaches.
    pub targets: Kinds,
}

/// A parameter with its value.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Its value, as packs write it.
    pub value: Json,
}

impl<'v> Language<'v> {
    /// What every expression may name.
    pub fn new(vocabulary: &'v Vocabulary, asking: Asking) -> Self {
        Self {
            vocabulary,
            functions: functions::all(),
            definitions: Vec::new(),
            paths: Vec::new(),
            parameters: Vec::new(),
            asking,
            dialect: Dialect::Whole,
        }
    }
}

/// An expression with its type.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The text.
    pub term: Term,
    /// The type, which may be narrower than what was wanted.
    pub ty: Type,
}

impl Typed {
    fn new(term: impl Into<Term>, ty: Type) -> Self {
        Self { term: term.into(), ty }
    }
}

/// Writes expressions.
#[derive(Debug)]
pub struct Writer<'w, 't> {
    pub(super) language: &'w Language<'w>,
    pub(super) draw: &'w mut Draw<'t>,
    /// Names at hand, later ones hiding earlier ones.
    scope: Vec<(String, Type)>,
    variables: usize,
}

impl<'w, 't> Writer<'w, 't> {
    /// With the names that are in scope, such as `self`.
    pub fn new(
        language: &'w Language<'w>,
        draw: &'w mut Draw<'t>,
        scope: Vec<(String, Type)>,
    ) -> Self {
        Self { language, draw, scope, variables: 0 }
    }

    /// Whether all of the language may be used.
    fn is_whole(&self) -> bool {
        self.language.dialect == Dialect::Whole
    }

    /// An expression of the type, at most so many levels deep.
    pub fn write(&mut self, want: &Type, depth: usize) -> Typed {
        if depth == 0 || self.draw.is_spent() {
            return self.leaf(want);
        }
        let depth = depth - 1;
        let made = match self.draw.weighted(&[15, 45, 20, 12, 4, 3, 3]) {
            0 => None,
            1 => self.of_its_type(want, depth),
            2 => self.call(want, depth),
            3 => self.read(want, depth),
            4 => Some(self.conditional(want, depth)),
            5 => Some(self.bound(want, depth)),
            _ => Some(self.member(want, depth)),
        };
        made.unwrap_or_else(|| self.leaf(want))
    }

    /// What only expressions of this type can be.
    fn of_its_type(&mut self, want: &Type, depth: usize) -> Option<Typed> {
        match want {
            Type::Bool => Some(self.question(depth)),
            Type::Int | Type::Double | Type::Text | Type::Timestamp | Type::Duration => {
                Some(self.arithmetic(want, depth))
            }
            Type::List(member) => self.list(member, depth),
            Type::Optional(of) => self.optional(of, depth),
            Type::Element(_) => self.read(want, depth),
            Type::Enum(_) | Type::Link { .. } | Type::Map(..) => None,
        }
    }

    /// A name, a field of one, or a literal.
    fn leaf(&mut self, want: &Type) -> Typed {
        let names = self.names(want);
        if self.draw.chance(60)
            && let Some(name) = self.draw.pick(&names)
        {
            return name.clone();
        }
        if self.draw.chance(65)
            && let Some(read) = self.property_of_name(want)
        {
            return read;
        }
        self.literal(want)
    }

    /// Variables and parameters of the type.
    fn names(&self, want: &Type) -> Vec<Typed> {
        let mut names: Vec<Typed> = Vec::new();
        for (at, (name, ty)) in self.scope.iter().enumerate() {
            let is_hidden = self.scope.iter().skip(at + 1).any(|(other, _)| other == name);
            if ty.fits(want) && !is_hidden {
                names.push(Typed::new(name, ty.clone()));
            }
        }
        let parameters =
            self.language.parameters.iter().filter(|parameter| parameter.ty.fits(want));
        names.extend(parameters.map(|parameter| Typed::new(&parameter.name, parameter.ty.clone())));
        names
    }

    /// Writes with one more name at hand; the name comes first.
    fn with_variable<T>(&mut self, ty: Type, inside: impl FnOnce(&mut Self) -> T) -> (String, T) {
        self.variables += 1;
        // Now and then a name that may hide another.
        let name =
            if self.draw.chance(10) { "x".to_owned() } else { format!("x{}", self.variables) };
        self.scope.push((name.clone(), ty));
        let made = inside(self);
        self.scope.pop();
        (name, made)
    }

    fn conditional(&mut self, want: &Type, depth: usize) -> Typed {
        let condition = self.write(&Type::Bool, depth).term;
        let yes = self.write(want, depth);
        let no = self.write(want, depth);
        let ty = yes.ty.join(&no.ty);
        Typed::new(term!["(", condition, " ? ", yes.term, " : ", no.term, ")"], ty)
    }

    fn bound(&mut self, want: &Type, depth: usize) -> Typed {
        if !self.is_whole() {
            return self.conditional(want, depth);
        }
        let ty = self.any_type();
        let value = self.write(&ty, depth);
        let (name, body) = self.with_variable(value.ty.clone(), |writer| writer.write(want, depth));
        Typed::new(term!["cel.bind(", name, ", ", value.term, ", ", body.term, ")"], body.ty)
    }

    /// A member of a list.
    fn member(&mut self, want: &Type, depth: usize) -> Typed {
        if matches!(want, Type::Map(..)) {
            return self.leaf(want);
        }
        let list = self.write(&want.clone().list(), depth);
        let Type::List(ty) = list.ty else { return self.leaf(want) };
        if self.is_whole() && self.draw.chance(50) {
            return Typed::new(term![list.term, ".first().value()"], *ty);
        }
        let index = self.index(depth);
        Typed::new(term![list.term, "[", index, "]"], *ty)
    }

    /// A small number, most of the time.
    fn index(&mut self, depth: usize) -> Term {
        if self.draw.chance(20) {
            return self.write(&Type::Int, depth).term;
        }
        self.draw.one(&["0", "0", "0", "1", "1", "2"]).into()
    }

    fn arithmetic(&mut self, want: &Type, depth: usize) -> Typed {
        let (left, operator, right) = match want {
            Type::Text => (Type::Text, "+", Type::Text),
            Type::Timestamp => match self.draw.below(3) {
                0 => (Type::Timestamp, "+", Type::Duration),
                1 => (Type::Duration, "+", Type::Timestamp),
                _ => (Type::Timestamp, "-", Type::Duration),
            },
            Type::Duration => match self.draw.below(3) {
                0 => (Type::Duration, "+", Type::Duration),
                1 => (Type::Duration, "-", Type::Duration),
                _ => (Type::Timestamp, "-", Type::Timestamp),
            },
            _ if self.draw.chance(15) => {
                let of = self.write(want, depth).term;
                return Typed::new(term!["(-", of, ")"], want.clone());
            }
            Type::Double => (Type::Double, self.draw.one(&["+", "-", "*", "/"]), Type::Double),
            _ => (Type::Int, self.draw.one(&["+", "-", "*", "/", "%"]), Type::Int),
        };
        let left = self.write(&left, depth).term;
        let right = self.write(&right, depth).term;
        Typed::new(term!["(", left, " ", operator, " ", right, ")"], want.clone())
    }

    /// Any type that an expression may have, states and maps apart.
    pub fn any_type(&mut self) -> Type {
        match self.draw.weighted(&[6, 3, 3, 2]) {
            0 => self.plain_type(),
            1 => self.element_type(),
            2 if self.draw.chance(60) => self.element_type().list(),
            2 => self.plain_type().list(),
            _ if self.draw.chance(30) => self.link_type(),
            _ if self.draw.chance(50) => self.plain_type().list().list(),
            _ => self.plain_type().optional(),
        }
    }

    /// A type of single values that literals have.
    pub fn plain_type(&mut self) -> Type {
        match self.draw.weighted(&[2, 4, 3, 4, 2, 2, 3]) {
            0 => Type::Bool,
            1 => Type::Int,
            2 => Type::Double,
            3 => Type::Text,
            4 => Type::Timestamp,
            5 => Type::Duration,
            _ if self.is_whole() => {
                let count = self.language.vocabulary.enumerations.len() - GATE;
                Type::Enum(GATE + self.draw.below(count))
            }
            _ => Type::Int,
        }
    }

    /// A type whose values have an order.
    fn ordered_type(&mut self) -> Type {
        let ty = self.plain_type();
        if ty.is_ordered(self.language.vocabulary) { ty } else { Type::Int }
    }

    /// An element of some kinds.
    fn element_type(&mut self) -> Type {
        let kinds: Vec<usize> = (0..self.language.vocabulary.kinds.len()).collect();
        let mut some = Kinds::from([self.draw.one(&kinds)]);
        if self.draw.chance(30) {
            some.insert(self.draw.one(&kinds));
        }
        Type::Element(some)
    }

    /// A link of some relation.
    fn link_type(&mut self) -> Type {
        let kinds = (0..self.language.vocabulary.kinds.len()).collect();
        let steps = self.language.vocabulary.steps(&kinds);
        match self.draw.pick(&steps) {
            Some(step) if self.is_whole() => Type::Link {
                relation: step.relation,
                inverse: step.inverse,
                source: step.having.clone(),
                target: step.targets.clone(),
            },
            _ => self.plain_type(),
        }
    }

    /// The live states of a kind with all its others.
    fn states_of(&self, kind: usize) -> Vec<&'static str> {
        let kind = self.language.vocabulary.kinds.get(kind);
        kind.map_or_else(Vec::new, |kind| {
            kind.states.iter().chain(&kind.dead_states).copied().collect()
        })
    }

    /// `x.state == State.value`, with a state that the kind has.
    fn state_test(&mut self, depth: usize) -> Option<Typed> {
        if !self.is_whole() {
            return None;
        }
        let kinds = 0..self.language.vocabulary.kinds.len();
        let kinds: Vec<usize> = kinds.filter(|kind| !self.states_of(*kind).is_empty()).collect();
        let kind = *self.draw.pick(&kinds)?;
        let element = self.write(&Type::element(kind), depth).term;
        let states = self.states_of(kind);
        let (first, second) = (self.draw.one(&states), self.draw.one(&states));
        let name = self.language.vocabulary.enumeration_name(STATE);
        let test = match self.draw.below(3) {
            0 => term![element, ".state == ", name, ".", first],
            1 => term![element, ".state != ", name, ".", first],
            _ => term![element, ".state in [", name, ".", first, ", ", name, ".", second, "]"],
        };
        Some(Typed::new(term!["(", test, ")"], Type::Bool))
    }
}
