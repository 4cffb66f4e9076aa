//! Documents to loose parts: columns in the order written, links by the ids they name.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::DEPTH;
use super::scan::{Quoted, Scanner};
use crate::index::{IndexVec, narrow};
use crate::limits::Limits;
use crate::metamodel::{
    EnumIdx, KindIdx, Metamodel, PropertyIdx, PropertyType, RelationIdx, Vocabulary,
};
use crate::model::document::{self, Field, FieldTable};
use crate::model::draft::{Draft, Properties, check_id};
use crate::model::store::{Column, Parts, Texts};
use crate::model::{Deviation, Origin};
use crate::sort::sort_by_key;
use crate::source::{Source, Span};
use crate::value::{Timestamp, Value};
use crate::yaml;

/// Everything that documents say, not yet joined.
pub(crate) struct Loose {
    pub(crate) sections: IndexVec<KindIdx, Section>,
    /// Rows are elements in the order written.
    pub(crate) columns: IndexVec<PropertyIdx, Column>,
    pub(crate) relations: IndexVec<RelationIdx, Relation>,
    pub(crate) elements: u32,
    pub(crate) open_kinds: Vec<KindIdx>,
    pub(crate) deviations: Vec<Deviation>,
}

impl Loose {
    pub(crate) fn new(metamodel: &Metamodel) -> Self {
        let v = &*metamodel.0;
        let relation = |_| Relation { held: vec![Properties::new()], ..Relation::default() };
        Self {
            sections: v.kinds.iter().map(|_| Section::default()).collect(),
            columns: Parts::new(metamodel).columns,
            relations: v.relations.iter().map(relation).collect(),
            elements: 0,
            open_kinds: Vec::new(),
            deviations: Vec::new(),
        }
    }
}

/// The elements of a kind, in the order written.
#[derive(Default)]
pub(crate) struct Section {
    pub(crate) ids: Texts,
    pub(crate) origins: Vec<Origin>,
    /// Their numbers among all elements, in the order written.
    pub(crate) numbers: Vec<u32>,
}

/// The mentions of a relation's links: those at their sources, and those at their targets.
#[derive(Default)]
pub(crate) struct Relation {
    pub(crate) mentions: [Vec<LooseLink>; 2],
    /// What links hold; the first holds nothing.
    pub(crate) held: Vec<Properties>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct LooseLink {
    /// The number of the element at which it is written.
    pub(crate) at: u32,
    /// Where the id of the other end is written.
    pub(crate) start: u32,
    pub(crate) length: u16,
    pub(crate) source: u16,
    /// Position of what it holds.
    pub(crate) held: u32,
}

pub(super) struct Reader<'a> {
    v: &'a Vocabulary,
    limits: &'a Limits,
    kinds: IndexVec<KindIdx, KindFields<'a>>,
    enumerations: IndexVec<EnumIdx, FxHashMap<&'a str, u32>>,
    loose: Loose,
}

/// The fields of a kind, numbered, and which came after which the last time.
struct KindFields<'a> {
    fields: Vec<(&'a str, Field)>,
    by_name: FxHashMap<&'a str, usize>,
    next: Vec<usize>,
}

impl KindFields<'_> {
    /// The field of a name that was read after another field.
    fn find(&mut self, name: &str, after: usize) -> Option<(usize, Field)> {
        let guess = self.next.get(after).copied()?;
        if let Some((known, field)) = self.fields.get(guess)
            && *known == name
        {
            return Some((guess, *field));
        }
        let number = *self.by_name.get(name)?;
        *self.next.get_mut(after)? = number;
        self.fields.get(number).map(|(_, field)| (number, *field))
    }
}

/// Fields of a kind at most: which ones were read is kept in the bits of a number.
const MOST_FIELDS: usize = 127;

impl<'a> Reader<'a> {
    pub(super) fn new(metamodel: &'a Metamodel, limits: &'a Limits) -> Self {
        let v = &*metamodel.0;
        let table = FieldTable::new(v);
        let kinds = v.kinds.indices().map(|kind| {
            let fields: Vec<(&str, Field)> = table
                .labelled(kind)
                .filter_map(|(name, _)| Some((name, table.get(kind, name)?)))
                .collect();
            let by_name = fields.iter().enumerate().map(|(at, (name, _))| (*name, at)).collect();
            KindFields { next: vec![0; fields.len() + 1], by_name, fields }
        });
        let enumerations = v.enumerations.iter().map(|enumeration| {
            let names = enumeration.values.iter().map(|value| value.name.as_str());
            names.zip(0..).collect()
        });
        let loose = Loose::new(metamodel);
        Self { v, limits, kinds: kinds.collect(), enumerations: enumerations.collect(), loose }
    }

    pub(super) fn finish(self) -> Loose {
        self.loose
    }

    pub(super) fn read(&mut self, number: u16, source: &'a Source) -> Option<()> {
        let mut scanner = Scanner::new(source.text());
        // Nothing at all is a mistake that the other way tells of.
        scanner.mapping(|scanner, key| match key {
            "spelregel" => (scanner.bare()? == "1").then_some(()),
            "open_kinds" | "deviations" => {
                let place = scanner.skip(DEPTH)?;
                self.aside(key, place, number, source)
            }
            section => {
                let kind = *self.v.kinds_by_section.get(section)?;
                self.section(kind, number, scanner)
            }
        })?;
        let is_within = scanner.nodes <= self.limits.document_nodes;
        (scanner.is_at_end() && is_within).then_some(())
    }

    /// Parts that are small, by the other way: what they say is the same wherever they stand.
    fn aside(
        &mut self,
        key: &str,
        place: Range<usize>,
        number: u16,
        source: &Source,
    ) -> Option<()> {
        let before = format!("{{\"{key}\": ");
        let text = format!("{before}{}}}", source.text().get(place.clone())?);
        let part = Source::new(source.name(), text);
        let root = yaml::parse(&part, self.limits).ok()?;
        let mut draft = Draft::default();
        document::read(self.v, &part, &root, self.limits, &mut draft);
        if draft.problems.finish(1).is_some() {
            return None;
        }
        self.loose.open_kinds.append(&mut draft.open_kinds);
        let moved = |offset: u32| {
            let inside = usize::try_from(offset).ok()?.checked_sub(before.len())?;
            u32::try_from(place.start + inside).ok()
        };
        for mut deviation in draft.deviations {
            let Span { start, end } = deviation.origin?.span;
            let span = Span { start: moved(start)?, end: moved(end)? };
            deviation.origin = Some(Origin { source: u32::from(number), span });
            self.loose.deviations.push(deviation);
        }
        Some(())
    }

    fn section(&mut self, kind: KindIdx, source: u16, scanner: &mut Scanner<'a>) -> Option<()> {
        if self.kinds[kind].fields.len() > MOST_FIELDS {
            return None;
        }
        scanner.list(|scanner| self.element(kind, source, scanner))
    }

    fn element(&mut self, kind: KindIdx, source: u16, scanner: &mut Scanner<'a>) -> Option<()> {
        let number = self.loose.elements;
        if usize::try_from(number).ok()? >= self.limits.elements {
            return None;
        }
        let row = self.loose.sections[kind].numbers.len();
        let mut has_id = false;
        let mut seen = 0_u128;
        // Before the first field comes the place behind the last.
        let mut last = self.kinds[kind].fields.len();
        scanner.open(b'{')?;
        let mut more = !scanner.take(b'}');
        while more {
            let name = scanner.key()?;
            let (field_number, field) = self.kinds[kind].find(name, last)?;
            let bit = 1 << field_number;
            if seen & bit != 0 {
                return None;
            }
            (seen, last) = (seen | bit, field_number);
            match field {
                Field::Id => {
                    self.id(kind, source, scanner)?;
                    has_id = true;
                }
                Field::Property(property) => self.property(kind, property, row, scanner)?,
                Field::Relation(relation, inverse) => {
                    self.links(relation, inverse, number, source, scanner)?;
                }
            }
            more = scanner.more(b'}')?;
        }
        self.loose.sections[kind].numbers.push(number);
        self.loose.elements += 1;
        has_id.then_some(())
    }

    fn id(&mut self, kind: KindIdx, source: u16, scanner: &mut Scanner<'_>) -> Option<()> {
        let id = scanner.quoted()?;
        let text = id.plain()?;
        check_id(text).ok()?;
        let section = &mut self.loose.sections[kind];
        section.ids.push(text);
        // With its quotes, as everywhere.
        let span = Span::new(id.start - 1, id.start + text.len() + 1);
        section.origins.push(Origin { source: u32::from(source), span });
        Some(())
    }

    fn property(
        &mut self,
        kind: KindIdx,
        property: PropertyIdx,
        row: usize,
        scanner: &mut Scanner<'_>,
    ) -> Option<()> {
        let quoted = scanner.peek()? == b'"';
        match (&mut self.loose.columns[property], quoted) {
            (Column::Text(cells), true) => {
                let quoted = scanner.quoted()?;
                let text = quoted.text().filter(|_| quoted.raw.len() <= self.limits.text_bytes)?;
                cells.record(row, &text);
            }
            (Column::Date(cells), true) => {
                cells.record(row, Timestamp::days_of_date(scanner.quoted()?.plain()?)?);
            }
            (Column::Enum(enumeration, cells), true) => {
                let name = scanner.quoted()?.plain()?;
                let position = *self.enumerations[*enumeration].get(name)?;
                let states = &self.v.kinds[kind].states;
                let is_state = Some(*enumeration) == self.v.state;
                if is_state && !states.contains(&position) {
                    return None;
                }
                cells.record(row, u16::try_from(position).ok()?);
            }
            (_, _) => {
                if let Some(value) = self.unusual(property, scanner)? {
                    self.loose.columns[property].record(row, &value).then_some(())?;
                }
            }
        }
        Some(())
    }

    /// A value that is no text, date or name, or is written as none; `Some(None)` where it is `null`.
    fn unusual(&self, property: PropertyIdx, scanner: &mut Scanner<'_>) -> Option<Option<Value>> {
        let declared = &self.v.properties[property];
        if declared.kind == PropertyType::Texts && scanner.peek()? == b'[' {
            return self.texts(scanner).map(Some);
        }
        if scanner.peek()? == b'"' {
            return None;
        }
        let word = scanner.bare()?;
        let value = match (declared.kind, word) {
            (_, "null") => return Some(None),
            (PropertyType::Bool, "true") => Value::Bool(true),
            (PropertyType::Bool, "false") => Value::Bool(false),
            (PropertyType::Int, _) => Value::Int(word.parse().ok()?),
            (PropertyType::Number, _) => {
                Value::Double(word.parse().ok().filter(|number: &f64| number.is_finite())?)
            }
            (PropertyType::Text, _) => Value::text(word),
            _ => return None,
        };
        declared.allows(&value).then_some(Some(value))
    }

    fn texts(&self, scanner: &mut Scanner<'_>) -> Option<Value> {
        let mut texts = Vec::new();
        scanner.list(|scanner| {
            let quoted = scanner.quoted()?;
            let text = quoted.text().filter(|_| quoted.raw.len() <= self.limits.text_bytes)?;
            texts.push(Value::text(&text));
            Some(())
        })?;
        Some(Value::list(texts))
    }

    fn links(
        &mut self,
        relation: RelationIdx,
        inverse: bool,
        at: u32,
        source: u16,
        scanner: &mut Scanner<'a>,
    ) -> Option<()> {
        match scanner.peek()? {
            b'[' => scanner.list(|scanner| self.link(relation, inverse, at, source, scanner)),
            b'n' => (scanner.bare()? == "null").then_some(()),
            _ => self.link(relation, inverse, at, source, scanner),
        }
    }

    fn link(
        &mut self,
        relation: RelationIdx,
        inverse: bool,
        at: u32,
        source: u16,
        scanner: &mut Scanner<'a>,
    ) -> Option<()> {
        let (to, held) = if scanner.peek()? == b'{' {
            self.telling_link(relation, scanner)?
        } else {
            (scanner.quoted()?, Properties::new())
        };
        let length = u16::try_from(to.plain()?.len()).ok()?;
        let loose = &mut self.loose.relations[relation];
        let held = if held.is_empty() {
            0
        } else {
            loose.held.push(held);
            narrow(loose.held.len() - 1)
        };
        let [forward, backward] = &mut loose.mentions;
        let mentions = if inverse { backward } else { forward };
        mentions.push(LooseLink { at, start: narrow(to.start), length, source, held });
        Some(())
    }

    /// A link with properties.
    fn telling_link(
        &self,
        relation: RelationIdx,
        scanner: &mut Scanner<'a>,
    ) -> Option<(Quoted<'a>, Properties)> {
        let (mut to, mut held) = (None, Properties::new());
        scanner.mapping(|scanner, name| {
            if name == "to" {
                to = Some(scanner.quoted()?);
            } else {
                let property = self.v.link_property_of(relation, name)?;
                held.extend(self.held(property, scanner)?.map(|value| (property, value)));
            }
            Some(())
        })?;
        sort_by_key(&mut held, |(property, _)| *property);
        to.map(|to| (to, held))
    }

    fn held(&self, property: PropertyIdx, scanner: &mut Scanner<'_>) -> Option<Option<Value>> {
        if scanner.peek()? != b'"' {
            return self.unusual(property, scanner);
        }
        let quoted = scanner.quoted()?;
        let value = match self.v.properties[property].kind {
            PropertyType::Text if quoted.raw.len() <= self.limits.text_bytes => {
                Value::text(&quoted.text()?)
            }
            PropertyType::Date => {
                Value::Timestamp(Timestamp::from_days(Timestamp::days_of_date(quoted.plain()?)?)?)
            }
            PropertyType::Enum(enumeration) => {
                Value::Enum(enumeration, *self.enumerations[enumeration].get(quoted.plain()?)?)
            }
            _ => return None,
        };
        Some(Some(value))
    }
}
