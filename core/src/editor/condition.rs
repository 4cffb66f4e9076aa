//! Words in conditions and messages: what may follow a dot, and what may stand alone. Types are followed along
//! chains such as `self.has_role.filter(r, …)`, as far as they go.

use super::CompletionKind as Kind;
use super::offer::{Offer, Offers};
use super::sketch::{Entry, Piece, Sketch, Step};
use super::words::{add_enumeration, add_kinds, add_property};
use crate::metamodel::{KindIdx, KindSet, PropertyIdx, PropertyType, Vocabulary};
use crate::plan::RuleSet;
use crate::source::Span;
use crate::text::Language;
use crate::typing::functions::{FUNCTIONS, Form, MACROS, NAMESPACES, Pattern};
use crate::typing::type_name;
use crate::value::Type;

/// Chains longer than this are not followed, nor are names that stand for others.
const LONGEST: usize = 24;

/// What names mean where a condition stands.
pub(super) struct Scope<'e> {
    v: &'e Vocabulary,
    rules: &'e RuleSet,
    language: Language,
    /// What `self` is.
    subject: Option<Type>,
    /// Names that the rule gives to parts, and arguments of a definition.
    names: Vec<(&'e str, Named<'e>)>,
    /// Definitions and paths of the text: kind, name, and what stands for it.
    own: Vec<(KindIdx, &'e str, &'e str)>,
}

#[derive(Clone, Copy)]
enum Named<'e> {
    Condition(&'e str),
    Type(&'e str),
}

/// A part of a chain: a name, and what stands in brackets behind it.
type Link<'t> = (&'t str, Option<&'t str>);

impl<'e> Scope<'e> {
    pub(super) fn new(
        rules: &'e RuleSet,
        language: Language,
        sketch: &'e Sketch,
        entry: &'e Entry,
    ) -> Self {
        let v = &rules.metamodel().0;
        let mut scope =
            Self { v, rules, language, subject: None, names: Vec::new(), own: Vec::new() };
        for entry in &sketch.entries {
            if let (Some(key), Some(value)) = (&entry.key, &entry.value)
                && let [Step::Key("define" | "paths")] = sketch.path(entry.place).as_slice()
                && let Some((kind, name, _)) = header(v, &key.text)
            {
                scope.own.push((kind, name, &value.text));
            }
        }
        scope.place(sketch, entry);
        scope
    }

    /// What `self` is where an entry stands, and which names are there.
    fn place(&mut self, sketch: &'e Sketch, entry: &'e Entry) {
        let path = sketch.path(entry.place);
        if let ([Step::Key("define" | "paths")], Some(key)) = (path.as_slice(), &entry.key) {
            if let Some((kind, _, arguments)) = header(self.v, &key.text) {
                self.subject = Some(Type::Element([kind].into_iter().collect()));
                for argument in arguments.split(',').filter_map(|pair| pair.split_once(':')) {
                    self.names.push((argument.0.trim(), Named::Type(argument.1.trim())));
                }
            }
            return;
        }
        // The rule that the condition, message or name is of.
        let mut rule = Some(entry.place);
        while let Some(place) = rule {
            if matches!(sketch.path(place).as_slice(), [Step::Key("rules"), Step::Item]) {
                break;
            }
            rule = sketch.parent(place);
        }
        let Some(rule) = rule else { return };
        let kinds = sketch.values(rule, "each").into_iter();
        let kinds: KindSet =
            kinds.filter_map(|kind| self.v.kinds_by_name.get(&kind.text).copied()).collect();
        self.subject = (!kinds.is_empty()).then_some(Type::Element(kinds));
        for entry in &sketch.entries {
            if let (Some(key), Some(value)) = (&entry.key, &entry.value)
                && sketch.parent(entry.place) == Some(rule)
                && sketch.path(entry.place).last() == Some(&Step::Key("let"))
            {
                self.names.push((&key.text, Named::Condition(&value.text)));
            }
        }
    }

    /// Offers what may stand at the cursor; returns the word that it replaces.
    pub(super) fn complete(&self, piece: &Piece, before: usize, offers: &mut Offers) -> Span {
        let (start, end) = word(&piece.text, before);
        let head = piece.text.get(..start).unwrap_or("");
        match head.trim_end().strip_suffix('.').map(|head| head.strip_suffix('?').unwrap_or(head)) {
            Some(receiver) => self.members(receiver, offers),
            None => self.alone(head, offers),
        }
        within(piece, start, end)
    }

    /// The word at the cursor, with what could stand there.
    pub(super) fn at(&self, piece: &Piece, before: usize) -> Option<(Span, Offers)> {
        let mut offers = Offers::default();
        let (start, end) = word(&piece.text, before);
        if start == end {
            return None;
        }
        self.complete(piece, end, &mut offers);
        Some((within(piece, start, end), offers))
    }

    /// What may follow a dot.
    fn members(&self, receiver: &str, offers: &mut Offers) {
        let chain = chain(receiver);
        if let [(name, None)] = chain.as_slice() {
            if let Some(enumeration) = self.v.enumerations_by_name.get(*name) {
                add_enumeration(self.v, Some(*enumeration), self.language, offers);
                return;
            }
            if NAMESPACES.contains(name) {
                let is_there =
                    |form: Form| matches!(form, Form::Namespaced(space) if space == *name);
                for signature in FUNCTIONS.iter().filter(|signature| is_there(signature.form)) {
                    offers.add(Offer::new(Kind::Function, signature.name, "", "").then("("));
                }
                return;
            }
        }
        match self.type_of(receiver, &chain, 0) {
            Some(Type::Model) => {
                for kind in self.v.kinds.iter() {
                    let plural = kind.plural.get(self.language);
                    let about = kind.description.get(self.language);
                    offers.add(Offer::new(Kind::Section, &kind.section, plural, about));
                }
            }
            Some(Type::Link { relation, .. }) => {
                for name in ["target", "source"] {
                    offers.add(Offer::new(Kind::Name, name, "", ""));
                }
                for property in &self.v.relations[relation].properties {
                    add_property(self.v, *property, self.language, offers);
                }
            }
            Some(ty) => {
                if let Some(kinds) = kinds(&ty) {
                    self.fields(kinds, offers);
                }
                let is_list = matches!(ty, Type::List(_));
                for name in MACROS.iter().filter(|name| !["has", "with_history"].contains(*name)) {
                    if is_list != (*name == "is") {
                        offers.add(Offer::new(Kind::Function, name, "", "").then("("));
                    }
                }
                methods(|pattern| fits(pattern, &ty), offers);
            }
            None => methods(|_| true, offers),
        }
    }

    /// What elements of some kinds can be asked: what all of them have in common comes first.
    fn fields(&self, kinds: &KindSet, offers: &mut Offers) {
        for kind in kinds.iter() {
            for property in &self.v.kinds[kind].properties {
                add_property(self.v, *property, self.language, offers);
            }
            for (index, relation) in self.v.relations.enumerate() {
                for (inverse, name, label) in [
                    (false, &relation.name, &relation.label),
                    (true, &relation.inverse, &relation.inverse_label),
                ] {
                    if !self.v.targets(index, inverse, kind).is_empty() {
                        let label = label.get(self.language);
                        let about = relation.description.get(self.language);
                        offers.add(Offer::new(Kind::Relation, name, label, about));
                        let links = format!("{name}_links");
                        offers.add(Offer::new(Kind::Relation, &links, label, about));
                    }
                }
            }
            let typed = self.rules.typed();
            let definitions = typed.definitions.iter().filter(|one| one.kind == kind);
            for definition in definitions {
                let ty = definition.body.as_ref().map(|body| &body.nodes[body.root].ty);
                let ty = ty.map_or_else(String::new, |ty| type_name(self.v, ty));
                offers.add(Offer::new(Kind::Name, &definition.name, &ty, ""));
            }
            for path in typed.paths.iter().filter(|path| path.kind == kind) {
                offers.add(Offer::new(Kind::Name, &path.name, "", ""));
            }
            for (_, name, text) in self.own.iter().filter(|(of, ..)| *of == kind) {
                offers.add(Offer::new(Kind::Name, name, "", text.trim()));
            }
        }
    }

    /// What may stand without a dot before it.
    fn alone(&self, head: &str, offers: &mut Offers) {
        if let Some(Type::Element(_)) = &self.subject {
            let ty = self.subject.as_ref().map_or_else(String::new, |ty| type_name(self.v, ty));
            offers.add(Offer::new(Kind::Name, "self", &ty, ""));
        }
        for (variable, _) in variables(head) {
            offers.add(Offer::new(Kind::Name, variable, "", ""));
        }
        for (name, named) in &self.names {
            let (Named::Condition(text) | Named::Type(text)) = named;
            offers.add(Offer::new(Kind::Name, name, "", text.trim()));
        }
        for (name, ty) in [("today", "timestamp"), ("gate", "optional<Gate>"), ("model", "")] {
            offers.add(Offer::new(Kind::Name, name, ty, ""));
        }
        for parameter in self.rules.typed().parameters.iter() {
            let ty = type_name(self.v, &parameter.ty);
            let label = parameter.label.get(self.language);
            offers.add(Offer::new(Kind::Name, &parameter.name, &ty, label));
        }
        for enumeration in self.v.enumerations.iter() {
            let label = enumeration.label.get(self.language);
            let about = enumeration.description.get(self.language);
            offers.add(Offer::new(Kind::Name, &enumeration.name, label, about));
        }
        for name in ["has", "with_history"] {
            offers.add(Offer::new(Kind::Function, name, "", "").then("("));
        }
        for signature in FUNCTIONS.iter().filter(|signature| signature.form == Form::Global) {
            offers.add(Offer::new(Kind::Function, signature.name, "", "").then("("));
        }
        for namespace in NAMESPACES {
            offers.add(Offer::new(Kind::Name, namespace, "", ""));
        }
        add_kinds(self.v, self.language, offers);
    }

    /// The type of a chain that ends `text`.
    fn type_of(&self, text: &str, chain: &[Link<'_>], depth: usize) -> Option<Type> {
        let ((first, call), rest) = chain.split_first()?;
        if depth > LONGEST || call.is_some() {
            return None;
        }
        let start = match *first {
            "self" => self.subject.clone()?,
            "model" => Type::Model,
            "today" => Type::Timestamp,
            name => self.type_of_name(text, name, depth)?,
        };
        rest.iter().try_fold(start, |ty, (name, call)| self.step(&ty, name, *call))
    }

    fn type_of_name(&self, text: &str, name: &str, depth: usize) -> Option<Type> {
        if let Some((_, range)) = variables(text).into_iter().rev().find(|(one, _)| *one == name) {
            return match self.type_of(range, &self::chain(range), depth + 1)? {
                Type::List(of) => Some((*of).clone()),
                _ => None,
            };
        }
        if let Some((_, named)) = self.names.iter().find(|(known, _)| *known == name) {
            return match named {
                Named::Condition(text) => self.type_of(text, &whole(text)?, depth + 1),
                Named::Type(name) => {
                    let kind = self.v.kinds_by_name.get(*name).copied();
                    let kind = kind.map(|kind| Type::Element([kind].into_iter().collect()));
                    kind.or_else(|| self.v.enumerations_by_name.get(*name).copied().map(Type::Enum))
                }
            };
        }
        let mut parameters = self.rules.typed().parameters.iter();
        parameters.find(|parameter| parameter.name == name).map(|parameter| parameter.ty.clone())
    }

    /// The type of `receiver.name`, or of `receiver.name(…)`.
    fn step(&self, receiver: &Type, name: &str, call: Option<&str>) -> Option<Type> {
        match (receiver, name, call) {
            (Type::List(_), "filter" | "sortBy" | "distinct" | "slice" | "reverse", Some(_)) => {
                Some(receiver.clone())
            }
            (Type::List(_), "of", Some(kind)) => {
                let kind = *self.v.kinds_by_name.get(kind.trim())?;
                Some(Type::list(Type::Element([kind].into_iter().collect())))
            }
            (Type::List(_), "all" | "exists" | "exists_one", Some(_)) => Some(Type::Bool),
            (Type::List(_), "size", Some(_)) => Some(Type::Int),
            (Type::List(of), "first" | "last", Some(_)) => Some(Type::Optional(of.clone())),
            (Type::Optional(of), "value" | "orValue", Some(_)) => Some((**of).clone()),
            (Type::Model, section, None) => {
                let kind = *self.v.kinds_by_section.get(section)?;
                Some(Type::list(Type::Element([kind].into_iter().collect())))
            }
            (Type::Link { target, .. }, "target", None) => Some(Type::Element(target.clone())),
            (Type::Link { source, .. }, "source", None) => Some(Type::Element(source.clone())),
            (Type::Link { relation, .. }, name, None) => {
                Some(self.property(self.v.link_property_of(*relation, name)?))
            }
            (Type::List(of), name, call) => match self.step(of, name, call)? {
                Type::List(of) => Some(Type::List(of)),
                other => Some(Type::list(other)),
            },
            (Type::Element(kinds), name, call) => {
                kinds.iter().find_map(|kind| self.field(kind, name, call))
            }
            _ => None,
        }
    }

    /// The type of what an element of a kind answers to a name.
    fn field(&self, kind: KindIdx, name: &str, call: Option<&str>) -> Option<Type> {
        if call.is_none() {
            if let Some(property) = self.v.property_of(kind, name) {
                return Some(self.property(property));
            }
            let (relation, links) = match name.strip_suffix("_links") {
                Some(relation) => (relation, true),
                None => (name, false),
            };
            if let Some((relation, inverse)) = self.v.relations_by_name.get(relation).copied() {
                let target = self.v.targets(relation, inverse, kind);
                if links {
                    let source = [kind].into_iter().collect();
                    return Some(Type::list(Type::Link { relation, inverse, source, target }));
                }
                let to_one = self.v.relations[relation].to_one && !inverse;
                let element = Type::Element(target);
                return Some(if to_one { element } else { Type::list(element) });
            }
        }
        let typed = self.rules.typed();
        let mut definitions = typed.definitions.iter();
        let definition = definitions.find(|one| one.kind == kind && one.name == name);
        if let Some(body) = definition.and_then(|one| one.body.as_ref()) {
            return Some(body.nodes[body.root].ty.clone());
        }
        let (_, _, text) = self.own.iter().find(|(of, own, _)| *of == kind && *own == name)?;
        let scope = Scope {
            subject: Some(Type::Element([kind].into_iter().collect())),
            names: Vec::new(),
            own: Vec::new(),
            ..*self
        };
        scope.type_of(text, &whole(text)?, 0)
    }

    fn property(&self, property: PropertyIdx) -> Type {
        match self.v.properties[property].kind {
            PropertyType::Text => Type::Text,
            PropertyType::Bool => Type::Bool,
            PropertyType::Int => Type::Int,
            PropertyType::Number => Type::Double,
            PropertyType::Date => Type::Timestamp,
            PropertyType::Texts => Type::list(Type::Text),
            PropertyType::Enum(enumeration) => Type::Enum(enumeration),
        }
    }
}

/// Methods of what their first argument fits.
fn methods(fits: impl Fn(&Pattern) -> bool, offers: &mut Offers) {
    for signature in FUNCTIONS.iter().filter(|signature| signature.form == Form::Method) {
        if signature.args.first().is_some_and(&fits) {
            offers.add(Offer::new(Kind::Function, signature.name, "", "").then("("));
        }
    }
}

/// Whether a value of a type may be what a pattern asks for.
fn fits(pattern: &Pattern, ty: &Type) -> bool {
    match (pattern, ty) {
        (Pattern::List(of), Type::List(inner)) => fits(of, inner),
        (Pattern::Optional(_), Type::Optional(_)) | (Pattern::Map, Type::Map(..)) => true,
        (Pattern::Text, Type::Text)
        | (Pattern::Timestamp, Type::Timestamp)
        | (Pattern::Duration, Type::Duration)
        | (Pattern::A, _) => true,
        (Pattern::Number, Type::Int | Type::Double) => true,
        (Pattern::Ordered, ty) => {
            crate::typing::functions::is_ordered(ty) || matches!(ty, Type::Enum(_))
        }
        _ => false,
    }
}

/// The kinds of an element, or of the members of a list.
fn kinds(ty: &Type) -> Option<&KindSet> {
    match ty {
        Type::Element(kinds) => Some(kinds),
        Type::List(of) | Type::Optional(of) => match &**of {
            Type::Element(kinds) => Some(kinds),
            _ => None,
        },
        _ => None,
    }
}

/// `Programme.seats(t: RoleType)` as kind, name and arguments.
fn header<'t>(v: &Vocabulary, key: &'t str) -> Option<(KindIdx, &'t str, &'t str)> {
    let (kind, rest) = key.split_once('.')?;
    let (name, arguments) = rest.split_once('(').unwrap_or((rest, ""));
    let kind = *v.kinds_by_name.get(kind.trim())?;
    Some((kind, name.trim(), arguments.trim_end().trim_end_matches(')')))
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Where the word starts and ends that a place in a text is in.
fn word(text: &str, at: usize) -> (usize, usize) {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.trim_end_matches(is_name).len();
    let length = after.len() - after.trim_start_matches(is_name).len();
    (start, before.len() + length)
}

fn within(piece: &Piece, start: usize, end: usize) -> Span {
    let offset = piece.span.range().start;
    Span::new(offset + start, offset + end)
}

/// The chain that a text ends with: `a.b(c).d` as its parts. Empty where it ends with something else.
fn chain(text: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = text.trim_end();
    loop {
        let mut call = None;
        if let Some(inside) = rest.strip_suffix(')') {
            let Some(open) = opening(inside) else { return Vec::new() };
            call = inside.get(open + 1..);
            rest = rest.get(..open).unwrap_or("").trim_end();
        }
        let head = rest.trim_end_matches(is_name);
        let name = rest.get(head.len()..).unwrap_or("");
        if name.is_empty() || links.len() > LONGEST {
            return Vec::new();
        }
        links.push((name, call));
        let head = head.trim_end();
        match head.strip_suffix('.') {
            Some(more) => rest = more.strip_suffix('?').unwrap_or(more).trim_end(),
            None => break,
        }
    }
    links.reverse();
    links
}

/// The chain that is all of a text.
fn whole(text: &str) -> Option<Vec<Link<'_>>> {
    let trimmed = text.trim_start_matches(['>', '|', '-']).trim();
    let links = chain(trimmed);
    let starts = links.first().is_some_and(|(name, _)| trimmed.starts_with(name));
    // Operators between two chains would leave the first of them out.
    let is_all = !trimmed.contains([' ', '\n']) || links.iter().any(|(_, call)| call.is_some());
    (starts && is_all).then_some(links)
}

/// Where the bracket is that a closing one behind the text belongs to.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The variables of the macros that are open at the end of a text, outermost first, each with what it ranges
/// over: of `xs.all(x, x.` that is `x` over `xs`.
fn variables(text: &str) -> Vec<(&str, &str)> {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => _ = open.pop(),
            _ => {}
        }
    }
    let variable = |at: usize| {
        let (name, _) = text.get(at + 1..)?.split_once(',')?;
        let call = text.get(..at)?;
        let head = call.trim_end_matches(is_name);
        let range = head.strip_suffix('.')?;
        let is_macro = MACROS.contains(&call.get(head.len()..)?);
        let name = name.trim();
        (is_macro && !name.is_empty() && name.chars().all(is_name)).then_some((name, range))
    };
    open.into_iter().filter_map(variable).collect()
}
