//! What edits mean, and when they are refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use spelregel::{
    Delta, Edit, EditError, Metamodel, Model, Options, Pack, RuleSet, Session, Settings, Source,
};

const PACK: &str = r#"
pack: ours
version: 1.0.0
title: {en: Our rules}
rules:
  - id: role-held
    title: {en: Somebody holds the role}
    each: Role
    require: self.held_by.size() > 0
    severity: error
    message: {en: "{self.name} is held by nobody"}
  - id: goal-named
    title: {en: Goals have names}
    each: Goal
    require: self.name != "?"
    severity: warning
    message: {en: "{self.id}"}
"#;

const MODEL: &str = "
programmes: [{id: klimaat, name: Climate, phase: design}]
goals: [{id: co2, name: '?', owned_by: [opdrachtgever]}]
persons: [{id: jansen, name: Jansen}, {id: smit}]
roles:
  - id: opdrachtgever
    name: Sponsor
    role_in: [klimaat]
    held_by:
      - {to: jansen, valid_from: 2025-01-01, valid_until: 2025-12-31}
      - {to: jansen, valid_from: 2026-01-01, fte: 0.2}
";

fn rules() -> RuleSet {
    let pack = Pack::load(Source::new("ours.yaml", PACK)).unwrap();
    RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default()).unwrap()
}

fn model(text: &str) -> Model {
    Model::load(rules().metamodel(), [Source::new("m.yaml", text)]).unwrap()
}

fn session() -> Session {
    Session::new(rules(), model(MODEL), Options::at("2026-06-01".parse().unwrap()))
}

/// `+` appeared, `~` changed, `-` went.
fn told(delta: &Delta) -> Vec<String> {
    let line = |sign: &str, finding: &spelregel::report::Finding| {
        let element = finding.element.as_ref().map_or("model", |element| element.id.as_str());
        format!("{sign} {} {element}", finding.rule)
    };
    let appeared = delta.appeared.iter().map(|finding| line("+", finding));
    let changed = delta.changed.iter().map(|change| line("~", &change.after));
    let went = delta.went.iter().map(|finding| line("-", finding));
    appeared.chain(changed).chain(went).collect()
}

fn apply(session: &mut Session, edits: impl IntoIterator<Item = Edit>) -> Vec<String> {
    told(&session.apply(edits).unwrap())
}

#[test]
fn an_edit_tells_what_appears_changes_and_goes() {
    let mut live = session();
    let unlink = Edit::unlink("opdrachtgever", "held_by", "jansen");
    assert_eq!(apply(&mut live, [unlink]), ["+ ours/role-held opdrachtgever"]);
    let rename = Edit::set("opdrachtgever", "name", "Owner");
    assert_eq!(apply(&mut live, [rename]), ["~ ours/role-held opdrachtgever"]);
    let link = Edit::link("smit", "holds", "opdrachtgever");
    assert_eq!(apply(&mut live, [link]), ["- ours/role-held opdrachtgever"]);
    assert_eq!(apply(&mut live, [Edit::remove("co2")]), ["- ours/goal-named co2"]);
}

#[test]
fn put_replaces_fields_and_keeps_links() {
    let mut live = session();
    apply(&mut live, [Edit::put("Role", "opdrachtgever").with("role_type", "commissioner")]);
    let role = live.model().element("opdrachtgever").unwrap();
    assert_eq!(role.property("name"), None);
    assert_eq!(role.property("role_type"), Some("commissioner".into()));
    assert_eq!(
        (role.related("held_by"), role.related("role_in")),
        (vec!["jansen"], vec!["klimaat"])
    );
    assert_eq!(role.position(), None);
    assert!(live.model().element("jansen").unwrap().position().is_some());
}

#[test]
fn remove_takes_links_along_and_undo_brings_everything_back() {
    let mut live = session();
    let (before, report) = (live.model().to_json(), live.report().to_json());
    apply(&mut live, [Edit::remove("jansen")]);
    assert_eq!(live.model().link_count(), 2);
    assert_eq!(told(&live.undo().unwrap()), ["- ours/role-held opdrachtgever"]);
    assert_eq!(live.model().to_json(), before);
    assert_eq!(live.report().to_json(), report, "with all places in sources");
    assert!(live.undo().is_none());
    assert_eq!(told(&live.redo().unwrap()), ["+ ours/role-held opdrachtgever"]);
    assert!(live.redo().is_none());
    live.undo().unwrap();
    apply(&mut live, [Edit::set("smit", "name", "Smit")]);
    assert!(live.redo().is_none(), "other edits were made since");
}

#[test]
fn unlink_takes_all_links_between_two_or_those_from_a_day() {
    let mut live = session();
    let from = |day: &str| Edit::Unlink {
        from: "jansen".to_owned(),
        relation: "holds".to_owned(),
        to: "opdrachtgever".to_owned(),
        valid_from: Some(day.parse().unwrap()),
    };
    assert!(apply(&mut live, [from("2025-01-01")]).is_empty(), "it was past");
    assert_eq!(live.model().link_count(), 3);
    assert_eq!(apply(&mut live, [from("2026-01-01")]), ["+ ours/role-held opdrachtgever"]);
    live.undo().unwrap();
    live.undo().unwrap();
    apply(&mut live, [Edit::unlink("opdrachtgever", "held_by", "jansen")]);
    assert_eq!(live.model().link_count(), 2);
}

#[test]
fn a_link_is_there_once_as_in_documents() {
    let mut live = session();
    let links = |live: &Session| live.model().link_count();
    let held = || Edit::link("opdrachtgever", "held_by", "smit");
    apply(&mut live, [held()]);
    apply(&mut live, [held()]);
    assert_eq!(links(&live), 5);
    apply(&mut live, [held().with("fte", 0.5)]);
    assert_eq!(links(&live), 5, "it says more of the same link");
    apply(&mut live, [held().with("fte", 0.5)]);
    apply(&mut live, [held()]);
    assert_eq!(links(&live), 5);
    apply(&mut live, [held().with("fte", 0.1)]);
    assert_eq!(links(&live), 6);
    let again = model(&live.model().to_json());
    assert_eq!(again.to_json(), live.model().to_json());
}

#[test]
fn the_date_kinds_and_deviations_are_edits_too() {
    let mut live = session();
    let next_year: spelregel::Date = "2024-06-01".parse().unwrap();
    assert_eq!(apply(&mut live, [Edit::date(next_year)]), ["+ ours/role-held opdrachtgever"]);
    assert_eq!(live.options().at, next_year);
    assert_eq!(apply(&mut live, [Edit::open("Person")]), ["~ ours/role-held opdrachtgever"]);
    assert_eq!(apply(&mut live, [Edit::close("Person")]), ["~ ours/role-held opdrachtgever"]);
    let deviate = Edit::Deviate {
        rule: "role-held".to_owned(),
        elements: vec!["opdrachtgever".to_owned()],
        path: None,
        reason: "agreed".to_owned(),
        decided_by: None,
        until: None,
    };
    assert_eq!(apply(&mut live, [deviate]), ["~ ours/role-held opdrachtgever"]);
    let withdraw = Edit::Withdraw {
        rule: "role-held".to_owned(),
        elements: vec!["opdrachtgever".to_owned()],
        path: None,
    };
    assert_eq!(apply(&mut live, [withdraw]), ["~ ours/role-held opdrachtgever"]);
    for _ in 0..5 {
        live.undo().unwrap();
    }
    assert_eq!(live.model().to_json(), session().model().to_json());
    assert_eq!(live.options().at, session().options().at);
}

#[test]
fn what_if_changes_nothing() {
    let mut live = session();
    let delta = live.what_if([Edit::remove("jansen"), Edit::remove("co2")]).unwrap();
    assert_eq!(told(&delta), ["+ ours/role-held opdrachtgever", "- ours/goal-named co2"]);
    assert_eq!(live.model().to_json(), session().model().to_json());
    assert!(live.undo().is_none());
}

#[test]
fn replace_works_out_what_differs() {
    let mut live = session();
    let text = MODEL.replace("goals: [{id: co2, name: '?'", "\n\ngoals: [{id: co2, name: Less");
    let delta = live.replace(model(&text)).unwrap();
    assert_eq!(told(&delta), ["- ours/goal-named co2"]);
    assert!(delta.rejudged <= 2, "{} verdicts for one name", delta.rejudged);
    let delta = live.replace(model(MODEL)).unwrap();
    assert_eq!(told(&delta), ["+ ours/goal-named co2"]);
    live.undo().unwrap();
    assert_eq!(live.model().to_json(), model(&text).to_json());
    assert_eq!(live.model().element("co2").unwrap().position().unwrap().1.line, 5);
}

#[test]
fn a_model_that_was_taken_out_stays_as_it_is() {
    let mut live = session();
    let kept = live.model().clone();
    apply(&mut live, [Edit::remove("jansen")]);
    assert_eq!(kept.to_json(), session().model().to_json());
}

#[test]
fn edits_that_make_no_sense_are_refused_whole() {
    let refused: [Edit; 20] = [
        Edit::remove("jansn"),
        Edit::put("Rol", "r"),
        Edit::put("Role", "r 1"),
        Edit::put("Person", "opdrachtgever"),
        Edit::put("Role", "r").with("role_typ", "commissioner"),
        Edit::put("Role", "r").with("held_by", "jansen"),
        Edit::put("Role", "r").with("id", "s"),
        Edit::set("klimaat", "phase", "desing"),
        Edit::set("klimaat", "phase", 3),
        Edit::set("klimaat", "start_on", "1-6-2026"),
        Edit::set("klimaat", "board_interval_days", "30"),
        Edit::set("opdrachtgever", "required_competences", "tact"),
        Edit::clear("klimaat", "id"),
        Edit::link("opdrachtgever", "held_bij", "jansen"),
        Edit::link("opdrachtgever", "held_by", "klimaat"),
        Edit::link("opdrachtgever", "held_by", "jansen").with("ftes", 0.1),
        Edit::link("opdrachtgever", "held_by", "jansen").with("fte", "much"),
        Edit::unlink("opdrachtgever", "held_by", "smit"),
        Edit::open("Persons"),
        Edit::Withdraw { rule: "role-held".to_owned(), elements: vec!["co2".into()], path: None },
    ];
    let mut live = session();
    let mut lines = Vec::new();
    for edit in refused {
        let problem: EditError = live.apply([Edit::remove("co2"), edit]).unwrap_err();
        assert_eq!(problem.position, 1);
        lines.push(problem.to_string());
        assert_eq!(live.model().to_json(), session().model().to_json());
        assert!(live.undo().is_none());
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn later_edits_see_those_before_them() {
    let mut live = session();
    let put = Edit::put("Person", "bakker").with("name", "Bakker");
    let link = Edit::link("opdrachtgever", "held_by", "bakker");
    let unlink = Edit::unlink("opdrachtgever", "held_by", "jansen");
    assert!(apply(&mut live, [put, link, unlink]).is_empty());
    assert_eq!(live.model().element("opdrachtgever").unwrap().related("held_by"), ["bakker"]);
    live.undo().unwrap();
    assert!(live.model().element("bakker").is_none());
}

#[test]
fn edits_have_a_form_in_json() {
    let lines = [
        r#"{"edit":"put","kind":"Role","id":"r","fields":{"name":"R"}}"#,
        r#"{"edit":"remove","id":"r"}"#,
        r#"{"edit":"set","id":"klimaat","field":"phase","value":"deliver"}"#,
        r#"{"edit":"clear","id":"klimaat","field":"phase"}"#,
        r#"{"edit":"link","from":"r","relation":"held_by","to":"jansen","properties":{"fte":0.2}}"#,
        r#"{"edit":"unlink","from":"r","relation":"held_by","to":"jansen","valid_from":"2026-01-01"}"#,
        r#"{"edit":"unlink","from":"r","relation":"held_by","to":"jansen"}"#,
        r#"{"edit":"open","kind":"Person"}"#,
        r#"{"edit":"close","kind":"Person"}"#,
        r#"{"edit":"deviate","rule":"role-held","elements":["r"],"reason":"agreed","until":"2026-12-31"}"#,
        r#"{"edit":"withdraw","rule":"role-held","elements":["r"]}"#,
        r#"{"edit":"date","at":"2026-07-01"}"#,
    ];
    for line in lines {
        let edit: Edit = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&edit).unwrap(), line);
    }
    let unknown = r#"{"edit":"remove","id":"r","force":true}"#;
    assert!(serde_json::from_str::<Edit>(unknown).is_err());
    assert!(serde_json::from_str::<Edit>(r#"{"edit":"delete","id":"r"}"#).is_err());
}

/// What rules make of the date, in every way that is followed.
const DATES: &str = r#"
pack: dates
version: 1.0.0
title: {en: Dates}
parameters:
  notice: {type: duration, default: 720h, label: {en: notice}}
define:
  "Mandate.lasts(day: timestamp)": self.?valid_until.orValue(day) >= day
  Indicator.is_fresh: has(self.last_measured_on) && self.last_measured_on >= today - days(self.frequency_days)
rules:
  - {id: lasts, title: {en: lasts}, each: Mandate, require: self.lasts(today), severity: error, message: {en: ended}}
  - id: renewed
    title: {en: renewed in time}
    each: Mandate
    require: has(self.valid_until) && self.valid_until > today + notice
    severity: error
    message: {en: "ends soon, said on {today}"}
  - {id: fresh, title: {en: fresh}, each: Indicator, require: self.is_fresh, severity: error, message: {en: stale}}
  - id: held
    title: {en: held}
    each: Role
    require: self.held_by_links.exists(l, l.?valid_from.orValue(today) <= today)
    severity: error
    message: {en: empty}
  - {id: odd, title: {en: odd}, each: Goal, require: today.getDayOfMonth() != 13, severity: error, message: {en: odd}}
"#;

#[test]
fn another_date_asks_only_what_a_date_between_the_two_can_turn() {
    let pack = Pack::load(Source::new("dates.yaml", DATES)).unwrap();
    let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default()).unwrap();
    let text = "
mandates: [{id: a, valid_until: 2026-06-10}, {id: b, valid_until: 2026-08-01}, {id: c, valid_until: 2027-08-01}, {id: d}]
indicators: [{id: i, last_measured_on: 2026-05-30, frequency_days: 30}, {id: j}]
persons: [{id: p}]
roles: [{id: r, held_by: [{to: p, valid_from: 2026-09-01}]}, {id: s, held_by: [p]}]
goals: [{id: g}, {id: h}]
";
    let model = Model::load(rules.metamodel(), [Source::new("m.yaml", text)]).unwrap();
    let at = |day: &str| Edit::date(day.parse().unwrap());
    let mut live = Session::new(rules, model, Options::at("2026-06-01".parse().unwrap()));
    let mut go = |day: &str| {
        let delta = live.apply([at(day)]).unwrap();
        assert_eq!(live.findings(), live.report().findings);
        (delta.rejudged, told(&delta))
    };
    let goals = 2;
    // Of the mandates that end too soon the findings say on what day that was seen: two, and one without an end.
    let told_with_the_day = 2;
    assert_eq!(
        go("2026-06-02"),
        (goals + told_with_the_day, vec!["~ dates/renewed a".into(), "~ dates/renewed d".into()])
    );
    // The tenth is the last day of one.
    assert_eq!(go("2026-06-10").0, goals + told_with_the_day + 1);
    let (asked, told) = go("2026-06-11");
    assert_eq!(asked, goals + told_with_the_day + 1);
    assert!(told.contains(&"+ dates/lasts a".to_owned()));
    // The indicator is measured every thirty days.
    assert!(go("2026-06-30").1.contains(&"+ dates/fresh i".to_owned()));
    assert!(go("2026-09-01").1.contains(&"- dates/held r".to_owned()));
}

#[test]
fn sessions_go_from_one_thread_to_another() {
    let mut live = session();
    let edit = [Edit::remove("co2")];
    let delta = std::thread::spawn(move || live.apply(edit).map(|delta| delta.went.len()));
    assert_eq!(delta.join().unwrap(), Ok(1));
}
