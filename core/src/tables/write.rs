//! Models as tables: what one makes of them again is the same model.

use super::deviations;
use super::frame::{Frame, FrameColumn, Values};
use super::role::{DEVIATIONS, FROM, KIND, OPEN_KINDS, TO};
use crate::metamodel::{KindIdx, PropertyIdx, PropertyType, RelationIdx, Vocabulary};
use crate::model::{ElementIdx, LinkRef, Model};
use crate::value::Value;

impl Model {
    /// The model as tables: one for each kind that has elements, with a column for every property, and one of
    /// ids for every relation; and one for each relation whose links have properties of their own.
    ///
    /// [`Model::from_tables`] makes the same model of them, but that a blank text counts as none.
    ///
    /// ```
    /// use spelregel::{Limits, Metamodel, Model, Source};
    /// use spelregel::tables::Table;
    ///
    /// let text = "programmes: [{id: klimaat, pursues: [co2]}]\ngoals: [{id: co2}]\n";
    /// let metamodel = Metamodel::standard();
    /// let model = Model::load(&metamodel, [Source::new("klimaat.yaml", text)])?;
    /// let frames = model.to_frames();
    /// assert_eq!(frames[0].name, "programmes");
    /// let tables: Vec<Table> = frames.iter().map(|frame| frame.table()).collect();
    /// let again = Model::from_tables(&metamodel, &tables, &Limits::default())?;
    /// assert_eq!(again.to_json(), model.to_json());
    /// # Ok::<(), spelregel::Diagnostics>(())
    /// ```
    pub fn to_frames(&self) -> Vec<Frame> {
        let v = &*self.vocabulary().0;
        let mut frames = Vec::new();
        for kind in v.kinds.indices().filter(|kind| !self.elements_of(*kind).is_empty()) {
            frames.push(elements(self, v, kind));
        }
        for (relation, declared) in v.relations.enumerate() {
            if !declared.properties.is_empty() && self.links_of(relation) > 0 {
                frames.push(links(self, v, relation));
            }
        }
        frames.extend(open_kinds(self, v));
        frames.extend(recorded_deviations(self));
        frames
    }
}

fn elements(model: &Model, v: &Vocabulary, kind: KindIdx) -> Frame {
    let all: Vec<ElementIdx> = model.members(kind).collect();
    let mut columns: Vec<FrameColumn> = Vec::new();
    for property in &v.kinds[kind].properties {
        let declared = &v.properties[*property];
        let values = all.iter().map(|element| model.property(*element, *property));
        columns.push(FrameColumn {
            name: declared.name.clone(),
            is_nullable: declared.name != "id",
            values: values_of(v, declared.kind, values),
        });
    }
    for (relation, declared) in v.relations.enumerate() {
        if !declared.properties.is_empty() || v.targets(relation, false, kind).is_empty() {
            continue;
        }
        let targets = all.iter().map(|element| {
            let links = model.links(*element, relation, false);
            let ids = links.map(|link| model.id_of(model.link_target(link)).to_owned());
            Some(ids.collect::<Vec<String>>())
        });
        columns.push(FrameColumn {
            name: declared.name.clone(),
            is_nullable: false,
            values: Values::Lists(targets.collect()),
        });
    }
    Frame { name: v.kinds[kind].section.clone(), columns }
}

fn links(model: &Model, v: &Vocabulary, relation: RelationIdx) -> Frame {
    let declared = &v.relations[relation];
    let all: Vec<LinkRef> = v
        .kinds
        .indices()
        .filter(|kind| !v.targets(relation, false, *kind).is_empty())
        .flat_map(|kind| model.members(kind))
        .flat_map(|element| model.links(element, relation, false))
        .collect();
    let end = |name: &str, of: &dyn Fn(LinkRef) -> ElementIdx| FrameColumn {
        name: name.to_owned(),
        is_nullable: false,
        values: Values::Texts(
            all.iter().map(|link| Some(model.id_of(of(*link)).to_owned())).collect(),
        ),
    };
    let mut columns = vec![
        end(FROM[0], &|link| model.link_source(link)),
        end(TO[0], &|link| model.link_target(link)),
    ];
    for property in &declared.properties {
        columns.push(held(model, v, &all, *property));
    }
    Frame { name: declared.name.clone(), columns }
}

fn held(model: &Model, v: &Vocabulary, links: &[LinkRef], property: PropertyIdx) -> FrameColumn {
    let declared = &v.properties[property];
    let values = links.iter().map(|link| model.link_property(*link, property));
    let values = values_of(v, declared.kind, values);
    FrameColumn { name: declared.name.clone(), is_nullable: true, values }
}

/// Values of a property, each of which is of its type.
fn values_of(
    v: &Vocabulary,
    kind: PropertyType,
    values: impl Iterator<Item = Option<Value>>,
) -> Values {
    fn each<T>(
        values: impl Iterator<Item = Option<Value>>,
        of: impl Fn(&Value) -> Option<T>,
    ) -> Vec<Option<T>> {
        values.map(|value| of(&value?)).collect()
    }
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Enum(enumeration, position) => Some(v.enum_name(*enumeration, *position).to_owned()),
        _ => None,
    };
    match kind {
        PropertyType::Bool => Values::Bools(each(values, |value| match value {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        })),
        PropertyType::Int => Values::Ints(each(values, |value| match value {
            Value::Int(number) => Some(*number),
            _ => None,
        })),
        PropertyType::Number => Values::Numbers(each(values, |value| match value {
            Value::Double(number) => Some(*number),
            _ => None,
        })),
        PropertyType::Text | PropertyType::Enum(_) => Values::Texts(each(values, text)),
        PropertyType::Date => Values::Days(each(values, |value| match value {
            Value::Timestamp(day) => i32::try_from(day.days()).ok(),
            _ => None,
        })),
        PropertyType::Texts => Values::Lists(each(values, |value| match value {
            Value::List(items) => Some(items.iter().filter_map(text).collect()),
            _ => None,
        })),
    }
}

fn open_kinds(model: &Model, v: &Vocabulary) -> Option<Frame> {
    let open = v.kinds.indices().filter(|kind| model.is_open(*kind));
    let names: Vec<Option<String>> = open.map(|kind| Some(v.kinds[kind].name.clone())).collect();
    let column =
        FrameColumn { name: KIND[0].to_owned(), is_nullable: false, values: Values::Texts(names) };
    (!column.values.is_empty())
        .then(|| Frame { name: OPEN_KINDS[0].to_owned(), columns: vec![column] })
}

fn recorded_deviations(model: &Model) -> Option<Frame> {
    let all = model.deviations();
    let columns = deviations::COLUMNS.iter().map(|(name, _)| {
        let text = |text: &str| Some(text.to_owned());
        let values = match *name {
            "elements" => Values::Lists(all.iter().map(|one| Some(one.elements.clone())).collect()),
            "until" => {
                let days = |day: crate::value::Timestamp| i32::try_from(day.days()).ok();
                Values::Days(all.iter().map(|one| one.until.and_then(days)).collect())
            }
            "rule" => Values::Texts(all.iter().map(|one| text(&one.rule)).collect()),
            "reason" => Values::Texts(all.iter().map(|one| text(&one.reason)).collect()),
            "path" => Values::Texts(all.iter().map(|one| one.path.clone()).collect()),
            _ => Values::Texts(all.iter().map(|one| one.decided_by.clone()).collect()),
        };
        let is_nullable = !matches!(*name, "rule" | "elements" | "reason");
        FrameColumn { name: (*name).to_owned(), is_nullable, values }
    });
    (!all.is_empty()).then(|| Frame { name: DEVIATIONS[0].to_owned(), columns: columns.collect() })
}
