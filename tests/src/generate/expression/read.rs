//! What is read from elements and links, one at a time.

use super::{Definition, Typed, Writer};
use crate::generate::term::{Term, term};
use crate::generate::types::{Kinds, Type};

impl Writer<'_, '_> {
    /// Something of the type that an element, a link or a map holds.
    pub(super) fn read(&mut self, want: &Type, depth: usize) -> Option<Typed> {
        match self.draw.weighted(&[5, 3, 3, 1]) {
            0 => self.field(want, depth),
            1 => self.defined(want, depth),
            2 => self.link_field(want, depth),
            _ => self.value_of_map(want, depth),
        }
    }

    /// A property, or the element that a to-one relation leads to.
    fn field(&mut self, want: &Type, depth: usize) -> Option<Typed> {
        let (subject, name, ty) = self.property(want, depth)?;
        Some(Typed::new(term![subject, ".", name], ty))
    }

    /// An element with the name and type of what it has of the type: a property, or a to-one relation.
    pub(super) fn property(&mut self, want: &Type, depth: usize) -> Option<(Term, String, Type)> {
        if let Type::Element(kinds) = want {
            if !self.is_whole() {
                return None;
            }
            let all: Kinds = (0..self.language.vocabulary.kinds.len()).collect();
            let steps = self.language.vocabulary.steps(&all);
            let steps: Vec<_> = steps
                .into_iter()
                .filter(|step| step.to_one && step.targets.is_subset(kinds))
                .collect();
            let step = self.draw.pick(&steps)?.clone();
            let subject = self.write(&Type::Element(step.having.clone()), depth);
            let Type::Element(found) = &subject.ty else { return None };
            let targets = self.language.vocabulary.targets_of(&step, found);
            return Some((subject.term, step.name.to_owned(), Type::Element(targets)));
        }
        let fields = self.fields(want);
        let (name, kinds) = self.draw.pick(&fields)?.clone();
        let subject = self.write(&Type::Element(kinds), depth);
        Some((subject.term, name, want.clone()))
    }

    /// Properties of the type, by name, with the kinds that have them.
    pub(super) fn fields(&self, want: &Type) -> Vec<(String, Kinds)> {
        let mut fields: Vec<(String, Kinds)> = Vec::new();
        for (position, kind) in self.language.vocabulary.kinds.iter().enumerate() {
            let properties =
                kind.properties.iter().filter(|property| Type::of_property(property.ty) == *want);
            let id = (*want == Type::Text).then_some("id");
            for name in properties.map(|property| property.name).chain(id) {
                match fields.iter_mut().find(|(other, _)| other == name) {
                    Some((_, kinds)) => {
                        kinds.insert(position);
                    }
                    None => fields.push((name.to_owned(), Kinds::from([position]))),
                }
            }
        }
        fields
    }

    /// A property of a name at hand.
    pub(super) fn property_of_name(&mut self, want: &Type) -> Option<Typed> {
        let mut reads = Vec::new();
        for (name, kinds) in self.fields(want) {
            for subject in self.names(&Type::Element(kinds)) {
                reads.push(Typed::new(term![subject.term, ".", &name], want.clone()));
            }
        }
        self.draw.pick(&reads).cloned()
    }

    /// A definition of an element.
    fn defined(&mut self, want: &Type, depth: usize) -> Option<Typed> {
        let definitions = self.language.definitions.iter();
        let fitting: Vec<&Definition> =
            definitions.filter(|definition| definition.fits(want)).collect();
        let definition = *self.draw.pick(&fitting)?;
        let subject = self.write(&Type::Element(definition.kinds()), depth);
        let Type::Element(kinds) = &subject.ty else { return None };
        let result = definition.result(kinds)?;
        Some(Typed::new(self.use_of(definition, subject.term, depth), result))
    }

    /// The definition asked of a subject, with arguments where it takes them.
    pub(super) fn use_of(&mut self, definition: &Definition, subject: Term, depth: usize) -> Term {
        let mut parts = vec![subject, term![".", &definition.name]];
        if let Some(arguments) = &definition.arguments {
            parts.push("(".into());
            for (at, (_, ty)) in arguments.iter().enumerate() {
                if at > 0 {
                    parts.push(", ".into());
                }
                parts.push(self.write(ty, depth).term);
            }
            parts.push(")".into());
        }
        Term::Parts(parts)
    }

    /// A property of a link, or an end of it.
    fn link_field(&mut self, want: &Type, depth: usize) -> Option<Typed> {
        let (ty, name) = self.link_with(want)?;
        let link = self.write(&ty, depth);
        let found = end_type(&link.ty, &name).unwrap_or_else(|| want.clone());
        found.fits(want).then(|| Typed::new(term![link.term, ".", name], found))
    }

    /// A type of link that has a field of the type, and that field.
    pub(super) fn link_with(&mut self, want: &Type) -> Option<(Type, String)> {
        if !self.is_whole() {
            return None;
        }
        let vocabulary = self.language.vocabulary;
        let all: Kinds = (0..vocabulary.kinds.len()).collect();
        let mut having = Vec::new();
        for step in vocabulary.steps(&all) {
            let Some(relation) = vocabulary.relations.get(step.relation) else { continue };
            let link = Type::Link {
                relation: step.relation,
                inverse: step.inverse,
                source: step.having,
                target: step.targets,
            };
            let properties = relation.properties.iter();
            let names = properties
                .filter(|property| Type::of_property(property.ty) == *want)
                .map(|property| property.name);
            let dates = (relation.has_validity && *want == Type::Timestamp)
                .then_some(["valid_from", "valid_until"]);
            let ends = ["target", "source"]
                .into_iter()
                .filter(|end| end_type(&link, end).is_some_and(|ty| ty.fits(want)));
            for name in names.chain(dates.into_iter().flatten()).chain(ends) {
                having.push((link.clone(), name.to_owned()));
            }
        }
        self.draw.pick(&having).cloned()
    }

    /// What a map holds for a key.
    fn value_of_map(&mut self, want: &Type, depth: usize) -> Option<Typed> {
        let parameters = self.language.parameters.iter();
        let maps: Vec<(&String, &Type, &Type)> = parameters
            .filter_map(|parameter| match &parameter.ty {
                Type::Map(key, value) if value.fits(want) => {
                    Some((&parameter.name, &**key, &**value))
                }
                _ => None,
            })
            .collect();
        let (name, key, value) = *self.draw.pick(&maps)?;
        let key = self.write(key, depth).term;
        Some(Typed::new(term![name, "[", key, "]"], value.clone()))
    }
}

/// The type of an end of a link.
pub(super) fn end_type(link: &Type, name: &str) -> Option<Type> {
    let Type::Link { source, target, .. } = link else { return None };
    match name {
        "target" => Some(Type::Element(target.clone())),
        "source" => Some(Type::Element(source.clone())),
        _ => None,
    }
}
