//! Single expressions, through the public interface.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use spelregel::{Expression, Metamodel, Model, Source};

fn compile(text: &str) -> Result<Expression, String> {
    Expression::compile(&Metamodel::standard(), text, &[("y", "int", "7")])
        .map_err(|problems| problems.iter().map(|problem| problem.message.clone()).collect())
}

fn value(text: &str) -> String {
    let source = Source::new("model.yaml", "spelregel: 1\ngoals: [{id: a}]\n");
    let model = Model::load(&Metamodel::standard(), [source]).unwrap();
    let expression = compile(text).unwrap_or_else(|problems| panic!("{text}: {problems}"));
    expression.evaluate(&model, "2026-06-01".parse().unwrap()).to_string()
}

#[test]
fn a_leading_dot_passes_over_the_variables_of_macros() {
    assert_eq!(value("[1].map(y, [y, .y])"), "[[1,7]]");
    assert_eq!(value("[1].exists(y, .y == 7) && .y == y"), "true");
    assert_eq!(value(".Phase.design < Phase.deliver"), "true");
    assert_eq!(compile("[1].all(x, .x == 1)").unwrap_err(), "there is no `x` here");
    assert!(compile("[1].all(.x, true)").unwrap_err().contains("name of a variable"));
}

#[test]
fn what_is_printed_means_the_same() {
    for text in [
        "(1 + 2) * 3 - -4",
        "!(true && false) ? 'it\\'s' : \"a\\tb\"",
        "[1, 2].filter(x, x > 1 || x == 0 || x < 0)[0]",
        "-(5) + --3",
    ] {
        let printed = compile(text).unwrap().to_string();
        assert_eq!(value(&printed), value(text), "{printed}");
        assert_eq!(compile(&printed).unwrap().to_string(), printed);
    }
}

#[test]
fn the_deepest_expressions_fit_a_small_stack() {
    let depth = 90;
    let texts = [
        format!("{}1{}", "(".repeat(depth), ")".repeat(depth)),
        format!("{}true", "!".repeat(depth)),
        vec!["1"; depth].join(" + "),
        format!("{}true", "false ? true : ".repeat(depth)),
        format!("{}true{}", "[1].all(x, ".repeat(60), ")".repeat(60)),
        vec!["model.goals.size() == 1"; 500].join(" && "),
    ];
    let run = move || texts.iter().for_each(|text| drop(value(text)));
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).unwrap().join().unwrap();
}

/// Quantifiers inside each other take the most of the stack: whatever their number, a pack of them loads
/// and compiles, or is refused, on a stack of 1 MiB.
#[test]
fn quantifiers_inside_each_other_fit_a_small_stack() {
    let compile = |levels: usize| {
        let nested = (0..levels)
            .fold("true".to_owned(), |body, level| format!("[1].exists(x{level}, {body})"));
        let text = format!(
            "pack: p\nversion: 1.0.0\ntitle: {{en: P}}\nrules:\n  - {{id: r, title: {{en: R}}, each: Goal, \
             severity: error, message: {{en: M}}, require: '{nested}'}}\n"
        );
        let pack = spelregel::Pack::load(Source::new("p.yaml", text))?;
        spelregel::RuleSet::compile(&Metamodel::standard(), [pack], &spelregel::Settings::default())
    };
    let all = move || {
        assert!(compile(80).is_ok());
        for levels in 90..140 {
            assert!(levels < 96 || compile(levels).is_err(), "{levels} levels");
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(all).unwrap().join().unwrap();
}
