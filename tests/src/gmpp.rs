//! The major projects of the United Kingdom's government, as it publishes them once a year, in the standard vocabulary.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json, json};
use spelregel::Date;

use crate::files;

/// The day that a year's data is about.
const SNAPSHOT: &str = "03-31";

/// A year as a model document, and what had no place in it.
#[derive(Debug)]
pub struct Year {
    /// The day that it is about.
    pub at: Date,
    /// The document.
    pub model: Json,
    /// Cells that say why something is not told.
    pub withheld: BTreeMap<&'static str, usize>,
    /// Cells that have no place.
    pub left_out: BTreeMap<&'static str, usize>,
}

impl Year {
    /// Takes the file of a year. What calls itself a programme is one, the rest are projects; departments have a stake
    /// in their programmes, and own their projects; a rating makes a review report. Who has money for this year, and has begun, is
    /// in delivery.
    ///
    /// # Errors
    /// Where the file is not as expected.
    pub fn read(year: u16) -> Result<Self> {
        let text = files::text(&format!("data/gmpp/gmpp-{year}.csv"))?;
        let mut rows = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        let headers = rows.headers()?.clone();
        let mut taken = Self {
            at: format!("{year}-{SNAPSHOT}").parse()?,
            model: json!({}),
            withheld: BTreeMap::new(),
            left_out: BTreeMap::new(),
        };
        let mut sections = Sections::default();
        for row in rows.records() {
            let row = row?;
            taken.row(&Row { headers: &headers, cells: &row }, &mut sections)?;
        }
        taken.model = sections.document();
        Ok(taken)
    }

    fn row(&mut self, row: &Row<'_>, sections: &mut Sections) -> Result<()> {
        let id = row.cell("project_number")?;
        let name = row.cell("project_name")?;
        let department = format!("dep:{}", row.cell("department")?);
        let mut element = Map::new();
        element.insert("id".to_owned(), json!(id));
        element.insert("name".to_owned(), json!(name.trim()));
        let start = self.date("start date", row.cell("start_date")?);
        let end = self.date("end date", row.cell("end_date")?);
        for (field, day) in [("start_on", &start), ("end_on", &end)] {
            if let Some(day) = day {
                element.insert(field.to_owned(), json!(day.to_string()));
            }
        }
        let has_money = self.amount("budget of the year", row.cell("total_baseline")?);
        self.amount("whole-life cost", row.cell("wlc_baseline_incl_NCG")?);
        *self.left_out.entry("report category").or_default() += 1;
        let has_begun = start.is_some_and(|day| day <= self.at);
        let is_programme = name.to_lowercase().contains("programme");
        if is_programme {
            element.insert("state".to_owned(), json!("active"));
            if has_money && has_begun {
                element.insert("phase".to_owned(), json!("deliver"));
            }
            sections.programmes.push(Json::Object(element));
        } else {
            let state = if has_money && has_begun { "executing" } else { "proposed" };
            element.insert("state".to_owned(), json!(state));
            element.insert("owned_by".to_owned(), json!([department]));
            sections.projects.push(Json::Object(element));
        }
        let stakes = sections.departments.entry(department).or_default();
        if is_programme {
            stakes.push(id.to_owned());
        }
        self.review(id, row, sections);
        Ok(())
    }

    /// The rating of the authority, or else of the responsible owner.
    fn review(&mut self, id: &str, row: &Row<'_>, sections: &mut Sections) {
        let cells: Vec<&str> = row.all("colour_rating").filter(|cell| !cell.is_empty()).collect();
        let Some(cell) = cells.first() else { return };
        let colour = cell.to_lowercase().replace('/', "_");
        if !["green", "amber_green", "amber", "amber_red", "red"].contains(&colour.as_str()) {
            *self.withheld.entry("rating").or_default() += 1;
            return;
        }
        sections.reviews.push(json!({
            "id": format!("review:{id}"), "document_type": "review_report", "state": "approved",
            "dated_on": self.at.to_string(), "rating": colour, "covers": [id],
        }));
    }

    fn date(&mut self, what: &'static str, cell: &str) -> Option<Date> {
        let day = cell.parse().ok();
        if day.is_none() {
            *self.withheld.entry(what).or_default() += 1;
        }
        day
    }

    /// Whether there is money. Pounds have no place in the vocabulary.
    fn amount(&mut self, what: &'static str, cell: &str) -> bool {
        let pounds = cell.strip_prefix('£').map(|amount| amount.replace(',', "").parse::<f64>());
        match pounds {
            Some(Ok(amount)) => {
                *self.left_out.entry(what).or_default() += 1;
                amount > 0.0
            }
            _ => {
                *self.withheld.entry(what).or_default() += 1;
                false
            }
        }
    }
}

#[derive(Default)]
struct Sections {
    programmes: Vec<Json>,
    projects: Vec<Json>,
    reviews: Vec<Json>,
    /// With the programmes that each has a stake in.
    departments: BTreeMap<String, Vec<String>>,
}

impl Sections {
    fn document(self) -> Json {
        let departments = self.departments.into_iter().map(|(id, programmes)| {
            json!({"id": id, "unit_type": "department", "has_stake_in": programmes})
        });
        json!({
            "programmes": self.programmes,
            "projects": self.projects,
            "documents": self.reviews,
            "org_units": departments.collect::<Vec<Json>>(),
        })
    }
}

struct Row<'r> {
    headers: &'r csv::StringRecord,
    cells: &'r csv::StringRecord,
}

impl<'r> Row<'r> {
    /// The cells of all columns of that name.
    fn all(&self, column: &'r str) -> impl Iterator<Item = &'r str> {
        let columns = self.headers.iter().zip(self.cells);
        columns.filter(move |(name, _)| *name == column).map(|(_, cell)| cell)
    }

    fn cell(&self, column: &'r str) -> Result<&'r str> {
        self.all(column).next().with_context(|| format!("no column {column}"))
    }
}
