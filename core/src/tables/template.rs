//! An empty workbook made from the metamodel, as data: whoever writes files makes one of it.

use serde::Serialize;

use super::heads::field_called;
use super::role::{DEVIATIONS, EXPLANATION, FROM, TO, kind_called, plain, relation_called};
use crate::metamodel::{KindIdx, Metamodel, Property, PropertyType, RelationIdx, Vocabulary};
use crate::model::document::FieldTable;
use crate::text::{Language, Text};

/// An empty workbook: a sheet for each kind, one for each relation whose links have properties of their own, one
/// for deviations, and one that explains the columns.
///
/// [`Model::from_tables`](crate::Model::from_tables) reads what people fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Template {
    /// The sheets to fill in, in their order.
    pub sheets: Vec<TemplateSheet>,
    /// The sheet that explains them.
    pub explanation: Explained,
}

/// A sheet of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TemplateSheet {
    /// The name: at most 31 characters, as workbooks want it.
    pub name: String,
    /// What its rows are.
    pub about: String,
    /// The columns, in their order.
    pub columns: Vec<TemplateColumn>,
}

/// A column of a [`TemplateSheet`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TemplateColumn {
    /// The head.
    pub head: String,
    /// What it holds, in a sentence or two.
    pub about: String,
    /// What its cells are, for their format.
    pub holds: Holds,
    /// Whether every row should have one.
    pub is_required: bool,
    /// What may be written in a cell, for a drop-down list; empty: anything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

/// What the cells of a [`TemplateColumn`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// An id, or several with `;` between.
    Ids,
    /// Text.
    Text,
    /// Texts with `;` between.
    Texts,
    /// A whole number.
    Int,
    /// A number.
    Number,
    /// A date.
    Date,
    /// One of the choices.
    Choice,
}

/// The sheet of a [`Template`] that explains the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explained {
    /// The name of the sheet.
    pub name: String,
    /// What to know before filling in anything, a line each.
    pub introduction: Vec<String>,
    /// The heads of its columns.
    pub heads: [String; 4],
    /// A row for each column of each sheet: sheet, column, what it holds, what it means. Of a column with
    /// choices, a row for each choice follows.
    pub rows: Vec<[String; 4]>,
}

impl Metamodel {
    /// An empty workbook for people to fill in, in a language.
    ///
    /// ```
    /// use spelregel::{Language, Metamodel};
    /// let template = Metamodel::standard().template(Language::Nl);
    /// assert_eq!(template.sheets[0].name, "Programma's");
    /// assert_eq!(template.sheets[0].columns[0].head, "id");
    /// assert_eq!(template.explanation.name, "Uitleg");
    /// ```
    pub fn template(&self, language: Language) -> Template {
        let v = &*self.0;
        let cx = Cx { v, fields: FieldTable::new(v), words: words(language), language };
        let kinds = v.kinds.indices().map(|kind| cx.kind(kind));
        let telling = v.relations.enumerate().filter(|(_, r)| !r.properties.is_empty());
        let relations = telling.map(|(relation, _)| cx.relation(relation));
        let mut sheets: Vec<(TemplateSheet, Vec<Choices>)> = kinds.chain(relations).collect();
        sheets.push(cx.deviations());
        let explanation = cx.explanation(&sheets);
        Template { sheets: sheets.into_iter().map(|(sheet, _)| sheet).collect(), explanation }
    }
}

/// What each choice of a column means.
type Choices = Vec<(String, String)>;

struct Cx<'a> {
    v: &'a Vocabulary,
    fields: FieldTable<'a>,
    words: &'static Words,
    language: Language,
}

impl Cx<'_> {
    fn kind(&self, kind: KindIdx) -> (TemplateSheet, Vec<Choices>) {
        let declared = &self.v.kinds[kind];
        let label = capitalised(declared.plural.get(self.language));
        let is_same = kind_called(self.v, &plain(&label)) == Some(kind);
        let name = if is_same && is_sheet_name(&label) { label } else { sheet(&declared.section) };
        let (mut columns, mut choices) = (Vec::new(), Vec::new());
        for property in &declared.properties {
            let property = &self.v.properties[*property];
            let head = self.head(kind, &property.name, &property.label);
            let (mut column, choice) = self.property(property, head, Some(&declared.states));
            if property.name == "id" {
                self.words.id.clone_into(&mut column.about);
                column.is_required = true;
            }
            columns.push(column);
            choices.push(choice);
        }
        for (relation, declared) in self.v.relations.enumerate() {
            let targets = self.v.targets(relation, false, kind);
            if targets.is_empty() || !declared.properties.is_empty() {
                continue;
            }
            let names = targets.iter().map(|kind| self.v.kinds[kind].plural.get(self.language));
            let names: Vec<&str> = names.collect();
            columns.push(TemplateColumn {
                head: self.head(kind, &declared.name, &declared.label),
                about: format!(
                    "{} {}: {}.",
                    declared.description.get(self.language),
                    self.words.ids_of,
                    names.join(", ")
                ),
                holds: Holds::Ids,
                is_required: false,
                choices: Vec::new(),
            });
            choices.push(Vec::new());
        }
        // The id first, then the name.
        let mut order: Vec<usize> = (0..columns.len()).collect();
        let rank = |column: &usize| match declared.properties.get(*column) {
            Some(property) if self.v.properties[*property].name == "id" => 0,
            Some(property) if self.v.properties[*property].name == "name" => 1,
            _ => 2,
        };
        order.sort_by_key(rank);
        let pick = |at: &usize| Some((columns.get(*at)?.clone(), choices.get(*at)?.clone()));
        let (columns, choices) = order.iter().filter_map(pick).unzip();
        let about = declared.description.get(self.language).to_owned();
        (TemplateSheet { name, about, columns }, choices)
    }

    fn relation(&self, relation: RelationIdx) -> (TemplateSheet, Vec<Choices>) {
        let declared = &self.v.relations[relation];
        let label = capitalised(declared.label.get(self.language));
        let is_same = kind_called(self.v, &plain(&label)).is_none()
            && relation_called(self.v, &plain(&label)) == Some((relation, false));
        let name = if is_same && is_sheet_name(&label) { label } else { sheet(&declared.name) };
        let ends = |pick: fn(&(_, _)) -> &crate::metamodel::KindSet| {
            let mut kinds: Vec<KindIdx> =
                declared.ends.iter().flat_map(|ends| pick(ends).iter()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            let names = kinds.iter().map(|kind| self.v.kinds[*kind].plural.get(self.language));
            names.collect::<Vec<_>>().join(", ")
        };
        let end = |head: [&str; 2], of: String| TemplateColumn {
            head: self.pick(head).to_owned(),
            about: format!("{}: {of}.", self.words.id_of),
            holds: Holds::Ids,
            is_required: true,
            choices: Vec::new(),
        };
        let mut columns = vec![end(FROM, ends(|(from, _)| from)), end(TO, ends(|(_, to)| to))];
        let mut choices = vec![Vec::new(), Vec::new()];
        for property in &declared.properties {
            let property = &self.v.properties[*property];
            let called = declared.properties.iter().filter(|other| {
                self.v.properties[**other].label.get(self.language)
                    == property.label.get(self.language)
            });
            let label = property.label.get(self.language);
            let head = if label.is_empty() || called.count() > 1 { &property.name } else { label };
            let (column, choice) = self.property(property, head.to_owned(), None);
            columns.push(column);
            choices.push(choice);
        }
        let about = declared.description.get(self.language).to_owned();
        (TemplateSheet { name, about, columns }, choices)
    }

    fn deviations(&self) -> (TemplateSheet, Vec<Choices>) {
        let columns =
            self.words.deviations.iter().map(|(head, about, holds, is_required)| TemplateColumn {
                head: (*head).to_owned(),
                about: (*about).to_owned(),
                holds: *holds,
                is_required: *is_required,
                choices: Vec::new(),
            });
        let columns: Vec<TemplateColumn> = columns.collect();
        let choices = vec![Vec::new(); columns.len()];
        let name = capitalised(self.pick(DEVIATIONS));
        (TemplateSheet { name, about: self.words.about_deviations.to_owned(), columns }, choices)
    }

    /// The label of a field where it is understood, else its name.
    fn head(&self, kind: KindIdx, name: &str, label: &Text) -> String {
        let label = label.get(self.language);
        let meant = field_called(&self.fields, kind, &plain(label));
        if !label.is_empty() && meant.is_some() && meant == self.fields.get(kind, name) {
            label.to_owned()
        } else {
            name.to_owned()
        }
    }

    fn property(
        &self,
        property: &Property,
        head: String,
        states: Option<&[u32]>,
    ) -> (TemplateColumn, Choices) {
        let (holds, choices) = match property.kind {
            PropertyType::Text => (Holds::Text, Vec::new()),
            PropertyType::Texts => (Holds::Texts, Vec::new()),
            PropertyType::Int => (Holds::Int, Vec::new()),
            PropertyType::Number => (Holds::Number, Vec::new()),
            PropertyType::Date => (Holds::Date, Vec::new()),
            PropertyType::Bool => {
                let both = self.words.truth.map(|truth| (truth.to_owned(), String::new()));
                (Holds::Choice, both.to_vec())
            }
            PropertyType::Enum(enumeration) => {
                let states = states.filter(|_| Some(enumeration) == self.v.state);
                let values = &self.v.enumerations[enumeration].values;
                let label = |text: &Text| text.get(self.language).to_owned();
                let valid = (0..)
                    .zip(values)
                    .filter(|(position, _)| states.is_none_or(|states| states.contains(position)));
                let choices = valid.map(|(_, value)| {
                    let same =
                        values.iter().filter(|other| label(&other.label) == label(&value.label));
                    let is_clear = !value.label.is_empty() && same.count() == 1;
                    let name = if is_clear { label(&value.label) } else { value.name.clone() };
                    (name, label(&value.description))
                });
                (Holds::Choice, choices.collect())
            }
        };
        let about = property.description.get(self.language);
        let about = match &property.unit {
            Some(unit) => format!("{about} ({unit})").trim_start().to_owned(),
            None => about.to_owned(),
        };
        let names = choices.iter().map(|(name, _)| name.clone()).collect();
        let is_required = property.required;
        (TemplateColumn { head, about, holds, is_required, choices: names }, choices)
    }

    fn explanation(&self, sheets: &[(TemplateSheet, Vec<Choices>)]) -> Explained {
        let mut rows: Vec<[String; 4]> = Vec::new();
        for (sheet, choices) in sheets {
            let none = String::new;
            rows.push([sheet.name.clone(), none(), none(), sheet.about.clone()]);
            for (column, choices) in sheet.columns.iter().zip(choices) {
                let mut holds = self.words.holds(column.holds).to_owned();
                if column.is_required {
                    holds = format!("{holds}, {}", self.words.required);
                }
                rows.push([sheet.name.clone(), column.head.clone(), holds, column.about.clone()]);
                for (choice, about) in choices.iter().filter(|(_, about)| !about.is_empty()) {
                    let (name, head) = (sheet.name.clone(), column.head.clone());
                    rows.push([name, head, choice.clone(), about.clone()]);
                }
            }
        }
        Explained {
            name: capitalised(self.pick(EXPLANATION)),
            introduction: self.words.introduction.iter().map(|line| (*line).to_owned()).collect(),
            heads: self.words.heads.map(str::to_owned),
            rows,
        }
    }

    fn pick<'t>(&self, [english, dutch]: [&'t str; 2]) -> &'t str {
        match self.language {
            Language::En => english,
            Language::Nl => dutch,
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Characters in the name of a sheet at most.
const SHEET_NAME: usize = 31;

/// Whether a workbook takes it as the name of a sheet.
fn is_sheet_name(name: &str) -> bool {
    (1..=SHEET_NAME).contains(&name.chars().count())
        && !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
        && !name.starts_with('\'')
        && !name.ends_with('\'')
}

/// A name as far as it fits. Names of sections and relations hold nothing that a workbook refuses.
fn sheet(name: &str) -> String {
    name.chars().take(SHEET_NAME).collect()
}

/// What templates say that no metamodel does.
struct Words {
    id: &'static str,
    ids_of: &'static str,
    id_of: &'static str,
    required: &'static str,
    truth: [&'static str; 2],
    heads: [&'static str; 4],
    introduction: &'static [&'static str],
    about_deviations: &'static str,
    /// Head, meaning, what it holds, whether it is required.
    deviations: [(&'static str, &'static str, Holds, bool); 6],
    ids: &'static str,
    text: &'static str,
    texts: &'static str,
    int: &'static str,
    number: &'static str,
    date: &'static str,
    choice: &'static str,
}

impl Words {
    fn holds(&self, holds: Holds) -> &'static str {
        match holds {
            Holds::Ids => self.ids,
            Holds::Text => self.text,
            Holds::Texts => self.texts,
            Holds::Int => self.int,
            Holds::Number => self.number,
            Holds::Date => self.date,
            Holds::Choice => self.choice,
        }
    }
}

fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &ENGLISH,
        Language::Nl => &DUTCH,
    }
}

static ENGLISH: Words = Words {
    id: "A short name without spaces that other sheets refer to; each occurs once in the workbook.",
    ids_of: "Ids of",
    id_of: "The id of one of",
    required: "required",
    truth: ["yes", "no"],
    heads: ["Sheet", "Column", "Holds", "Meaning"],
    introduction: &[
        "Each sheet holds one kind of thing, a row each. Give every row an id: a short name of letters, digits and hyphens.",
        "Sheets refer to each other by ids. Where a cell may hold several, write ; between them.",
        "Leave empty what isn't known: the check then says what to find out first.",
        "A sheet or column whose name starts with _ is left out, for notes of your own.",
    ],
    about_deviations: "Where a programme departs from a rule on purpose, and who decided so.",
    deviations: [
        ("rule", "The id of the rule.", Holds::Text, true),
        (
            "elements",
            "The ids of what departs from it; `model` for the model as a whole.",
            Holds::Ids,
            true,
        ),
        (
            "path",
            "Leads from these to what is covered, where that is something else.",
            Holds::Text,
            false,
        ),
        ("reason", "Why.", Holds::Text, true),
        ("decided by", "Who decided so.", Holds::Text, false),
        ("until", "The last day on which it holds.", Holds::Date, false),
    ],
    ids: "one or more ids",
    text: "text",
    texts: "one or more texts",
    int: "a whole number",
    number: "a number",
    date: "a date",
    choice: "one from the list",
};

static DUTCH: Words = Words {
    id: "Een korte naam zonder spaties waarmee andere bladen ernaar verwijzen; elke komt één keer voor in de werkmap.",
    ids_of: "Id's van",
    id_of: "De id van een van",
    required: "verplicht",
    truth: ["ja", "nee"],
    heads: ["Blad", "Kolom", "Bevat", "Betekenis"],
    introduction: &[
        "Elk blad bevat één soort, met een rij voor elk. Geef elke rij een id: een korte naam van letters, cijfers en streepjes.",
        "Bladen verwijzen naar elkaar met id's. Waar een cel er meer mag bevatten, zet er een ; tussen.",
        "Laat leeg wat niet bekend is: de controle zegt dan wat het eerst moet worden uitgezocht.",
        "Een blad of kolom waarvan de naam met _ begint, telt niet mee: voor eigen aantekeningen.",
    ],
    about_deviations: "Waar een programma bewust van een regel afwijkt, en wie dat heeft besloten.",
    deviations: [
        ("regel", "De id van de regel.", Holds::Text, true),
        (
            "elementen",
            "De id's van wat ervan afwijkt; `model` voor het model als geheel.",
            Holds::Ids,
            true,
        ),
        (
            "pad",
            "Leidt hiervandaan naar wat eronder valt, als dat iets anders is.",
            Holds::Text,
            false,
        ),
        ("reden", "Waarom.", Holds::Text, true),
        ("besloten door", "Wie dat heeft besloten.", Holds::Text, false),
        ("tot en met", "De laatste dag waarop de afwijking geldt.", Holds::Date, false),
    ],
    ids: "een of meer id's",
    text: "tekst",
    texts: "een of meer teksten",
    int: "een geheel getal",
    number: "een getal",
    date: "een datum",
    choice: "een uit de lijst",
};
