//! The major projects of the United Kingdom's government, as it publishes them once a year, in the standard vocabulary.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json, json};
use spelregel::Date;

use crate::files;
use crate::outside::{Taken, count};

/// The day that a year's data is about.
const SNAPSHOT: &str = "03-31";

/// Takes the file of a year. What calls itself a programme is one, the rest are projects, which their departments own; a
/// rating makes a review report. What has money for this year, and has begun, is in delivery.
///
/// # Errors
/// Where the file is not as expected.
pub fn year(year: u16) -> Result<Taken> {
    let text = files::text(&format!("data/gmpp/gmpp-{year}.csv"))?;
    let mut rows = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let headers = rows.headers()?.clone();
    let mut cx = Cx {
        at: format!("{year}-{SNAPSHOT}").parse()?,
        sections: Sections::default(),
        withheld: BTreeMap::new(),
        left_out: BTreeMap::new(),
    };
    for cells in rows.records() {
        cx.row(&Row { headers: &headers, cells: &cells? })?;
    }
    let Cx { at, sections, withheld, left_out } = cx;
    Taken { at, model: sections.document(), withheld, left_out }.with_complete(&["Programme"])
}

struct Cx {
    at: Date,
    sections: Sections,
    /// Cells that say why something is not told, or nothing.
    withheld: BTreeMap<String, usize>,
    /// Cells that have no place.
    left_out: BTreeMap<String, usize>,
}

impl Cx {
    fn row(&mut self, row: &Row<'_>) -> Result<()> {
        let id = row.cell("project_number")?;
        let name = row.cell("project_name")?;
        // Some have two.
        let departments = row.cell("department")?.split('&');
        let departments: Vec<String> = departments.map(|d| format!("dep:{}", d.trim())).collect();
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
        count(&mut self.left_out, "report category");
        let has_begun = start.is_some_and(|day| day <= self.at);
        let is_programme = name.to_lowercase().contains("programme");
        if is_programme {
            element.insert("state".to_owned(), json!("active"));
            if has_money && has_begun {
                element.insert("phase".to_owned(), json!("deliver"));
            }
            // A department answers for its programme, and nothing in the vocabulary says so.
            count(&mut self.left_out, "department of a programme");
            self.sections.programmes.push(Json::Object(element));
        } else {
            let state = if has_money && has_begun { "executing" } else { "proposed" };
            element.insert("state".to_owned(), json!(state));
            element.insert("owned_by".to_owned(), json!(departments));
            self.sections.projects.push(Json::Object(element));
        }
        self.sections.departments.extend(departments);
        self.review(id, row);
        Ok(())
    }

    /// The rating of the authority, or else of the responsible owner.
    fn review(&mut self, id: &str, row: &Row<'_>) {
        let cells: Vec<&str> = row.all("colour_rating").filter(|cell| !cell.is_empty()).collect();
        let Some(cell) = cells.first() else { return };
        let colour = cell.to_lowercase().replace('/', "_");
        if !["green", "amber_green", "amber", "amber_red", "red"].contains(&colour.as_str()) {
            count(&mut self.withheld, "rating");
            return;
        }
        self.sections.reviews.push(json!({
            "id": format!("review:{id}"), "document_type": "review_report", "state": "approved",
            "dated_on": self.at.to_string(), "rating": colour, "covers": [id],
        }));
    }

    fn date(&mut self, what: &str, cell: &str) -> Option<Date> {
        let day = cell.parse().ok();
        if day.is_none() {
            count(&mut self.withheld, what);
        }
        day
    }

    /// Whether there is money. Pounds have no place in the vocabulary.
    fn amount(&mut self, what: &str, cell: &str) -> bool {
        let pounds = cell.strip_prefix('£').map(|amount| amount.replace(',', "").parse::<f64>());
        match pounds {
            Some(Ok(amount)) => {
                count(&mut self.left_out, what);
                amount > 0.0
            }
            _ => {
                count(&mut self.withheld, what);
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
    departments: BTreeSet<String>,
}

impl Sections {
    fn document(self) -> Json {
        let departments = self.departments.iter();
        let departments = departments.map(|id| json!({"id": id, "unit_type": "department"}));
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
