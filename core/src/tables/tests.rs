//! Tables as people make them, and what is said of those that aren't sound.

use insta::assert_snapshot;

use super::{Cell, Table};
use crate::limits::Limits;
use crate::metamodel::Metamodel;
use crate::model::Model;
use crate::source::Source;

fn texts<'a>(texts: &[&'a str]) -> Vec<Cell<'a>> {
    texts.iter().map(|text| Cell::Text(text)).collect()
}

fn model(tables: &[Table<'_>]) -> Model {
    let model = Model::from_tables(&Metamodel::standard(), tables, &Limits::default());
    model.unwrap_or_else(|problems| panic!("{problems}"))
}

fn problems(tables: &[Table<'_>]) -> String {
    match Model::from_tables(&Metamodel::standard(), tables, &Limits::default()) {
        Ok(model) => model.warnings().map_or_else(String::new, ToString::to_string),
        Err(problems) => problems.to_string(),
    }
}

fn document(text: &str) -> Model {
    Model::load(&Metamodel::standard(), [Source::new("m.yaml", text)]).unwrap()
}

#[test]
fn a_workbook_in_dutch_is_the_same_model_as_a_document() {
    let programmes = Table::new("Programma's")
        .column("Id", texts(&["klimaat"]))
        .column("Naam", texts(&["Klimaatneutraal"]))
        .column("Fase", texts(&["mandateren en plannen"]))
        .column("streeft na", texts(&["co2; 101\nlabel-b"]));
    let goals = Table::new("doelen")
        .column("id", [Cell::Text("co2 "), Cell::Number(101.0), Cell::Text("label-b"), Cell::Empty])
        .column("naam", texts(&["Minder uitstoot", "Meer groen", "Label B", " "]));
    let roles = Table::new("Rollen")
        .column("id", texts(&["opdrachtgever"]))
        .column("soort rol", texts(&["ambtelijk opdrachtgever"]))
        .column("is rol in", texts(&["klimaat"]));
    let people = Table::new("personen").column("id", texts(&["jansen"]));
    let held = Table::new("wordt vervuld door")
        .column("van", texts(&["opdrachtgever"]))
        .column("naar", texts(&["jansen"]))
        .column("fte", texts(&["0,5"]))
        .column("als plaatsvervanger", texts(&["nee"]))
        .column("geldig vanaf", [Cell::Number(46_023.0)])
        .column("geldig tot en met", texts(&["31-12-2026"]));
    let left_out = Table::new("_kladblok").column("wat", texts(&["van alles"]));
    let made = model(&[programmes, goals, roles, people, held, left_out]);
    let same = document(
        "programmes: [{id: klimaat, name: Klimaatneutraal, phase: mandate, pursues: [co2, '101', label-b]}]\n\
         goals: [{id: co2, name: Minder uitstoot}, {id: '101', name: Meer groen}, {id: label-b, name: Label B}]\n\
         roles:\n  - id: opdrachtgever\n    role_type: commissioner\n    role_in: [klimaat]\n\
         \x20   held_by: [{to: jansen, fte: 0.5, as_deputy: false, valid_from: 2026-01-01, valid_until: 2026-12-31}]\n\
         persons: [{id: jansen}]\n",
    );
    assert_eq!(made.to_json(), same.to_json());
}

#[test]
fn a_pair_of_tables_holds_all_sorts() {
    let elements = Table::new("elements")
        .column("kind", texts(&["Programme", "doel", "goals"]))
        .column("id", texts(&["p", "g", "h"]))
        .column("phase", [Cell::Text("design")]);
    let relations = Table::new("relations")
        .column("from", texts(&["p", "h"]))
        .column("relation", texts(&["pursues", "wordt nagestreefd door"]))
        .column("to", texts(&["g", "p"]));
    let same = document(
        "programmes: [{id: p, phase: design, pursues: [g, h]}]\ngoals: [{id: g}, {id: h}]",
    );
    assert_eq!(model(&[relations, elements]).to_json(), same.to_json());
}

#[test]
fn what_is_remarkable_apart_from_elements_has_tables_too() {
    let tables = [
        Table::new("goals").column("id", texts(&["g"])),
        Table::new("open soorten").column("soort", texts(&["leeractiviteit"])),
        Table::new("afwijkingen")
            .column("regel", texts(&["goal-owned"]))
            .column("elementen", texts(&["g"]))
            .column("reden", texts(&["de raad wil het zo"]))
            .column("tot en met", [Cell::Moment(1_798_675_200)]),
    ];
    let same = document(
        "goals: [{id: g}]\nopen_kinds: [LearningActivity]\n\
         deviations: [{rule: goal-owned, element: g, reason: de raad wil het zo, until: 2026-12-31}]",
    );
    assert_eq!(model(&tables).to_json(), same.to_json());
}

#[test]
fn problems_name_table_row_and_column() {
    let projects = Table::new("Inspanningen")
        .in_file("programma.xlsx")
        .first_row(2)
        .column("id", texts(&["a", "b", "b", "", "e e"]))
        .column("naam", texts(&["A", "B", "C", "D", "E"]))
        .column("state", texts(&["in uitvoering", "in uitvoernig", "realised"]))
        .column("startdatum", texts(&["1-6-2026", "6/1/2026", "morgen"]))
        .column("kosten", [Cell::Number(1.5), Cell::Text("1.250"), Cell::Text("veel")])
        .column("builds", texts(&["x"]));
    let nothing = Table::new("Inspaningen").in_file("programma.xlsx").column("id", texts(&["z"]));
    assert_snapshot!(problems(&[projects, nothing]), @r#"
    error[unknown-field]: a model has no table `Inspaningen`
    --> programma.xlsx, Inspaningen
     = help: did you mean `inspanningen`?
     = help: start its name with `_` to leave it out

    error[dangling-reference]: there is no element `x`
    --> programma.xlsx, Inspanningen, row 2, column `builds`
     = help: add it to `capabilities`

    error[unknown-value]: `in uitvoernig` is not a value of `state`
    --> programma.xlsx, Inspanningen, row 3, column `state`
     = help: did you mean `in uitvoering`?

    error[invalid-date]: `6/1/2026` may be 2026-01-06 or 2026-06-01
    --> programma.xlsx, Inspanningen, row 3, column `startdatum`
     = help: write `2026-01-06` or `2026-06-01`

    error[wrong-type]: `1.250` may be 1250 or 1.250
    --> programma.xlsx, Inspanningen, row 3, column `kosten`
     = help: make it a number instead of text, or write `1250` or `1.2500`

    error[duplicate-id]: the id `b` occurs twice
    --> programma.xlsx, Inspanningen, row 4, column `id`: the second time
    ::: programma.xlsx, Inspanningen, row 3, column `id`: the first time
     = help: give one of them another id: an id is unique among elements of all kinds

    error[unknown-value]: `realised` is not a value of `state`
    --> programma.xlsx, Inspanningen, row 4, column `state`
     = help: the values are `proposed`, `closed`, `cancelled`, `delivered`, `chartered`, `executing`

    error[invalid-date]: `start_on` takes a date, and `morgen` is not one
    --> programma.xlsx, Inspanningen, row 4, column `startdatum`
     = help: write year, month and day, as in `2026-01-31`

    error[wrong-type]: `cost_eur` takes a number, not `veel`
    --> programma.xlsx, Inspanningen, row 4, column `kosten`

    error[missing-field]: a row has no `id`
    --> programma.xlsx, Inspanningen, row 5, column `id`
     = help: give it a short name that other elements can refer to

    error[invalid-id]: the id `e e` holds a space
    --> programma.xlsx, Inspanningen, row 6, column `id`
     = help: write `e-e`
    "#);
}

#[test]
fn links_that_lead_nowhere_are_told_where_they_stand() {
    let tables = [
        Table::new("goals").first_row(0).column("id", texts(&["co2", "groen"])),
        Table::new("persons").first_row(0).column("id", texts(&["jansen"])),
        Table::new("relations")
            .first_row(0)
            .column("from", texts(&["co3", "groen", "jansen", "groen", ""]))
            .column(
                "relation",
                texts(&["owned_by", "owned_bij", "refines", "owned_by", "owned_by"]),
            )
            .column("to", texts(&["jansen", "jansen", "co2", "groen", "jansen"]))
            .column("fte", [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Number(0.2)]),
    ];
    assert_snapshot!(problems(&tables), @r#"
    error[dangling-reference]: there is no element `co3`
    --> relations, row 0, column `from`
     = help: did you mean `co2`?

    error[unknown-name]: there is no relation `owned_bij`
    --> relations, row 1, column `relation`
     = help: did you mean `owned_by`?

    error[wrong-kind]: `refines` doesn't start at the kind `Person`, and `jansen` is of that kind
    --> relations, row 2, column `from`

    error[wrong-kind]: `owned_by` of the kind `Goal` leads to `Role` or `Person` or `Body` or `OrgUnit`, and `groen` is of the kind `Goal`
    --> relations, row 3, column `to`
    ::: goals, row 1, column `id`: `groen` is defined here

    error[unknown-field]: a link of `owned_by` has no field `fte`
    --> relations, row 3, column `fte`
     = help: leave the cell empty

    error[missing-field]: a link has no `from`
    --> relations, row 4, column `from`
     = help: write the id of the element at this end
    "#);
}

#[test]
fn heads_that_nobody_knows_are_told_with_the_nearest() {
    let tables = [
        Table::new("goals")
            .column("identificatie", texts(&["co2"]))
            .column("naem", texts(&["CO2"]))
            .column("naam", texts(&["CO2"]))
            .column("name", texts(&["CO2"]))
            .column("", texts(&["los"])),
        Table::new("held_by").column("to", texts(&["x"])),
    ];
    assert_snapshot!(problems(&tables), @r#"
    error[missing-field]: the table `goals` has no column `id`
    --> goals
     = help: add a column with the head `id`

    error[unknown-field]: the kind `Goal` has no field `identificatie`
    --> goals, column `identificatie`
     = help: the fields are `description`, `goal_class`, `horizon`, `id`, `level`, `measured_by`, `name`, `owned_by`, `pursued_by`, `refined_by`, `refines`, `set_out_in`, `source`, `state`, `subject_of`, `supported_by`, `threatened_by`
     = help: start its head with `_` to leave the column out

    error[unknown-field]: the kind `Goal` has no field `naem`
    --> goals, column `naem`
     = help: did you mean `naam`?
     = help: start its head with `_` to leave the column out

    error[duplicate-key]: two columns hold the same: `naam` and `name`
    --> goals, column `name`
     = help: leave one of them out

    error[missing-field]: a column has no head, and its cells are not empty
    --> goals, column 5
     = help: say in its first cell what the column holds

    error[missing-field]: the table `held_by` has no column `from`
    --> held_by
     = help: add a column with the head `from` or `van`
    "#);
}

#[test]
fn findings_on_tables_say_table_and_row() {
    use crate::{Language, Options, Pack, RuleSet, Settings};
    let pack = Pack::shipped("slim-invoeren").unwrap().unwrap();
    let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default()).unwrap();
    let programmes = Table::new("Programma's")
        .in_file("programma.xlsx")
        .first_row(2)
        .column("id", texts(&["p", "q"]))
        .column("fase", texts(&["ontwerpen", "ontwerpen"]));
    let report = rules.check(&model(&[programmes]), &Options::at("2026-06-01".parse().unwrap()));
    let text = report.to_text(Language::Nl, crate::Colour::Never);
    assert!(text.contains("programma.xlsx, Programma's, rij 3"), "{text}");
    let json = report.to_json();
    assert!(json.contains("\"table\": \"Programma's\""), "{json}");
}

/// What people fill in is understood: every sheet, every head and every choice.
#[test]
fn a_template_that_is_filled_in_is_a_model() {
    use crate::Language;
    use crate::tables::Holds;
    for language in Language::ALL {
        let template = Metamodel::standard().template(language);
        let name = |sheet: usize| format!("x{sheet}");
        let names: Vec<String> = (0..template.sheets.len()).map(name).collect();
        let kinds = Metamodel::standard().kinds().count();
        let sheets = template.sheets.iter().zip(&names).take(kinds);
        let tables = sheets.map(|(sheet, id)| {
            sheet.columns.iter().fold(Table::new(&sheet.name), |table, column| {
                let cell = match column.holds {
                    _ if column.head == "id" => Cell::Text(id),
                    Holds::Choice => Cell::Text(&column.choices[0]),
                    Holds::Ids => Cell::Empty,
                    Holds::Text | Holds::Texts => Cell::Text("tekst"),
                    Holds::Int | Holds::Number => Cell::Int(1),
                    Holds::Date => Cell::Number(46_023.0),
                };
                table.column(&column.head, [cell])
            })
        });
        let mut tables: Vec<Table<'_>> = tables.collect();
        for sheet in template.sheets.iter().skip(kinds) {
            let empty = sheet.columns.iter();
            tables.push(empty.fold(Table::new(&sheet.name), |table, column| {
                table.column(&column.head, [Cell::Empty])
            }));
        }
        tables.push(Table::new(&template.explanation.name).column("x", texts(&["x"])));
        let model = model(&tables);
        assert_eq!(model.element_count(), kinds);
        assert!(model.warnings().is_none(), "{:?}", model.warnings());
        for sheet in &template.sheets {
            assert!(sheet.name.chars().count() <= 31, "{}", sheet.name);
        }
    }
}

#[test]
fn a_template_explains_its_columns() {
    let template = Metamodel::standard().template(crate::Language::Nl);
    let roles = template.explanation.rows.iter().filter(|[sheet, ..]| sheet == "Rollen");
    let rows: Vec<String> = roles.take(9).map(|row| row.join(" | ")).collect();
    assert_snapshot!(rows.join("\n"), @r#"
    Rollen |  |  | Een plek in de programmaorganisatie, in een project, in een orgaan of in een lijnonderdeel; één per plek.
    Rollen | id | tekst, verplicht | Een korte naam zonder spaties waarmee andere bladen ernaar verwijzen; elke komt één keer voor in de werkmap.
    Rollen | naam | tekst | Hoe mensen het noemen.
    Rollen | omschrijving | tekst | Wat het is, in een paar zinnen.
    Rollen | bron | tekst | Waar de informatie vandaan komt.
    Rollen | soort rol | een uit de lijst, verplicht | Het soort plek.
    Rollen | soort rol | ambtelijk opdrachtgever | Eigenaar van het programma, één persoon; bij voorkeur lid van het managementteam.
    Rollen | soort rol | bestuurlijk opdrachtgever | Lid van het college dat verantwoording aflegt aan de raad.
    Rollen | soort rol | gedelegeerd opdrachtgever | Handelt namens de opdrachtgever op grond van een mandaat.
    "#);
    let sheets: Vec<&str> = template.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_snapshot!(sheets.join(", "), @r#"
    Programma's, Doelen, Baten, Indicatoren, Vermogens, Inspanningen, Leeractiviteiten, Tranches, Rollen, Personen, Organen, Organisatieonderdelen, Besluiten, Mandaten, Documenten, Kaders, Middelen, Risico's, Bevindingen, Draagt bij aan, Hangt af van, Gebruikt, Wordt vervuld door, Is lid van, Werkt bij, Is gestuurd aan, Valt onder, Is gevolgd door, Heeft belang bij, Afwijkingen
    "#);
}
