//! Random metamodels: some kinds with properties of every type, relations between them with links that
//! have properties and dates, one of them to-one at most.

use serde_json::{Value as Json, json};

use super::draw::Draw;
use super::types::Kinds;

/// A metamodel as data.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// In model order.
    pub kinds: Vec<Kind>,
    /// The first three are [`STATE`], [`PHASE`] and [`GATE`].
    pub enumerations: Vec<Enumeration>,
    /// In the metamodel's order.
    pub relations: Vec<Relation>,
}

/// The position of the enumeration of states.
pub const STATE: usize = 0;
/// The position of the enumeration of phases.
pub const PHASE: usize = 1;
/// The position of the enumeration of gates.
pub const GATE: usize = 2;

/// A kind of element.
#[derive(Debug, Clone)]
pub struct Kind {
    /// As rules name it.
    pub name: &'static str,
    /// As documents name it.
    pub section: &'static str,
    /// The states in which its elements are live; may be empty.
    pub states: Vec<&'static str>,
    /// The states in which they are dead.
    pub dead_states: Vec<&'static str>,
    /// The path to its programmes.
    pub programmes: Option<String>,
    /// Its own properties.
    pub properties: Vec<Property>,
}

/// A property of elements or links.
#[derive(Debug, Clone)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub ty: PropertyType,
    /// What it reads as where it isn't recorded.
    pub absent: Option<Json>,
}

/// What a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyType {
    /// `text`
    Text,
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `number`
    Number,
    /// `date`
    Date,
    /// `list<text>`
    Texts,
    /// An enumeration, by position.
    Enum(usize),
}

/// A closed list of values.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// Its name.
    pub name: &'static str,
    /// Whether its values compare.
    pub ordered: bool,
    /// The values in their order.
    pub values: Vec<&'static str>,
}

/// A relation between kinds.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Read from its source.
    pub name: &'static str,
    /// Read from its target.
    pub inverse: &'static str,
    /// Which kinds lead to which.
    pub ends: Vec<(Kinds, Kinds)>,
    /// At most one target for each source.
    pub to_one: bool,
    /// The properties of its links, `valid_from` and `valid_until` not among them.
    pub properties: Vec<Property>,
    /// Whether its links have `valid_from` and `valid_until`.
    pub has_validity: bool,
}

const KINDS: [(&str, &str); 5] = [
    ("Task", "tasks"),
    ("Goal", "goals"),
    ("Person", "persons"),
    ("Body", "bodies"),
    ("Report", "reports"),
];

const RELATIONS: [(&str, &str); 5] = [
    ("needs", "needed_by"),
    ("serves", "served_by"),
    ("part_of", "includes"),
    ("owned_by", "owns"),
    ("near", "near_to"),
];

const ENUMERATIONS: [(&str, bool, &[&str]); 5] = [
    ("State", false, &["proposed", "active", "done", "dropped"]),
    ("Phase", true, &["explore", "design", "deliver", "close"]),
    ("Gate", true, &["G1", "G2", "G3"]),
    ("Colour", true, &["green", "amber", "red"]),
    ("Shape", false, &["square", "circle"]),
];

/// Properties that kinds have some of, with what absence may count as.
const PROPERTIES: [(&str, PropertyType, Option<&str>); 12] = [
    ("name", PropertyType::Text, None),
    ("agreed", PropertyType::Bool, None),
    ("points", PropertyType::Int, None),
    ("cost", PropertyType::Number, None),
    ("start_on", PropertyType::Date, None),
    ("colour", PropertyType::Enum(3), Some("green")),
    ("tags", PropertyType::Texts, None),
    ("secret", PropertyType::Bool, Some("false")),
    ("days", PropertyType::Int, Some("30")),
    ("share", PropertyType::Number, Some("1")),
    ("end_on", PropertyType::Date, None),
    ("shape", PropertyType::Enum(4), None),
];

const LINK_PROPERTIES: [(&str, PropertyType); 4] = [
    ("weight", PropertyType::Number),
    ("firm", PropertyType::Bool),
    ("note", PropertyType::Text),
    ("rank", PropertyType::Int),
];

impl Vocabulary {
    /// Draws one.
    pub fn draw(draw: &mut Draw<'_>) -> Self {
        let enumerations = ENUMERATIONS.iter().map(|(name, ordered, values)| Enumeration {
            name,
            ordered: *ordered,
            values: values.to_vec(),
        });
        let mut vocabulary =
            Self { kinds: Vec::new(), enumerations: enumerations.collect(), relations: Vec::new() };
        let phase = Property {
            name: "phase",
            ty: PropertyType::Enum(PHASE),
            absent: Some(json!("explore")),
        };
        let mut programme = Kind::draw(draw, "Programme", "programmes");
        programme.properties.push(phase);
        vocabulary.kinds.push(programme);
        let count = 1 + draw.below(KINDS.len());
        for (name, section) in KINDS.iter().take(count) {
            vocabulary.kinds.push(Kind::draw(draw, name, section));
        }
        let count = 2 + draw.below(RELATIONS.len() - 1);
        for (name, inverse) in RELATIONS.iter().take(count) {
            let relation = Relation::draw(draw, name, inverse, vocabulary.kinds.len());
            vocabulary.relations.push(relation);
        }
        vocabulary.draw_programmes(draw);
        vocabulary
    }

    /// Gives kinds a path to their programmes, where one step leads there.
    fn draw_programmes(&mut self, draw: &mut Draw<'_>) {
        for kind in 0..self.kinds.len() {
            let steps: Vec<&str> = self
                .steps(&Kinds::from([kind]))
                .into_iter()
                .filter(|step| step.targets.contains(&0))
                .map(|step| step.name)
                .collect();
            let Some(step) = draw.pick(&steps) else { continue };
            let repeat = if kind == 0 { "*" } else { "" };
            let path = format!("({step}[Programme]){repeat}");
            if let Some(kind) = self.kinds.get_mut(kind) {
                kind.programmes = Some(path);
            }
        }
    }

    /// The ways on from elements of the kinds: one for each name that some of them have.
    pub fn steps(&self, from: &Kinds) -> Vec<Step> {
        let mut steps = Vec::new();
        for (position, relation) in self.relations.iter().enumerate() {
            for (inverse, name) in [(false, relation.name), (true, relation.inverse)] {
                let having: Kinds = from
                    .iter()
                    .copied()
                    .filter(|kind| !relation.targets(inverse, *kind).is_empty())
                    .collect();
                let targets: Kinds =
                    having.iter().flat_map(|kind| relation.targets(inverse, *kind)).collect();
                if !targets.is_empty() {
                    let to_one = relation.to_one && !inverse;
                    steps.push(Step { name, relation: position, inverse, to_one, having, targets });
                }
            }
        }
        steps
    }

    /// The kinds that a step leads to from elements of these kinds.
    pub fn targets_of(&self, step: &Step, from: &Kinds) -> Kinds {
        let relation = self.relations.get(step.relation);
        let targets = |kind| relation.map(|relation| relation.targets(step.inverse, kind));
        from.iter().filter_map(|kind| targets(*kind)).flatten().collect()
    }

    /// The name of a kind.
    pub fn kind_name(&self, kind: usize) -> &'static str {
        self.kinds.get(kind).map_or("", |kind| kind.name)
    }

    /// The section of a kind.
    pub fn section(&self, kind: usize) -> &'static str {
        self.kinds.get(kind).map_or("", |kind| kind.section)
    }

    /// The name of an enumeration.
    pub fn enumeration_name(&self, enumeration: usize) -> &'static str {
        self.enumerations.get(enumeration).map_or("", |enumeration| enumeration.name)
    }

    /// The values of an enumeration.
    pub fn values(&self, enumeration: usize) -> &[&'static str] {
        self.enumerations.get(enumeration).map_or(&[], |enumeration| &enumeration.values)
    }

    /// Whether the values of an enumeration compare.
    pub fn is_ordered(&self, enumeration: usize) -> bool {
        self.enumerations.get(enumeration).is_some_and(|enumeration| enumeration.ordered)
    }

    /// The metamodel file.
    pub fn to_yaml(&self) -> String {
        let mut out =
            String::from("spelregel: 1\nmetamodel: drawn\nversion: 1.0.0\nenumerations:\n");
        for (position, enumeration) in self.enumerations.iter().enumerate() {
            let value = |(at, name): (usize, &&str)| match self.values(PHASE).get(at + 1) {
                Some(phase) if position == GATE => format!("{name}: {{opens: {phase}}}"),
                _ => format!("{name}: {{}}"),
            };
            let values: Vec<String> = enumeration.values.iter().enumerate().map(value).collect();
            out.push_str(&format!(
                "  {}: {{ordered: {}, values: {{{}}}}}\n",
                enumeration.name,
                enumeration.ordered,
                values.join(", ")
            ));
        }
        out.push_str("kinds:\n");
        for kind in &self.kinds {
            out.push_str(&format!("  {}:\n    section: {}\n", kind.name, kind.section));
            let states = [kind.states.as_slice(), &kind.dead_states].concat();
            if !states.is_empty() {
                out.push_str(&format!("    states: [{}]\n", states.join(", ")));
                out.push_str(&format!("    dead_states: [{}]\n", kind.dead_states.join(", ")));
            }
            if let Some(path) = &kind.programmes {
                out.push_str(&format!("    programmes: \"{path}\"\n"));
            }
            out.push_str(&self.properties_yaml(&kind.properties, ""));
        }
        out.push_str("relations:\n");
        for relation in &self.relations {
            out.push_str(&format!("  {}:\n    inverse: {}\n", relation.name, relation.inverse));
            if relation.to_one {
                out.push_str("    one: true\n");
            }
            out.push_str("    ends:\n");
            for (from, to) in &relation.ends {
                out.push_str(&format!(
                    "      - {{from: {}, to: {}}}\n",
                    self.names(from),
                    self.names(to)
                ));
            }
            let validity = if relation.has_validity {
                "valid_from: {type: date}, valid_until: {type: date}"
            } else {
                ""
            };
            out.push_str(&self.properties_yaml(&relation.properties, validity));
        }
        out
    }

    fn names(&self, kinds: &Kinds) -> String {
        let names: Vec<&str> = kinds.iter().map(|kind| self.kind_name(*kind)).collect();
        format!("[{}]", names.join(", "))
    }

    fn properties_yaml(&self, properties: &[Property], more: &str) -> String {
        let mut parts: Vec<String> = properties
            .iter()
            .map(|property| {
                let absent = property
                    .absent
                    .as_ref()
                    .map_or_else(String::new, |absent| format!(", absent: {absent}"));
                format!("{}: {{type: {}{absent}}}", property.name, self.type_name(property.ty))
            })
            .collect();
        if !more.is_empty() {
            parts.push(more.to_owned());
        }
        if parts.is_empty() {
            return String::new();
        }
        format!("    properties: {{{}}}\n", parts.join(", "))
    }

    fn type_name(&self, ty: PropertyType) -> &'static str {
        match ty {
            PropertyType::Text => "text",
            PropertyType::Bool => "bool",
            PropertyType::Int => "int",
            PropertyType::Number => "number",
            PropertyType::Date => "date",
            PropertyType::Texts => "list<text>",
            PropertyType::Enum(enumeration) => self.enumeration_name(enumeration),
        }
    }
}

/// A relation as seen from elements of some kinds.
#[derive(Debug, Clone)]
pub struct Step {
    /// How rules write it.
    pub name: &'static str,
    /// The relation, by position.
    pub relation: usize,
    /// Against its direction.
    pub inverse: bool,
    /// It leads to one element at most, and reads as that.
    pub to_one: bool,
    /// Those of the kinds that have it.
    pub having: Kinds,
    /// The kinds that it leads to.
    pub targets: Kinds,
}

impl Kind {
    fn draw(draw: &mut Draw<'_>, name: &'static str, section: &'static str) -> Self {
        let properties = PROPERTIES.iter().enumerate().filter_map(|(at, (name, ty, absent))| {
            // The first ones on every kind, so that most types are at hand.
            if at >= 4 && !draw.chance(60) {
                return None;
            }
            let absent = absent
                .filter(|_| draw.chance(60))
                .map(|text| serde_json::from_str(text).unwrap_or_else(|_| json!(text)));
            Some(Property { name, ty: *ty, absent })
        });
        let properties = properties.collect();
        let has_states = draw.chance(60);
        let states = if has_states { vec!["proposed", "active"] } else { Vec::new() };
        let dead_states = if has_states { vec!["dropped"] } else { Vec::new() };
        Self { name, section, states, dead_states, programmes: None, properties }
    }

    /// The property of the name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }
}

impl Relation {
    fn draw(draw: &mut Draw<'_>, name: &'static str, inverse: &'static str, kinds: usize) -> Self {
        let all: Vec<usize> = (0..kinds).collect();
        let side = |draw: &mut Draw<'_>| {
            let mut side: Kinds = draw.some(&all, 40).into_iter().collect();
            side.insert(draw.below(kinds));
            side
        };
        let mut ends = vec![(side(draw), side(draw))];
        if draw.chance(30) {
            ends.push((side(draw), side(draw)));
        }
        let properties = draw.some(&LINK_PROPERTIES, 35).into_iter();
        let properties = properties.map(|(name, ty)| Property { name, ty, absent: None }).collect();
        let to_one = name == "owned_by" || draw.chance(15);
        Self { name, inverse, ends, to_one, properties, has_validity: draw.chance(50) }
    }

    /// The kinds that it leads to from a kind; none where it isn't defined.
    pub fn targets(&self, inverse: bool, from: usize) -> Kinds {
        let ends = self.ends.iter();
        let reached = ends.filter_map(|(sources, targets)| {
            let (here, there) = if inverse { (targets, sources) } else { (sources, targets) };
            here.contains(&from).then_some(there)
        });
        reached.flatten().copied().collect()
    }
}
