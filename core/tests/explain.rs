//! Rules and verdicts explained in words.

use std::fmt::Write as _;

use spelregel::report::Colour;
use spelregel::{
    Diagnostics, Explanation, Language, Metamodel, Model, Options, Pack, Part, PartKind, PartValue,
    RuleSet, Settings, Source, Verdict,
};

type Tried<T> = Result<T, Box<dyn std::error::Error>>;

fn shipped() -> Result<RuleSet, Diagnostics> {
    let packs = Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<Vec<_>, _>>()?;
    RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())
}

fn outlines(language: Language) -> Tried<String> {
    let rules = shipped()?;
    let mut text = String::new();
    for rule in rules.rules() {
        let outline = rules.outline(rule.full_id()).ok_or("no outline")?;
        writeln!(text, "{}", rule.full_id())?;
        writeln!(text, "{}", outline.to_text(language, Colour::Never))?;
    }
    Ok(text)
}

#[test]
fn shipped_rules_in_english() {
    insta::assert_snapshot!(outlines(Language::En).unwrap());
}

#[test]
fn shipped_rules_in_dutch() {
    insta::assert_snapshot!(outlines(Language::Nl).unwrap());
}

fn linderveen(rules: &RuleSet) -> Result<Model, Diagnostics> {
    let sources = [
        ("documenten.yaml", include_str!("../../examples/linderveen/documenten.yaml")),
        ("mensen.yaml", include_str!("../../examples/linderveen/mensen.yaml")),
        ("programma.yaml", include_str!("../../examples/linderveen/programma.yaml")),
    ];
    let sources = sources.map(|(name, text)| Source::new(name, text));
    Model::load(rules.metamodel(), sources)
}

/// The explanation of a verdict on the example, in both languages.
fn explained(rule: &str, element: &str) -> Tried<String> {
    let rules = shipped()?;
    let model = linderveen(&rules)?;
    let options = Options::at("2026-06-01".parse()?);
    let explanation = rules.explain(&model, &options, rule, element)?;
    Ok(Language::ALL.map(|language| explanation.to_text(language, Colour::Never)).join("\n"))
}

#[test]
fn a_mandate_that_has_run_out() {
    insta::assert_snapshot!(explained("commissioner-has-mandate", "warm-wonen").unwrap());
}

#[test]
fn a_message_of_which_nobody_knows_when_it_was_sent() {
    insta::assert_snapshot!(explained("commissioner-carries-the-flag", "warm-wonen").unwrap());
}

#[test]
fn a_role_that_answers_to_the_commissioner_through_others() {
    insta::assert_snapshot!(
        explained("organisation-under-commissioner", "verandermanager-wonen").unwrap()
    );
}

#[test]
fn an_accepted_deviation() {
    insta::assert_snapshot!(
        explained("resources-for-delivery-and-embedding", "warm-wonen").unwrap()
    );
}

#[test]
fn a_decision_to_which_the_rule_does_not_apply() {
    insta::assert_snapshot!(explained("decisions-well-founded", "mt-dag-opgaven").unwrap());
}

#[test]
fn explanations_agree_with_verdicts() {
    let rules = shipped().unwrap();
    let model = linderveen(&rules).unwrap();
    let options = Options::at("2026-06-01".parse().unwrap());
    let answers = rules.answers(&model, &options);
    assert!(answers.len() > 100);
    for answer in answers {
        let element = answer.element.as_deref().unwrap_or("model");
        let explanation = rules.explain(&model, &options, &answer.rule, element).unwrap();
        assert_eq!(explanation.verdict, answer.verdict, "{} {element}", answer.rule);
        let Some(require) = explanation.require else { continue };
        let expected = match answer.verdict {
            Verdict::Pass => PartValue::True,
            Verdict::Fail => PartValue::False,
            _ => continue,
        };
        assert_eq!(require.value, Some(expected), "{} {element}", answer.rule);
    }
}

/// A made-up pack.
fn made_up(rules: &str) -> Result<RuleSet, Diagnostics> {
    let text = format!(
        "spelregel: 1\npack: ours\nversion: 1.0.0\ntitle: {{en: Ours, nl: Ons}}\n\
         paths: {{Goal.upward: refines+}}\n{rules}"
    );
    let pack = Pack::load(Source::new("ours.yaml", text))?;
    RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())
}

fn loads(rules: &str) -> bool {
    made_up(rules).is_ok()
}

/// A rule of a made-up pack, tried on one model.
fn explain(rules: &str, rule: &str, element: &str) -> Tried<Explanation> {
    let rules = made_up(rules)?;
    let model = "goals:\n  - {id: low, refines: [middle]}\n  - {id: middle, refines: [high]}\n  \
                 - {id: high, level: ambition, refines: [low]}\n  - {id: gone, state: cancelled}\n\
                 persons: [{id: ann}]\n";
    let model = Model::load(rules.metamodel(), [Source::new("m.yaml", model)])?;
    Ok(rules.explain(&model, &Options::at("2026-06-01".parse()?), rule, element)?)
}

fn rule(id: &str, each: &str, require: &str) -> String {
    format!(
        "  - {{id: {id}, title: {{en: T, nl: T}}, each: {each}, severity: error, \
         message: {{en: M, nl: M}}, require: '{require}'}}\n"
    )
}

#[test]
fn the_path_walked_is_told() {
    let rules = format!(
        "rules:\n{}{}",
        rule("round", "Goal", "!(self in self.upward)"),
        rule("top", "Goal", "self.upward.exists(g, g.level == Level.ambition)")
    );
    let path = |part: &Part| part.path.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
    let round = explain(&rules, "round", "low").unwrap();
    assert_eq!(round.verdict, Verdict::Fail);
    assert_eq!(path(&round.require.unwrap()), ["low", "middle", "high", "low"]);
    let top = explain(&rules, "top", "low").unwrap().require.unwrap();
    assert_eq!(top.kind, PartKind::Some);
    assert_eq!(top.source, "self.upward.exists(g, g.level == Level.ambition)");
    let found = top.parts.first().unwrap();
    assert_eq!(path(found), ["low", "middle", "high"]);
    assert_eq!(top.witnesses, [found.element.clone().unwrap()]);
}

#[test]
fn an_error_is_told_where_it_happened() {
    let rules =
        format!("rules:\n{}", rule("div", "Goal", "1 / self.refines.filter(g, false).size() > 0"));
    let explanation = explain(&rules, "div", "low").unwrap();
    assert_eq!(explanation.verdict, Verdict::Error);
    let text = explanation.to_text(Language::Nl, Colour::Never);
    assert!(text.contains("deling door nul"), "{text}");
}

#[test]
fn what_cannot_be_explained() {
    let rules = format!(
        "rules:\n{}{}",
        rule("named", "Goal", "has(self.name)"),
        rule("any", "Model", "model.goals.size() >= 1")
    );
    let problem =
        |rule: &str, element: &str| explain(&rules, rule, element).unwrap_err().to_string();
    let problems = [
        problem("naemd", "low"),
        problem("named", "midle"),
        problem("named", "ann"),
        problem("named", "gone"),
        problem("any", "low"),
    ];
    insta::assert_snapshot!(problems.join("\n"));
    assert_eq!(explain(&rules, "any", "model").unwrap().verdict, Verdict::Pass);
}

#[test]
fn an_explanation_as_json() {
    let rules = format!("rules:\n{}", rule("level", "Goal", "self.level == Level.ambition"));
    insta::assert_snapshot!(explain(&rules, "level", "low").unwrap().to_json());
}

/// Deep conditions that load, on a thread with a stack of 1 MiB.
#[test]
fn depth_is_no_danger() {
    let nested = |levels: usize| {
        let mut text = "g0.level == Level.ambition".to_owned();
        for level in 0..levels {
            let outer =
                if level + 1 == levels { "self".to_owned() } else { format!("g{}", level + 1) };
            text = format!("{outer}.refines.exists(g{level}, {text})");
        }
        format!("rules:\n{}", rule("deep", "Goal", &text))
    };
    let defined = |levels: usize| {
        let mut text = "define:\n  Goal.d0: self.level == Level.ambition\n".to_owned();
        for level in 0..levels {
            let body = format!("self.refines.exists(g, g.d{level}) || !self.d{level}");
            writeln!(text, "  Goal.d{}: \"{body}\"", level + 1).unwrap();
        }
        format!("{text}rules:\n{}", rule("deep", "Goal", &format!("self.d{levels}")))
    };
    let negated = |levels: usize| {
        let text =
            format!("{}self.level == Level.ambition{}", "!(".repeat(levels), ")".repeat(levels));
        format!("rules:\n{}", rule("deep", "Goal", &text))
    };
    let run = move || {
        let makers: [&dyn Fn(usize) -> String; 3] = [&nested, &defined, &negated];
        for make in makers {
            let deepest = (1..=100).rev().find(|levels| loads(&make(*levels))).unwrap();
            assert!(deepest > 10, "{deepest}");
            let explanation = explain(&make(deepest), "deep", "low").unwrap();
            assert!(!explanation.to_text(Language::Nl, Colour::Never).is_empty());
            assert!(!explanation.to_json().is_empty());
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).unwrap().join().unwrap();
}
