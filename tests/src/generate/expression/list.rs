//! Lists: by navigation, of members, and made of other lists.

use super::literal::listed;
use super::read::end_type;
use super::{Definition, Typed, Writer};
use crate::generate::term::term;
use crate::generate::types::{Kinds, Type};

impl Writer<'_, '_> {
    pub(super) fn list(&mut self, member: &Type, depth: usize) -> Option<Typed> {
        match self.draw.weighted(&[2, 6, 3, 3, 1, 2, 1]) {
            0 => {
                let items = (0..=self.draw.below(3)).map(|_| self.write(member, depth)).collect();
                Some(listed(items, member))
            }
            1 => self.navigation(member, depth),
            2 => Some(self.filtered(member, depth)),
            3 => Some(self.mapped(member, depth)),
            4 => Some(self.sorted(member, depth)),
            5 => Some(self.joined(member, depth)),
            _ => Some(self.with_nothing(member, depth)),
        }
    }

    fn filtered(&mut self, member: &Type, depth: usize) -> Typed {
        let list = self.write(&member.clone().list(), depth);
        let (name, body) = self.for_members(&list, &Type::Bool, depth);
        Typed::new(term![list.term, ".filter(", name, ", ", body.term, ")"], list.ty)
    }

    fn mapped(&mut self, member: &Type, depth: usize) -> Typed {
        let of = self.any_type();
        let list = self.write(&of.list(), depth);
        if self.draw.chance(30) {
            let ty = member_of(&list.ty);
            let (name, (filter, body)) = self.with_variable(ty, |writer| {
                (writer.write(&Type::Bool, depth), writer.write(member, depth))
            });
            let term = term![list.term, ".map(", name, ", ", filter.term, ", ", body.term, ")"];
            return Typed::new(term, body.ty.list());
        }
        let (name, body) = self.for_members(&list, member, depth);
        Typed::new(term![list.term, ".map(", name, ", ", body.term, ")"], body.ty.list())
    }

    fn sorted(&mut self, member: &Type, depth: usize) -> Typed {
        let list = self.write(&member.clone().list(), depth);
        let key = self.ordered_type();
        let (name, key) = self.for_members(&list, &key, depth);
        Typed::new(term![list.term, ".sortBy(", name, ", ", key.term, ")"], list.ty)
    }

    fn joined(&mut self, member: &Type, depth: usize) -> Typed {
        let want = member.clone().list();
        let (left, right) = (self.write(&want, depth), self.write(&want, depth));
        let ty = left.ty.join(&right.ty);
        Typed::new(term!["(", left.term, " + ", right.term, ")"], ty)
    }

    /// A list together with one that has no type of its own.
    fn with_nothing(&mut self, member: &Type, depth: usize) -> Typed {
        let list = self.write(&member.clone().list(), depth);
        let term = match self.draw.below(3) {
            0 => term!["(", list.term, " + [])"],
            1 => term!["([] + ", list.term, ")"],
            _ => {
                let condition = self.write(&Type::Bool, depth).term;
                term!["(", condition, " ? [] : ", list.term, ")"]
            }
        };
        Typed::new(term, list.ty)
    }

    /// An expression of the type for every member of a list, with the name that stands for it.
    pub(super) fn for_members(
        &mut self,
        list: &Typed,
        want: &Type,
        depth: usize,
    ) -> (String, Typed) {
        self.with_variable(member_of(&list.ty), |writer| writer.write(want, depth))
    }

    /// What is read from an element or a whole list of them.
    fn navigation(&mut self, member: &Type, depth: usize) -> Option<Typed> {
        match member {
            Type::Element(kinds) if !self.is_whole() => Some(self.section(kinds)),
            // Of one element; a field of a list isn't CEL.
            Type::Text if !self.is_whole() => Some(self.leaf(&Type::Text.list())),
            _ if !self.is_whole() => None,
            Type::Element(kinds) if self.draw.chance(65) => self.elements(kinds, depth),
            Type::Link { relation, inverse, .. } => self.links(*relation, *inverse, depth),
            _ => match self.draw.below(3) {
                0 => self.spread_field(member, depth),
                1 => self.spread_definition(member, depth),
                _ => self.spread_link_field(member, depth),
            },
        }
    }

    /// Elements of the kinds: a section, or what a relation or a path leads to.
    fn elements(&mut self, kinds: &Kinds, depth: usize) -> Option<Typed> {
        let vocabulary = self.language.vocabulary;
        let mut found = match self.draw.weighted(&[6, 3, 2]) {
            0 => {
                let all: Kinds = (0..vocabulary.kinds.len()).collect();
                let steps = vocabulary.steps(&all);
                let steps: Vec<_> =
                    steps.iter().filter(|step| !step.targets.is_disjoint(kinds)).collect();
                let step = *self.draw.pick(&steps)?;
                // Relations to one yield a list only when they are asked of one.
                let subject = self.subject(&step.having, step.to_one, depth);
                let targets = vocabulary.targets_of(step, &element_kinds(&subject.ty));
                Typed::new(term![subject.term, ".", step.name], Type::Element(targets).list())
            }
            1 => {
                let paths = self.language.paths.iter();
                let paths: Vec<_> = paths.filter(|path| !path.targets.is_disjoint(kinds)).collect();
                let path = *self.draw.pick(&paths)?;
                let subject = self.subject(&Kinds::from([path.kind]), false, depth);
                let ty = Type::Element(path.targets.clone()).list();
                Typed::new(term![subject.term, ".", &path.name], ty)
            }
            _ => self.section(kinds),
        };
        if self.draw.chance(12) {
            found.term = term!["with_history(", found.term, ")"];
        }
        let reached = element_kinds(&found.ty);
        if reached.is_subset(kinds) {
            return Some(found);
        }
        let kept: Kinds = &reached & kinds;
        if kept.is_empty() {
            return None;
        }
        let names: Vec<&str> = kept.iter().map(|kind| vocabulary.kind_name(*kind)).collect();
        let term = term![found.term, ".of(", names.join(", "), ")"];
        Some(Typed::new(term, Type::Element(kept).list()))
    }

    /// One element of the kinds, or a list of them.
    fn subject(&mut self, kinds: &Kinds, as_list: bool, depth: usize) -> Typed {
        let one = Type::Element(kinds.clone());
        if as_list || self.draw.chance(40) {
            self.write(&one.list(), depth)
        } else {
            self.write(&one, depth)
        }
    }

    fn links(&mut self, relation: usize, inverse: bool, depth: usize) -> Option<Typed> {
        let vocabulary = self.language.vocabulary;
        let all: Kinds = (0..vocabulary.kinds.len()).collect();
        let steps = vocabulary.steps(&all);
        let step =
            steps.iter().find(|step| step.relation == relation && step.inverse == inverse)?;
        let subject = self.subject(&step.having, false, depth);
        let source = element_kinds(&subject.ty);
        let relation_data = vocabulary.relations.get(relation)?;
        let target = source.iter().flat_map(|kind| relation_data.targets(inverse, *kind)).collect();
        let mut term = term![subject.term, ".", step.name, "_links"];
        if self.draw.chance(15) {
            term = term!["with_history(", term, ")"];
        }
        Some(Typed::new(term, Type::Link { relation, inverse, source, target }.list()))
    }

    /// A property of every member; of one element, where the property is a list.
    fn spread_field(&mut self, member: &Type, depth: usize) -> Option<Typed> {
        if *member == Type::Text && self.draw.chance(30) {
            let tags = self.fields(&Type::Text.list());
            let (name, kinds) = self.draw.pick(&tags)?.clone();
            let subject = self.subject(&kinds, false, depth);
            return Some(Typed::new(term![subject.term, ".", name], Type::Text.list()));
        }
        // Lists of every member become one flat list.
        if matches!(member, Type::List(_)) {
            return None;
        }
        let fields = self.fields(member);
        let (name, kinds) = self.draw.pick(&fields)?.clone();
        let subject = self.subject(&kinds, true, depth);
        Some(Typed::new(term![subject.term, ".", name], member.clone().list()))
    }

    /// A definition of every member: lists become one flat list.
    fn spread_definition(&mut self, member: &Type, depth: usize) -> Option<Typed> {
        let definitions = self.language.definitions.iter();
        let fitting: Vec<&Definition> = definitions
            .filter(|definition| {
                definition.fits(&member.clone().list())
                    || definition.fits(member) && !matches!(member, Type::List(_))
            })
            .collect();
        let definition = *self.draw.pick(&fitting)?;
        let subject = self.subject(&definition.kinds(), true, depth);
        let ty = match definition.result(&element_kinds(&subject.ty))? {
            list @ Type::List(_) => list,
            one => one.list(),
        };
        Some(Typed::new(self.use_of(definition, subject.term, depth), ty))
    }

    fn spread_link_field(&mut self, member: &Type, depth: usize) -> Option<Typed> {
        let (ty, name) = self.link_with(member)?;
        let links = self.write(&ty.list(), depth);
        let found = end_type(&member_of(&links.ty), &name).unwrap_or_else(|| member.clone());
        found.fits(member).then(|| Typed::new(term![links.term, ".", name], found.list()))
    }
}

/// The type of a list's members.
pub(super) fn member_of(list: &Type) -> Type {
    if let Type::List(of) = list { (**of).clone() } else { list.clone() }
}

/// The kinds of an element, or of the members of a list of them.
fn element_kinds(ty: &Type) -> Kinds {
    match ty {
        Type::Element(kinds) => kinds.clone(),
        Type::List(of) => element_kinds(of),
        _ => Kinds::new(),
    }
}
