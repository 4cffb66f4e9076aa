//! The published JSON Schemas: they are what the library makes, every document that loads is valid, those
//! with a mistake in their shape aren't, and so are reports and explanations.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use jsonschema::Validator;
use proptest::test_runner::TestCaseError;
use serde_json::Value;
use spelregel::{Metamodel, Model, Options, Pack, RuleSet, Settings, Source, schema};
use spelregel_tests::case::Document;
use spelregel_tests::driver::{File, Input};
use spelregel_tests::generate::law::hold;
use spelregel_tests::generate::{Asking, Draw, World};
use spelregel_tests::{files, plain};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The schemas that are published, by the names of their files.
fn published() -> [(&'static str, String); 8] {
    let standard = Metamodel::standard();
    [
        ("model", schema::model(&standard)),
        ("pack", schema::pack(&standard)),
        ("settings", schema::settings()),
        ("metamodel", schema::metamodel()),
        ("report", schema::report()),
        ("explanation", schema::explanation()),
        ("difference", schema::difference()),
        ("exchange", schema::exchange()),
    ]
}

fn file(name: &str) -> PathBuf {
    files::path(&format!("../docs/schema/{name}.json"))
}

fn validator(schema: &str) -> Result<Validator> {
    Ok(jsonschema::draft202012::new(&serde_json::from_str(schema)?)?)
}

/// What is wrong with a document, for people.
fn faults(validator: &Validator, document: &Value) -> Vec<String> {
    let faults = validator.iter_errors(document);
    faults.map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

#[test]
fn published_schemas_are_up_to_date() -> Result {
    for (name, schema) in published() {
        let path = file(name);
        if spelregel_tests::run::is_refreshing() {
            fs::write(&path, &schema)?;
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == schema, "{} is old: run `cargo xtask schema`", path.display());
    }
    Ok(())
}

#[test]
fn shipped_documents_are_valid() -> Result {
    let model = validator(&schema::model(&Metamodel::standard()))?;
    for path in files::all(&files::path("../examples"), "yaml")? {
        let document = plain::json(&fs::read_to_string(&path)?)?;
        assert_eq!(faults(&model, &document), Vec::<String>::new(), "{}", path.display());
    }
    let pack = validator(&schema::pack(&Metamodel::standard()))?;
    for path in files::all(&files::path("../rules/packs"), "yaml")? {
        let text = fs::read_to_string(&path)?;
        assert_eq!(faults(&pack, &plain::json(&text)?), Vec::<String>::new(), "{}", path.display());
        let json = Pack::load(Source::new("pack.yaml", text))?.to_json();
        let document = serde_json::from_str(&json)?;
        assert_eq!(faults(&pack, &document), Vec::<String>::new(), "{} as JSON", path.display());
    }
    let metamodel = validator(&schema::metamodel())?;
    let document = plain::json(&fs::read_to_string(files::path("../rules/metamodel.yaml"))?)?;
    assert_eq!(faults(&metamodel, &document), Vec::<String>::new());
    Ok(())
}

/// The schemas that count in a case, and what is loaded with them.
struct Place {
    metamodel: Metamodel,
    model: Validator,
    pack: Validator,
}

impl Place {
    fn new(metamodel: Metamodel) -> Result<Self> {
        let (model, pack) = (schema::model(&metamodel), schema::pack(&metamodel));
        Ok(Self { metamodel, model: validator(&model)?, pack: validator(&pack)? })
    }

    /// The place of a case that has a metamodel of its own; `None` where that is faulty.
    fn own(input: &Input) -> Result<Option<Self>> {
        let mut metamodel = Metamodel::standard();
        if let Some(own) = input.metamodel.as_ref().map(source) {
            match metamodel.extend(&own, &spelregel::Limits::default()) {
                Ok(extended) => metamodel = extended,
                Err(_) => return Ok(None),
            }
        }
        if let Some(settings) = input.settings.as_ref().map(source) {
            match Settings::load(settings).and_then(|settings| settings.extend(&metamodel)) {
                Ok(extended) => metamodel = extended,
                Err(_) => return Ok(None),
            }
        }
        Self::new(metamodel).map(Some)
    }
}

fn source(file: &File) -> Source {
    Source::new(&*file.name, &*file.text)
}

#[test]
fn every_document_of_the_cases_that_loads_is_valid() -> Result {
    let standard = Place::new(Metamodel::standard())?;
    let (settings, metamodel) = (validator(&schema::settings())?, validator(&schema::metamodel())?);
    let mut count = 0;
    let mut wrong = Vec::new();
    let mut hold = |validator: &Validator, file: &File, title: &str| {
        count += 1;
        match plain::json(&file.text) {
            Ok(document) => {
                let faults = faults(validator, &document);
                if !faults.is_empty() {
                    wrong.push(format!("{title}, {}: {}", file.name, faults.join("; ")));
                }
            }
            Err(error) => wrong.push(format!("{title}, {}: {error}", file.name)),
        }
    };
    for path in files::all(&files::path("cases"), "md")? {
        for case in Document::read(&path)?.cases {
            let input = &case.input;
            let own;
            let place = if input.metamodel.is_none() && input.settings.is_none() {
                &standard
            } else {
                let Some(place) = Place::own(input)? else { continue };
                own = place;
                &own
            };
            let title = format!("{}: {}", path.display(), case.title);
            if let Some(file) = &input.metamodel {
                hold(&metamodel, file, &title);
            }
            if let Some(file) = &input.settings {
                hold(&settings, file, &title);
            }
            for file in input.models.iter().filter(|file| !file.is_hex) {
                if Model::load(&place.metamodel, [source(file)]).is_ok() {
                    hold(&place.model, file, &title);
                }
            }
            let packs = input.packs.iter().map(|file| Pack::load(source(file)));
            let Ok(packs) = packs.collect::<std::result::Result<Vec<_>, _>>() else { continue };
            let rules = RuleSet::compile(&place.metamodel, packs, &Settings::default());
            if rules.is_ok_and(|rules| rules.test().is_good()) {
                for file in &input.packs {
                    hold(&place.pack, file, &title);
                }
            }
        }
    }
    writeln!(std::io::stdout(), "{count} documents")?;
    assert!(count > 200, "only {count} documents");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// The codes of problems that are in a document's shape, and so a schema's to find.
const SHAPE: [&str; 7] = [
    "unknown-field",
    "missing-field",
    "wrong-type",
    "unknown-value",
    "invalid-date",
    "out-of-range",
    "unknown-kind",
];

/// What stands in place of each part of a document, one after the other.
fn replacements() -> [Value; 6] {
    [
        Value::from("zzz"),
        Value::from(-12.5),
        Value::Bool(true),
        serde_json::json!(["zzz"]),
        serde_json::json!({"zzz": 1}),
        Value::Null,
    ]
}

/// Every document with one mistake: a part replaced, or a field too many.
fn mutants(document: &Value) -> Vec<(String, Value)> {
    let mut pointers = Vec::new();
    collect(document, "", &mut pointers);
    let mut mutants = Vec::new();
    for pointer in pointers {
        for replacement in replacements() {
            let mut mutant = document.clone();
            if let Some(place) = mutant.pointer_mut(&pointer).filter(|place| **place != replacement)
            {
                let title = format!("{pointer} = {replacement}");
                *place = replacement;
                mutants.push((title, mutant));
            }
        }
        let mut mutant = document.clone();
        if let Some(Value::Object(fields)) = mutant.pointer_mut(&pointer) {
            fields.insert("zzz".to_owned(), Value::from(1));
            mutants.push((format!("{pointer} and zzz"), mutant));
        }
    }
    mutants
}

fn collect(value: &Value, pointer: &str, into: &mut Vec<String>) {
    into.push(pointer.to_owned());
    match value {
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{position}"), into);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect(value, &format!("{pointer}/{name}"), into);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Holds a schema against what loading says of each mutant. What loads is valid; what has a problem with one
/// of the codes of `shape` isn't.
fn compare(
    schema: &str,
    document: &Value,
    shape: &[&str],
    codes: impl Fn(Source) -> Vec<&'static str>,
) -> Result {
    let validator = validator(schema)?;
    assert_eq!(faults(&validator, document), Vec::<String>::new());
    let mutants = mutants(document);
    let mut wrong = Vec::new();
    for (title, mutant) in &mutants {
        let codes = codes(Source::new("mutant.json", mutant.to_string()));
        let is_misshapen = codes.iter().any(|code| shape.contains(code));
        let is_valid = validator.is_valid(mutant);
        if (is_misshapen && is_valid) || (codes.is_empty() && !is_valid) {
            let faults = faults(&validator, mutant);
            wrong.push(format!("{title}: loading says {codes:?}, the schema {faults:?}"));
        }
    }
    writeln!(std::io::stdout(), "{} mutants", mutants.len())?;
    assert!(mutants.len() > 100, "only {} mutants", mutants.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), mutants.len(), wrong.join("\n"));
    Ok(())
}

fn codes_of<T>(loaded: std::result::Result<T, spelregel::Diagnostics>) -> Vec<&'static str> {
    loaded
        .err()
        .iter()
        .flat_map(|problems| problems.iter())
        .map(|problem| problem.code.as_str())
        .collect()
}

#[test]
fn models_with_a_mistake_in_their_shape_are_not_valid() -> Result {
    let standard = Metamodel::standard();
    let document = serde_json::json!({
        "spelregel": 1,
        "open_kinds": ["LearningActivity"],
        "programmes": [{
            "id": "p", "name": "P", "phase": "design", "state": "active", "start_on": "2026-01-01",
            "risk_appetite": 2.5, "board_interval_days": 42, "pursues": ["g"],
        }],
        "goals": [{"id": "g", "level": "strategic", "refines": "h"}, {"id": "h"}],
        "roles": [{
            "id": "r", "role_type": "commissioner", "key_role": true, "required_competences": ["a"],
            "role_in": ["p"], "held_by": [{"to": "jan", "fte": 0.5, "valid_until": "2026-12-31"}],
        }],
        "persons": [{"id": "jan"}],
        "deviations": [
            {"rule": "a", "element": "p", "path": "includes", "reason": "b", "decided_by": "c", "until": "2026-01-31"},
            {"rule": "a", "elements": ["p", "g"], "reason": "b"},
        ],
    });
    compare(&schema::model(&standard), &document, &SHAPE, |source| {
        codes_of(Model::load(&standard, [source]))
    })
}

#[test]
fn packs_with_a_mistake_in_their_shape_are_not_valid() -> Result {
    let standard = Metamodel::standard();
    let document = serde_json::json!({
        "spelregel": 1,
        "pack": "ours",
        "version": "1.0.0",
        "title": {"en": "Ours", "nl": "Onze"},
        "source": "handbook",
        "uses": ["base"],
        "parameters": {"longest": {"type": "duration", "default": "180d", "label": {"en": "longest"}}},
        "define": {"Goal.is_named": "has(self.name)"},
        "paths": {"Goal.above": "refines+"},
        "rules": [{
            "id": "named",
            "title": {"en": "Named"},
            "each": ["Goal"],
            "from": "design",
            "gate": "G2",
            "let": {"named": "self.is_named"},
            "when": "longest > days(1)",
            "require": "named",
            "severity": "error",
            "deviations": false,
            "message": {"en": "{self.id}", "nl": "{self.id}"},
            "why": {"en": "Because."},
            "remedy": {"en": "Do."},
            "source": "step 2",
            "tags": ["goals"],
            "examples": [{
                "name": "one",
                "at": "2026-06-01",
                "gate": "G2",
                "model": {"programmes": [{"id": "p", "pursues": ["g"]}], "goals": [{"id": "g", "name": "G"}]},
                "expect": {"g": "pass"},
            }],
        }],
    });
    compare(&schema::pack(&standard), &document, &SHAPE, |source| {
        let pack = match Pack::load(source) {
            Ok(pack) => pack,
            Err(problems) => return codes_of::<()>(Err(problems)),
        };
        match RuleSet::compile(&standard, [pack], &Settings::default()) {
            Ok(rules) => {
                let results = rules.test().results.into_iter();
                let problems = results.filter_map(|result| result.problems);
                problems.flat_map(|problems| codes_of::<()>(Err(problems))).collect()
            }
            Err(problems) => codes_of::<()>(Err(problems)),
        }
    })
}

#[test]
fn settings_with_a_mistake_in_their_shape_are_not_valid() -> Result {
    let document = serde_json::json!({
        "spelregel": 1,
        "settings": {
            "parameters": {"longest_silence": "90d"},
            "severity": {"named": "off", "owned": "warning"},
            "languages": ["nl", "en"],
            "metamodel": {
                "enumerations": {"Colour": {"ordered": true, "values": {"red": {"label": "rood"}, "blue": null}}},
                "kinds": {
                    "Programme": {"properties": {"colour": {"type": "Colour", "absent": "red", "required": false}}},
                    "Area": {
                        "section": "areas", "label": {"en": "area", "nl": "gebied"},
                        "properties": {"size": {"type": "int", "min": 1, "max": 9, "unit": "ha"}},
                    },
                },
                "relations": {"lies_in": {"inverse": "is_site_of", "ends": [{"from": ["Area"], "to": ["Programme"]}]}},
            },
        },
    });
    // Whether a name is known depends on the metamodel that is added to.
    let shape = ["unknown-field", "wrong-type"];
    compare(&schema::settings(), &document, &shape, |source| {
        let extended =
            Settings::load(source).and_then(|settings| settings.extend(&Metamodel::standard()));
        codes_of(extended)
    })
}

/// The same schema, in which an object has no fields but those that it describes.
fn strict(schema: &str) -> Result<Validator> {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(fields) => {
                if fields.contains_key("properties") && !fields.contains_key("additionalProperties")
                {
                    fields.insert("additionalProperties".to_owned(), Value::Bool(false));
                }
                fields.values_mut().for_each(close);
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut schema = serde_json::from_str(schema)?;
    close(&mut schema);
    Ok(jsonschema::draft202012::new(&schema)?)
}

#[test]
fn reports_and_explanations_are_valid() -> Result {
    let packs: Vec<Pack> =
        Pack::shipped_ids().filter_map(Pack::shipped).collect::<std::result::Result<_, _>>()?;
    let rules = RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())?;
    let sources = files::all(&files::path("../examples/linderveen"), "yaml")?;
    let sources: std::io::Result<Vec<Source>> = sources
        .iter()
        .map(|path| Ok(Source::new(path.display().to_string(), fs::read_to_string(path)?)))
        .collect();
    let model = Model::load(rules.metamodel(), sources?)?;
    let report_schema = strict(&schema::report())?;
    let explanation_schema = strict(&schema::explanation())?;
    let plain = Options::at("2026-06-01".parse()?);
    let narrow = plain.clone().gate("G3").tag("roles").programme("warm-wonen");
    for options in [&plain, &narrow] {
        let report = serde_json::from_str(&rules.check(&model, options).to_json())?;
        assert_eq!(faults(&report_schema, &report), Vec::<String>::new());
    }
    let (earlier, later) = (Options::at("2025-01-01".parse()?), &plain);
    let (earlier, later) = (rules.check(&model, &earlier), rules.check(&model, later));
    let difference = serde_json::from_str(&later.diff(&earlier).to_json())?;
    assert_eq!(faults(&strict(&schema::difference())?, &difference), Vec::<String>::new());
    let since = serde_json::from_str(&later.since(&earlier).to_json())?;
    assert_eq!(faults(&report_schema, &since), Vec::<String>::new());
    let mut count = 0;
    for rule in rules.rules() {
        for element in model.elements() {
            let asked = rules.explain(&model, &plain, rule.full_id(), element.id());
            let Ok(explanation) = asked else { continue };
            count += 1;
            let json = serde_json::from_str(&explanation.to_json())?;
            let faults = faults(&explanation_schema, &json);
            assert_eq!(faults, Vec::<String>::new(), "{} {}", rule.full_id(), element.id());
        }
    }
    assert!(count > 100, "only {count} explanations");
    Ok(())
}

#[test]
fn reports_of_the_cases_are_valid() -> Result {
    let report_schema = strict(&schema::report())?;
    let mut count = 0;
    for path in files::all(&files::path("cases"), "md")? {
        for case in Document::read(&path)?.cases {
            let input = &case.input;
            let settings = match input.settings.as_ref().map(|file| Settings::load(source(file))) {
                Some(Ok(settings)) => settings,
                Some(Err(_)) => continue,
                None => Settings::default(),
            };
            let packs = input.packs.iter().map(|file| Pack::load(source(file)));
            let Ok(packs) = packs.collect::<std::result::Result<Vec<_>, _>>() else { continue };
            if packs.is_empty() || input.metamodel.is_some() {
                continue;
            }
            let compiled = RuleSet::compile(&Metamodel::standard(), packs, &settings);
            let Ok(rules) = compiled else { continue };
            let models = input.models.iter().filter(|file| !file.is_hex).map(source);
            let Ok(model) = Model::load(rules.metamodel(), models) else { continue };
            let mut options = Options::at(input.options.at.parse()?);
            if let Some(gate) = &input.options.gate {
                options = options.gate(gate);
            }
            count += 1;
            let report = serde_json::from_str(&rules.check(&model, &options).to_json())?;
            let faults = faults(&report_schema, &report);
            assert_eq!(faults, Vec::<String>::new(), "{}: {}", path.display(), case.title);
        }
    }
    assert!(count > 50, "only {count} reports");
    Ok(())
}

#[test]
fn random_documents_are_valid_against_the_schemas_of_their_metamodel() -> Result {
    let broken = |what: String| TestCaseError::fail(what);
    hold(20, 3_000, |tape| {
        let world = World::draw(&mut Draw::new(tape), Asking::Allowed);
        let metamodel = world.metamodel().map_err(|problems| broken(problems.to_string()))?;
        let place = Place::new(metamodel).map_err(|error| broken(error.to_string()))?;
        let model = world.model.source(&world.vocabulary);
        for (validator, text) in
            [(&place.model, model.text()), (&place.pack, &*world.rules.to_json())]
        {
            let document = plain::json(text).map_err(|error| broken(error.to_string()))?;
            let faults = faults(validator, &document);
            if !faults.is_empty() {
                return Err(broken(format!("{}\n{text}", faults.join("\n"))));
            }
        }
        Ok(world.rules.expressions())
    })
    .map(|_| ())
    .map_err(Into::into)
}
