//! What editors are offered and told, in texts that are halfway written. `‸` is the cursor.

use std::sync::OnceLock;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::{Completion, Editor};
use crate::diagnostic::{Code, Diagnostics};
use crate::metamodel::Metamodel;
use crate::pack::Pack;
use crate::plan::RuleSet;
use crate::settings::Settings;
use crate::source::{Source, Span};
use crate::text::Language;

const CURSOR: char = '‸';

/// Made once: the packs take their time.
fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| {
        let packs = Pack::shipped_ids().map(Pack::load_shipped).collect::<Result<Vec<_>, _>>();
        RuleSet::compile(&Metamodel::standard(), packs.unwrap(), &Settings::default()).unwrap()
    })
}

fn editor(language: Language) -> Editor {
    Editor::new(rules(), language)
}

fn split(text: &str) -> (Source, u32) {
    let offset = text.find(CURSOR).unwrap();
    let source = Source::new("text.yaml", text.replace(CURSOR, ""));
    (source, u32::try_from(offset).unwrap())
}

fn offered(text: &str) -> Vec<Completion> {
    let (source, offset) = split(text);
    editor(Language::En).complete(&source, offset)
}

/// The names that are offered; of many the first ten.
fn names(text: &str) -> String {
    let offered = offered(text);
    let mut names: Vec<&str> = offered.iter().take(10).map(|offer| offer.label.as_str()).collect();
    let more = format!("+{}", offered.len().saturating_sub(10));
    if offered.len() > 10 {
        names.push(&more);
    }
    names.join(" ")
}

fn told(text: &str) -> String {
    let (source, offset) = split(text);
    match editor(Language::Nl).hover(&source, offset) {
        Some(hover) => format!("{}: {} | {}", hover.title, hover.detail, hover.about),
        None => "nothing".to_owned(),
    }
}

#[test]
fn keys_of_models() {
    assert_snapshot!(names("‸"), @"spelregel open_kinds deviations programmes goals benefits indicators capabilities projects learning_activities +12");
    assert_snapshot!(names("pro‸"), @"programmes projects");
    assert_snapshot!(names("goals:\n  - id: co2\n    sta‸"), @"state");
    assert_snapshot!(names("goals:\n  - id: co2\n    ‸\n    name: CO2\nroles: []"), @"description source level goal_class horizon state pursued_by refines refined_by set_out_in +5");
    assert_snapshot!(names("goals:\n- i‸"), @"id description horizon pursued_by refines refined_by set_out_in supported_by measured_by owned_by +2");
    assert_snapshot!(names("goals: [{id: co2, own‸"), @"owned_by");
    assert_snapshot!(names("roles:\n  - id: r\n    held_by:\n      - {to: p, val‸}"), @"valid_from valid_until");
    assert_snapshot!(names("roles:\n  - id: r\n    held_by:\n      - to: p\n        fte‸"), @"fte");
    assert_snapshot!(names("deviations:\n  - rule: x\n    ‸"), @"element elements path reason decided_by until");
}

#[test]
fn values_of_models() {
    let people =
        "persons:\n  - {id: jansen, name: A. Jansen}\n  - id: de-vries\nbodies: [{id: mt}]\n";
    assert_snapshot!(names("goals:\n  - id: co2\n    state: ‸"), @"proposed cancelled adopted achieved");
    assert_snapshot!(names("programmes:\n  - id: p\n    phase: de‸\n    name: P"), @"design deliver");
    assert_snapshot!(names(&format!("{people}roles:\n  - id: r\n    held_by: ‸")), @"jansen de-vries");
    assert_snapshot!(names(&format!("{people}roles:\n  - id: r\n    held_by: [jansen, de‸")), @"de-vries");
    assert_snapshot!(names(&format!("roles:\n  - id: r\n    held_by:\n      - to: ‸\n{people}")), @"jansen de-vries");
    assert_snapshot!(names(&format!("roles:\n  - id: r\n    held_by:\n      - ja‸\n{people}")), @"jansen");
    assert_snapshot!(names("open_kinds: [Lear‸]"), @"LearningActivity");
    assert_snapshot!(names("benefits:\n  - id: b\n    disbenefit: ‸"), @"true false");
    assert_snapshot!(names("goals:\n  - id: co2 # own‸"), @"");
    assert_snapshot!(names("goals:\n  - id: co2\n    name: own‸"), @"");
    assert_snapshot!(names("deviations:\n  - rule: goal-has‸"), @"goal-has-benefit");
}

#[test]
fn an_offer_replaces_the_word_that_it_completes() {
    let (source, offset) = split("é: 1\ngoals:\n  - id: co2\n    st‸xy: adopted\n");
    let offers = editor(Language::Nl).complete(&source, offset);
    let offer = offers.first().unwrap();
    assert_eq!((offer.insert.as_str(), offer.detail.as_str()), ("state", "status"));
    assert_eq!((offer.start.line, offer.start.column), (4, 5));
    assert_eq!((offer.start.offset, offer.start.offset_utf16), (29, 28));
    assert_eq!((offer.end.line, offer.end.column), (4, 9));
    // A key without its colon gets one.
    let first = |text: &str| offered(text).first().map(|offer| offer.insert.clone());
    assert_eq!(first("goals:\n  - id: co2\n    sta‸").as_deref(), Some("state: "));
    assert_eq!(first("goa‸").as_deref(), Some("goals:\n  - id: "));
}

fn rule(condition: &str) -> String {
    format!(
        "pack: ours\nversion: 1.0.0\ndefine:\n  Role.sits: self.held_by.member_of\nrules:\n  - id: a\n    each: Role\n    let: {{people: self.held_by}}\n    require: {condition}\n    severity: error\n"
    )
}

#[test]
fn keys_and_values_of_packs() {
    let head = "pack: ours\nversion: 1.0.0\n";
    assert_snapshot!(names(&format!("{head}‸")), @"spelregel title source uses parameters define paths rules");
    assert_snapshot!(names(&format!("{head}rules:\n  - id: a\n    sev‸")), @"severity");
    assert_snapshot!(names(&format!("{head}rules:\n  - id: a\n    severity: ‸")), @"error warning advice");
    assert_snapshot!(names(&format!("{head}rules:\n  - id: a\n    each: Pro‸")), @"Programme Project");
    assert_snapshot!(names(&format!("{head}rules:\n  - id: a\n    each: [Goal, Ben‸]")), @"Benefit");
    assert_snapshot!(names(&format!("{head}rules:\n  - id: a\n    from: ‸")), @"explore design mandate deliver embed close");
    assert_snapshot!(names(&format!("{head}rules:\n  - id: a\n    message: {{‸}}")), @"en nl");
    assert_snapshot!(names(&format!("{head}uses: [ba‸]")), @"base");
    let example =
        "rules:\n  - id: a\n    examples:\n      - {at: 2026-06-01, model: {goals: [{id: g, sta‸";
    assert_snapshot!(names(&format!("{head}{example}")), @"state");
    assert_snapshot!(names("spelregel: 1\nsettings:\n  sev‸"), @"severity");
}

#[test]
fn words_of_conditions() {
    assert_snapshot!(names(&rule("sel‸")), @"self");
    assert_snapshot!(names(&rule("self.‸")), @"id name description source role_type responsibilities required_competences key_role state role_in +25");
    assert_snapshot!(names(&rule("self.held_by.mem‸")), @"member_of member_of_links");
    assert_snapshot!(names(&rule("self.held_by.member_of.‸")), @"id name description source body_type state part_of part_of_links has_role has_role_links +27");
    assert_snapshot!(names(&rule("self.held_by.exists(p, p.mem‸)")), @"member_of member_of_links");
    assert_snapshot!(names(&rule("self.held_by.exists(per‸, true)")), @"Person");
    assert_snapshot!(names(&rule("people.exists(x, x‸")), @"x negative_benefit_expected_from");
    assert_snapshot!(names(&rule("people.member_of.body_t‸")), @"body_type");
    assert_snapshot!(names(&rule("self.sits.exists(b, b.body_t‸")), @"body_type");
    assert_snapshot!(names(&rule("self.held_by_links.exists(l, l.‸")), @"target source fte as_deputy accepted valid_from valid_until");
    assert_snapshot!(names(&rule("self.role_type == RoleType.com‸")), @"commissioner political_commissioner delegated_commissioner");
    assert_snapshot!(names(&rule("model.goa‸")), @"goals");
    assert_snapshot!(names(&rule("math.‸")), @"greatest least abs sign ceil floor round trunc sqrt isNaN +2");
    assert_snapshot!(names(&rule("today.getF‸")), @"getFullYear");
    assert_snapshot!(names(&rule(">-\n      self.held_by\n        .member_of.body_t‸\n      .size() > 0")), @"body_type");
    assert_snapshot!(names(&rule("true\n    message:\n      en: \"{self.held‸} is\"")), @"held_by held_by_links");
    assert_snapshot!(names(&rule("true\n    message:\n      en: \"of self.held‸ is\"")), @"");
}

#[test]
fn what_stands_there() {
    assert_snapshot!(told("go‸als: []"), @"goals: doelen | Een gewenste situatie: een ambitie of opgave, een strategisch doel of een programmadoel. Een lager doel werkt een hoger doel uit.");
    assert_snapshot!(told("goals:\n  - id: co2\n    st‸ate: adopted"), @"state: status | Hoe ver een element is; elke soort kent een deel van deze statussen.");
    assert_snapshot!(told("goals:\n  - id: co2\n    state: ado‸pted"), @"adopted: bekrachtigd | Door raad, college of managementteam aangenomen.");
    assert_snapshot!(told("goals:\n  - {id: co2, owned_by: sp‸on}\nroles: [{id: spon, name: De sponsor}]"), @"spon: De sponsor | rol");
    assert_snapshot!(told(&rule("self.held_‸by.size() > 0")), @"held_by: wordt vervuld door | De persoon vervult de rol.");
    assert_snapshot!(told(&rule("self.role_type == RoleType.commi‸ssioner")), @"commissioner: ambtelijk opdrachtgever | Eigenaar van het programma, één persoon; bij voorkeur lid van het managementteam.");
    assert_snapshot!(told(&rule("self.si‸ts.size() > 0")), @"sits:  | self.held_by.member_of");
    assert_snapshot!(told("pack: a\nrules:\n  - sever‸ity: error"), @"severity:  | How bad it is when it fails.");
    assert_snapshot!(told("goals:\n  - id: co2\n    name: so‸mething"), @"nothing");
    assert_snapshot!(told("goals:\n\n‸\n"), @"nothing");
}

#[test]
fn what_is_wrong() {
    let editor = editor(Language::En);
    let wrong = |text: &str| {
        let problems = editor.diagnostics(&Source::new("text.yaml", text));
        let problems = problems.iter().flat_map(Diagnostics::iter).map(|problem| {
            let at = problem.labels.first().map(|label| label.source.position(label.span.start));
            let at = at.map_or_else(String::new, |at| format!("{}:{} ", at.line, at.column));
            format!("{at}{}", problem.message)
        });
        problems.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(wrong("goals: [{id: co2, owned_by: x}]\nroles: [{id: r, held: y}]"), @r#"
    1:29 there is no element `x`
    2:14 `r` has no `role_type`, which the kind `Role` requires
    2:17 the kind `Role` has no field `held`
    "#);
    assert_snapshot!(wrong("goals: [{id: co2"), @"1:9 a mapping in braces is not closed");
    assert_snapshot!(wrong("pack: a\nversion: 1\ntitle: {en: A}\nuses: [base]\nrules:\n  - {id: b, title: {en: B}, each: Goal, require: self.nam == '', severity: error, message: {en: C}}"), @"6:55 Goal has no `nam`");
    assert_snapshot!(wrong("settings: {severity: {x: fatal}}"), @"1:26 `fatal` is not a severity");
    assert_snapshot!(wrong(""), @"1:1 the document is empty");
}

#[test]
fn ids_of_texts_beside_it() {
    let other = Source::new("people.yaml", "persons: [{id: jansen}]");
    let text = "roles: [{id: r, held_by: j‸}]";
    let (source, offset) = split(text);
    let whole = Source::new("a.yaml", text.replace("j‸", "jansen"));
    let dangles = |editor: &Editor| {
        let problems = editor.diagnostics(&whole);
        problems.iter().flat_map(Diagnostics::iter).any(|one| one.code == Code::DanglingReference)
    };
    let editor = editor(Language::En);
    assert!(editor.complete(&source, offset).is_empty());
    assert!(dangles(&editor));
    let editor = editor.beside([other]);
    assert_eq!(editor.complete(&source, offset).first().unwrap().label, "jansen");
    assert!(!dangles(&editor));
}

/// Every key and every value of an enumeration in the shipped packs and their examples is known for what it is.
#[test]
fn shipped_texts_are_understood() {
    let editor = editor(Language::En);
    let mut known = 0;
    for (name, text) in spelregel_rules::PACKS {
        let sketch = super::Sketch::of(text, None);
        let source = Source::new(*name, *text);
        for entry in sketch.entries.iter().step_by(7) {
            let Some(key) = &entry.key else { continue };
            let path = sketch.path(entry.place);
            // Names that people choose themselves.
            let is_free = ["define", "paths", "parameters", "let", "expect", "default"];
            if path.last().is_some_and(
                |step| matches!(step, super::sketch::Step::Key(key) if is_free.contains(key)),
            ) {
                continue;
            }
            let found = editor.hover(&source, key.span.start).map(|hover| hover.title);
            assert_eq!(found.as_deref(), Some(key.text.as_str()), "{name}: {path:?}");
            known += 1;
        }
    }
    assert!(known > 500, "{known}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is typed, the answers are about places in the text.
    #[test]
    fn any_text_has_an_answer(
        parts in prop::collection::vec(
            prop_oneof![
                Just("goals:"), Just("\n"), Just("  "), Just("- "), Just("id: a"), Just("{"), Just("}"),
                Just("["), Just("]"), Just(", "), Just("\""), Just("'"), Just(": "), Just("# "), Just("|\n"),
                Just("pack: a\n"), Just("rules:"), Just("require: self."), Just("held_by"), Just("é🌱"),
                Just("message:"), Just("en: \"{"), Just("(x, x."), Just(")"), Just("\t"), Just("\r\n"),
            ],
            0..24,
        ),
        at in 0_usize..80,
    ) {
        let text = parts.concat();
        let at = at.min(text.len());
        let source = Source::new("text.yaml", text.clone());
        let editor = editor(Language::En);
        let offset = u32::try_from(at).unwrap();
        for offer in editor.complete(&source, offset) {
            prop_assert!(offer.start <= offer.end);
            let replaced = Span { start: offer.start.offset, end: offer.end.offset };
            prop_assert!(text.get(replaced.range()).is_some());
        }
        editor.hover(&source, offset);
        editor.diagnostics(&source);
    }
}
