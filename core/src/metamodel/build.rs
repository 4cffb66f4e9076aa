//! From declarations to a vocabulary: names looked up, types settled, everything consistent.

use rustc_hash::FxHashMap;

use super::declare::{
    Declarations, EnumerationDeclaration, KindDeclaration, PropertyDeclaration,
    RelationDeclaration, Written, declared_twice,
};
use super::{
    EnumIdx, EnumValue, Enumeration, Kind, KindIdx, KindSet, Property, PropertyIdx, PropertyType,
    Relation, RelationIdx, Vocabulary, canonical,
};
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::suggest::nearest;
use crate::text::Text;
use crate::value::Value;
use crate::yaml::read::listed;

/// The fields that every element has apart from what a metamodel declares.
const ID: &str = "id";
const STATE: &str = "state";

/// Names that documents or rules use for something else.
const TAKEN_SECTIONS: [&str; 3] = ["spelregel", "open_kinds", "deviations"];
const TAKEN_KINDS: [&str; 1] = ["Model"];
const RESERVED: [&str; 21] = [
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// Values of an enumeration at most: models keep positions of them in 16 bits.
const MOST_VALUES: usize = 1 << 16;

/// Builds what the declarations say. Where they say something wrong, the result is not complete
/// and `problems` is not empty.
pub(super) fn build(declarations: Declarations, problems: &mut Problems) -> Vocabulary {
    let mut builder = Builder { vocabulary: Vocabulary::default(), problems };
    builder.enumerations(&declarations.enumerations);
    for kind in &declarations.kinds {
        builder.kind(kind, &declarations.properties);
    }
    for relation in &declarations.relations {
        builder.relation(relation);
    }
    if builder.problems.is_empty() {
        builder.unique_fields(&declarations);
    }
    let mut vocabulary = builder.vocabulary;
    vocabulary.id.clone_from(&declarations.id);
    vocabulary.version.clone_from(&declarations.version);
    vocabulary.title = declarations.title.clone();
    vocabulary.declarations = declarations;
    vocabulary.canonical = canonical::canonical(&vocabulary);
    vocabulary
}

struct Builder<'p> {
    vocabulary: Vocabulary,
    problems: &'p mut Problems,
}

impl Builder<'_> {
    fn error(&mut self, code: Code, message: String, at: &Written) {
        self.problems.push(Diagnostic::error(code, message, &at.source, at.span));
    }

    fn enumerations(&mut self, declarations: &[EnumerationDeclaration]) {
        for declared in declarations {
            self.check_name(&declared.name, "enumeration", Case::Camel);
            if declared.values.len() > MOST_VALUES {
                let message = format!("an enumeration of more than {MOST_VALUES} values");
                self.error(Code::OverLimit, message, &declared.name);
            }
            for value in &declared.values {
                self.check_name(&value.name, "value", Case::Any);
            }
            let values = declared.values.iter().map(|value| EnumValue {
                name: value.name.text.clone(),
                label: or_name(&value.label, &value.name.text),
                description: value.description.clone(),
                opens: None,
            });
            let index = self.vocabulary.enumerations.push(Enumeration {
                name: declared.name.text.clone(),
                label: or_name(&declared.label, &declared.name.text),
                description: declared.description.clone(),
                ordered: declared.ordered,
                values: values.collect(),
            });
            self.vocabulary.enumerations_by_name.insert(declared.name.text.clone(), index);
        }
        let find = |name: &str| self.vocabulary.enumerations_by_name.get(name).copied();
        self.vocabulary.state = find("State");
        self.vocabulary.phase = find("Phase");
        self.vocabulary.gate = find("Gate");
        for declared in declarations {
            self.gates(declared);
        }
    }

    /// Looks up the phases that gates open.
    fn gates(&mut self, declared: &EnumerationDeclaration) {
        let Some(enumeration) = self.vocabulary.enumerations_by_name.get(&declared.name.text)
        else {
            return;
        };
        let enumeration = *enumeration;
        for (position, value) in declared.values.iter().enumerate() {
            let Some(opens) = &value.opens else { continue };
            let phase =
                self.vocabulary.phase.and_then(|p| self.vocabulary.enum_value(p, &opens.text));
            let values = &mut self.vocabulary.enumerations[enumeration].values;
            match (phase, values.get_mut(position)) {
                (Some(_), Some(value)) => value.opens = phase,
                _ => self.unknown_value(opens, self.vocabulary.phase, "Phase"),
            }
        }
    }

    fn unknown_value(&mut self, written: &Written, enumeration: Option<EnumIdx>, name: &str) {
        let values: Vec<&str> = enumeration
            .map(|e| {
                self.vocabulary.enumerations[e].values.iter().map(|v| v.name.as_str()).collect()
            })
            .unwrap_or_default();
        let near = nearest(&written.text, values.iter().copied());
        let message = format!("`{}` is not a value of the enumeration `{name}`", written.text);
        let problem = Diagnostic::error(Code::UnknownValue, message, &written.source, written.span);
        self.problems.push(match near {
            Some(_) => problem.suggest(near),
            None if values.is_empty() => problem,
            None => problem.help(format!("the values are {}", listed(&values))),
        });
    }

    fn kind(&mut self, declared: &KindDeclaration, common: &[PropertyDeclaration]) {
        let name = &declared.name;
        self.check_name(name, "kind", Case::Camel);
        if self.vocabulary.enumerations_by_name.contains_key(&name.text) {
            let message = format!("`{}` is the name of an enumeration as well", name.text);
            self.error(Code::DuplicateName, message, name);
        }
        let states = self.states(&declared.states);
        let dead_states = self.states(&declared.dead_states);
        for (state, written) in dead_states.iter().zip(&declared.dead_states) {
            if !states.contains(state) {
                let message = format!("`{}` is not one of the states of the kind", written.text);
                self.error(Code::UnknownValue, message, written);
            }
        }
        let mut properties = vec![self.vocabulary.properties.push(id_property())];
        for property in common.iter().chain(&declared.properties) {
            properties.push(self.property(property));
        }
        if let Some(state) = self.vocabulary.state.filter(|_| !states.is_empty()) {
            let property = self.state_property(state);
            properties.push(self.vocabulary.properties.push(property));
        }
        let section = declared.section.as_ref().map_or("", |section| section.text.as_str());
        let kind = Kind {
            name: name.text.clone(),
            section: section.to_owned(),
            label: or_name(&declared.label, &name.text),
            plural: or_name(&declared.plural, section),
            definite: declared.definite.clone(),
            description: declared.description.clone(),
            states,
            dead_states,
            programmes: declared.programmes.as_ref().map(|path| path.text.clone()),
            property_by_name: self.by_name(&properties),
            properties,
        };
        let index = self.vocabulary.kinds.push(kind);
        self.vocabulary.kinds_by_name.insert(name.text.clone(), index);
        if let Some(section) = &declared.section {
            self.section(section, index);
        }
    }

    fn section(&mut self, section: &Written, kind: KindIdx) {
        self.check_name(section, "section", Case::Snake);
        let taken = TAKEN_SECTIONS.contains(&section.text.as_str());
        let other = self.vocabulary.kinds_by_section.insert(section.text.clone(), kind);
        if taken || other.is_some() {
            let message = format!("the section `{}` is something else already", section.text);
            self.error(Code::DuplicateName, message, section);
        }
    }

    fn states(&mut self, written: &[Written]) -> Vec<u32> {
        let mut states = Vec::new();
        for name in written {
            let enumeration = self.vocabulary.state;
            match enumeration.and_then(|e| self.vocabulary.enum_value(e, &name.text)) {
                Some(state) => states.push(state),
                None => self.unknown_value(name, enumeration, "State"),
            }
        }
        states
    }

    fn state_property(&self, state: EnumIdx) -> Property {
        let enumeration = &self.vocabulary.enumerations[state];
        Property {
            name: STATE.to_owned(),
            label: enumeration.label.clone(),
            description: enumeration.description.clone(),
            kind: PropertyType::Enum(state),
            unit: None,
            required: false,
            absent: None,
            min: None,
            max: None,
        }
    }

    fn property(&mut self, declared: &PropertyDeclaration) -> PropertyIdx {
        let name = &declared.name;
        self.check_name(name, "property", Case::Snake);
        if name.text == ID || name.text == STATE {
            let message = format!("`{}` is a field that elements have anyway", name.text);
            self.error(Code::DuplicateName, message, name);
        }
        let kind =
            declared.kind.as_ref().map_or(PropertyType::Text, |kind| self.property_type(kind));
        let mut property = Property {
            name: name.text.clone(),
            label: or_name(&declared.label, &name.text),
            description: declared.description.clone(),
            kind,
            unit: declared.unit.clone(),
            required: declared.required,
            absent: None,
            min: declared.min,
            max: declared.max,
        };
        property.absent = self.absent(&property, declared);
        self.vocabulary.properties.push(property)
    }

    fn absent(&mut self, property: &Property, declared: &PropertyDeclaration) -> Option<Value> {
        let (node, source) = declared.absent.as_ref()?;
        let Some(scalar) = node.scalar() else {
            let message = format!("`absent` is {}, not a single value", node.what());
            self.problems.push(Diagnostic::error(Code::WrongType, message, source, node.span));
            return None;
        };
        match self.vocabulary.read(property, None, scalar) {
            Ok(value) if property.kind == PropertyType::Texts => Some(Value::list([value])),
            Ok(value) => Some(value),
            Err(misread) => {
                self.problems.push(misread.diagnostic(source, node.span));
                None
            }
        }
    }

    fn property_type(&mut self, written: &Written) -> PropertyType {
        let simple = [
            ("text", PropertyType::Text),
            ("bool", PropertyType::Bool),
            ("int", PropertyType::Int),
            ("number", PropertyType::Number),
            ("date", PropertyType::Date),
            ("list<text>", PropertyType::Texts),
        ];
        let text = written.text.as_str();
        if let Some((_, kind)) = simple.iter().find(|(name, _)| *name == text) {
            return *kind;
        }
        if let Some(enumeration) = self.vocabulary.enumerations_by_name.get(text) {
            return PropertyType::Enum(*enumeration);
        }
        let enumerations = self.vocabulary.enumerations.iter().map(|e| e.name.as_str());
        let near = nearest(text, simple.iter().map(|(name, _)| *name).chain(enumerations));
        let message = format!("there is no type `{text}`");
        let problem = Diagnostic::error(Code::UnknownName, message, &written.source, written.span);
        let names = simple.map(|(name, _)| name);
        self.problems.push(match near {
            Some(_) => problem.suggest(near),
            None => problem.help(format!("the types are {} and the enumerations", listed(&names))),
        });
        PropertyType::Text
    }

    fn relation(&mut self, declared: &RelationDeclaration) {
        let name = &declared.name;
        self.check_name(name, "relation", Case::Snake);
        let properties: Vec<PropertyIdx> =
            declared.properties.iter().map(|property| self.property(property)).collect();
        let by_name = self.by_name(&properties);
        let date = |name: &str| {
            let property = by_name.get(name).copied()?;
            (self.vocabulary.properties[property].kind == PropertyType::Date).then_some(property)
        };
        let (valid_from, valid_until) = (date("valid_from"), date("valid_until"));
        let ends = declared.ends.iter().map(|(from, to)| (self.kinds(from), self.kinds(to)));
        let ends = ends.collect();
        let inverse = declared.inverse.as_ref().map_or("", |inverse| inverse.text.as_str());
        let relation = Relation {
            name: name.text.clone(),
            inverse: inverse.to_owned(),
            label: or_name(&declared.label, &name.text),
            inverse_label: or_name(&declared.inverse_label, inverse),
            targets: declared.targets.clone(),
            sources: declared.sources.clone(),
            description: declared.description.clone(),
            ends,
            to_one: declared.to_one,
            properties,
            property_by_name: by_name,
            valid_from,
            valid_until,
        };
        let index = self.vocabulary.relations.push(relation);
        self.relation_name(name, index, false);
        if let Some(inverse) = &declared.inverse {
            self.check_name(inverse, "relation", Case::Snake);
            self.relation_name(inverse, index, true);
        }
    }

    fn relation_name(&mut self, name: &Written, relation: RelationIdx, inverse: bool) {
        let names = &mut self.vocabulary.relations_by_name;
        if names.insert(name.text.clone(), (relation, inverse)).is_some() {
            let message = format!("`{}` is the name of another relation or inverse", name.text);
            self.error(Code::DuplicateName, message, name);
        }
    }

    fn kinds(&mut self, names: &[Written]) -> KindSet {
        let mut kinds = Vec::new();
        for name in names {
            if let Some(kind) = self.vocabulary.kinds_by_name.get(&name.text) {
                kinds.push(*kind);
                continue;
            }
            let known = self.vocabulary.kinds.iter().map(Kind::name);
            let near = nearest(&name.text, known);
            let message = format!("there is no kind `{}`", name.text);
            let problem = Diagnostic::error(Code::UnknownKind, message, &name.source, name.span);
            self.problems.push(problem.suggest(near));
        }
        kinds.into_iter().collect()
    }

    fn by_name(&self, properties: &[PropertyIdx]) -> FxHashMap<String, PropertyIdx> {
        let name = |property: &PropertyIdx| self.vocabulary.properties[*property].name.clone();
        properties.iter().map(|property| (name(property), *property)).collect()
    }

    /// Rules read properties and relations alike, as `x.name`: on one kind a name means one thing.
    fn unique_fields(&mut self, declarations: &Declarations) {
        for kind in &declarations.kinds {
            let mut seen: FxHashMap<String, &Written> = FxHashMap::default();
            let Some(index) = self.vocabulary.kinds_by_name.get(&kind.name.text).copied() else {
                continue;
            };
            let properties = declarations.properties.iter().chain(&kind.properties);
            let mut fields: Vec<&Written> = properties.map(|property| &property.name).collect();
            for relation in &declarations.relations {
                for name in [Some(&relation.name), relation.inverse.as_ref()].into_iter().flatten()
                {
                    let known = self.vocabulary.relations_by_name.get(&name.text);
                    let Some((relation, inverse)) = known else { continue };
                    if !self.vocabulary.targets(*relation, *inverse, index).is_empty() {
                        fields.push(name);
                    }
                }
            }
            for name in fields {
                if let Some(first) = seen.insert(name.text.clone(), name) {
                    self.problems.push(declared_twice("field", name, first));
                }
            }
        }
    }

    fn check_name(&mut self, name: &Written, what: &str, case: Case) {
        let text = name.text.as_str();
        let first = text.chars().next();
        let start = first.is_some_and(|c| match case {
            Case::Camel => c.is_ascii_uppercase(),
            Case::Snake => c.is_ascii_lowercase(),
            Case::Any => c.is_ascii_alphabetic(),
        });
        let rest = text.chars().all(|c| match case {
            Case::Camel => c.is_ascii_alphanumeric(),
            Case::Snake => c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_',
            Case::Any => c.is_ascii_alphanumeric() || c == '_',
        });
        if RESERVED.contains(&text) || TAKEN_KINDS.contains(&text) {
            let message = format!("`{text}` cannot be the name of a {what}: rules use the word");
            self.error(Code::InvalidName, message, name);
        } else if !start || !rest {
            let message = format!("`{text}` cannot be the name of a {what}");
            let problem = Diagnostic::error(Code::InvalidName, message, &name.source, name.span);
            self.problems.push(problem.help(match case {
                Case::Camel => "use letters and digits, as in `LearningActivity`",
                Case::Snake => "use small letters, digits and `_`, as in `held_by`",
                Case::Any => "use letters, digits and `_`, as in `in_use`",
            }));
        }
    }
}

/// How names are written.
#[derive(Debug, Clone, Copy)]
enum Case {
    Camel,
    Snake,
    Any,
}

fn id_property() -> Property {
    Property {
        name: ID.to_owned(),
        label: Text::both(ID, ID),
        description: Text::default(),
        kind: PropertyType::Text,
        unit: None,
        required: true,
        absent: None,
        min: None,
        max: None,
    }
}

/// A label; where there is none, the name in words.
fn or_name(label: &Text, name: &str) -> Text {
    if label.is_empty() {
        let words = name.replace('_', " ");
        Text::both(words.clone(), words)
    } else {
        label.clone()
    }
}
