use super::{Counts, excess, steps};
use crate::metamodel::{KindIdx, Metamodel, PropertyType};
use crate::{
    Evaluated, Expression, Language, Limits, Model, Options, Pack, RuleSet, Settings, Source,
    Verdict,
};

/// A model of so many elements of all kinds, each linked in every way that its kind allows. There are few
/// programmes and bodies, so that much belongs to each.
fn model(metamodel: &Metamodel, elements: usize) -> Model {
    let v = &metamodel.0;
    let count = |kind: KindIdx| match v.kinds[kind].name.as_str() {
        "Programme" | "Body" => elements / 500,
        _ => elements / v.kinds.len(),
    };
    let id = |kind: KindIdx, number: usize| {
        format!("{}-{}", v.kinds[kind].section, number % count(kind).max(1))
    };
    let mut text = String::from("{\"spelregel\": 1");
    for kind in v.kinds.indices() {
        let rows = (0..count(kind)).map(|number| {
            let mut row = format!("{{\"id\": \"{}\", \"name\": \"n\"", id(kind, number));
            for property in &v.kinds[kind].properties {
                let declared = &v.properties[*property];
                if let PropertyType::Enum(enumeration) = declared.kind
                    && Some(enumeration) != v.state
                {
                    let values = &v.enumerations[enumeration].values;
                    let value = &values[number % values.len()].name;
                    row.push_str(&format!(", \"{}\": \"{value}\"", declared.name));
                }
            }
            for (relation, declared) in v.relations.enumerate() {
                let targets: Vec<KindIdx> = v.targets(relation, false, kind).iter().collect();
                if let Some(target) = targets.get(number % targets.len().max(1)) {
                    let target = id(*target, number / targets.len() + 1);
                    row.push_str(&format!(", \"{}\": [\"{target}\"]", declared.name));
                }
            }
            row + "}"
        });
        let rows = rows.collect::<Vec<_>>().join(",\n");
        text.push_str(&format!(",\n\"{}\": [{rows}]", v.kinds[kind].section));
    }
    text.push('}');
    Model::load(metamodel, [Source::new("m.json", text)]).unwrap()
}

fn shipped() -> RuleSet {
    let packs: Vec<Pack> =
        Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<_, _>>().unwrap();
    RuleSet::compile(&Metamodel::standard(), packs, &Settings::default()).unwrap()
}

/// A rule that is asked of every person, after one that costs nothing.
fn rule(require: &str) -> RuleSet {
    let text = format!(
        "pack: p\nversion: 1.0.0\ntitle: {{en: P}}\ndefine:\n  \
         Person.same_name: model.persons.filter(p, p.name == self.name)\n  \
         \"Person.near(n: int)\": self.same_name.filter(p, p.same_name.size() >= n)\nrules:\n  \
         - id: cheap\n    title: {{en: C}}\n    each: Person\n    severity: error\n    \
         require: has(self.name)\n    message: {{en: M}}\n  \
         - id: r\n    title: {{en: R}}\n    each: Person\n    severity: error\n    \
         require: {}\n    message: {{en: M}}\n",
        serde_json::Value::from(require)
    );
    let pack = Pack::load(Source::new("p.yaml", text)).unwrap();
    RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default()).unwrap()
}

fn persons(count: usize) -> Model {
    let rows: Vec<String> =
        (0..count).map(|number| format!("{{\"id\": \"p{number}\", \"name\": \"n\"}}")).collect();
    let text = format!("{{\"persons\": [{}]}}", rows.join(","));
    Model::load(&Metamodel::standard(), [Source::new("m.json", text)]).unwrap()
}

/// Rules that would take ages, and the part that makes them so.
const HOSTILE: &[(&str, &str)] = &[
    (
        "model.persons.all(a, model.persons.all(b, model.persons.all(c, model.persons.all(d, a.id != d.id))))",
        "model.persons.all(c, model.persons.all(d, a.id != d.id))",
    ),
    (
        "has(self.name) && model.persons.map(a, model.persons.map(b, a.name + b.name)).flatten().distinct().size() > 3",
        "model.persons.map(a, model.persons.map(b, a.name + b.name))",
    ),
    (
        "cel.bind(a, model.persons.name.join(), cel.bind(b, a.replace('', a), b.replace('', b))) == ''",
        "a.replace('', a)",
    ),
    (
        "cel.bind(a, model.persons + model.persons, cel.bind(b, a + a, b.all(x, b.all(y, b.exists(z, z == x)))))",
        "b.all(y, b.exists(z, z == x))",
    ),
    ("self.near(1).near(2).near(3).near(4).size() > 3", "self.near(1)"),
];

#[test]
fn hostile_rules_are_refused_at_once_and_the_rest_is_judged() {
    let model = persons(10_000);
    for (require, part) in HOSTILE {
        let rules = rule(require);
        let answers = rules.answers(&model, &Options::at("2026-06-01".parse().unwrap()));
        let count = |verdict| answers.iter().filter(|answer| answer.verdict == verdict).count();
        assert_eq!((count(Verdict::Pass), count(Verdict::Error)), (10_000, 10_000), "{require}");
        let dear = rules.typed().rules.last().unwrap();
        let excess = excess(&Counts::new(&model), rules.typed(), dear).unwrap();
        assert_eq!(excess.part, *part);
    }
}

#[test]
fn the_report_says_what_costs_too_much() {
    let rules =
        rule("model.persons.all(a, model.persons.all(b, a.id != b.id || a.name == b.name))");
    let report = rules.check(&persons(2_000), &Options::at("2026-06-01".parse().unwrap()));
    let finding = report.findings.first().unwrap();
    let error = finding.error.as_ref().unwrap();
    assert_eq!(
        error.get(Language::En),
        "the rule would take about 96012004000 steps on this model, and at most 20000000000 are allowed: \
         `model.persons.all(a, model.persons.all(b, a.id != b.id || a.…` makes it so costly"
    );
    assert!(
        error
            .get(Language::Nl)
            .starts_with("de regel zou op dit model ongeveer 96012004000 stappen")
    );
}

#[test]
fn an_expression_is_refused_likewise() {
    let metamodel = Metamodel::standard();
    let text =
        "model.persons.all(a, model.persons.all(b, model.persons.all(c, a.id + b.id != c.id)))";
    let expression = Expression::compile(&metamodel, text, &[]).unwrap();
    let at = "2026-06-01".parse().unwrap();
    let Evaluated::Error(error) = expression.evaluate(&persons(10_000), at) else {
        panic!("it was evaluated")
    };
    assert!(error.contains("at most 20000000000 are allowed"), "{error}");
    assert_eq!(expression.evaluate(&persons(10), at).to_string(), "true");
}

#[test]
fn definitions_that_are_called_over_and_over_are_refused() {
    let mut text = String::from("pack: p\nversion: 1.0.0\ntitle: {en: P}\ndefine:\n");
    text.push_str("  \"Person.d0(n: list<int>)\": n.size() > 3\n");
    for level in 1..=18 {
        let below = level - 1;
        text.push_str(&format!(
            "  \"Person.d{level}(n: list<int>)\": self.d{below}(n) || self.d{below}(n + n + [1])\n"
        ));
    }
    text.push_str("rules:\n  - {id: r, title: {en: R}, each: Person, severity: error, message: {en: M}, require: 'self.d18([1])'}\n");
    let pack = Pack::load(Source::new("p.yaml", text)).unwrap();
    // Fewer levels than are needed to reach the default limit fit into each other.
    let limits = Limits { rule_cost: 1_000_000, ..Limits::default() };
    let rules =
        RuleSet::compile_with(&Metamodel::standard(), [pack], &Settings::default(), &limits)
            .unwrap();
    let answers = rules.answers(&persons(1), &Options::at("2026-06-01".parse().unwrap()));
    assert_eq!(answers.first().unwrap().verdict, Verdict::Error);
}

#[test]
fn more_of_anything_never_makes_a_rule_cheaper() {
    let rules = shipped();
    let smaller = costs(&rules, &model(rules.metamodel(), 2_000));
    let larger = costs(&rules, &model(rules.metamodel(), 5_000));
    for ((rule, less), (_, more)) in smaller.iter().zip(&larger) {
        assert!(less <= more, "{rule}: {less}, then {more}");
    }
}

#[test]
fn the_limit_is_an_option() {
    let text = "pack: p\nversion: 1.0.0\ntitle: {en: P}\nrules:\n  - {id: r, title: {en: R}, each: Person, \
                severity: error, message: {en: M}, require: has(self.name)}\n";
    let verdict = |rule_cost| {
        let pack = Pack::load(Source::new("p.yaml", text)).unwrap();
        let limits = Limits { rule_cost, ..Limits::default() };
        let settings = Settings::default();
        let rules =
            RuleSet::compile_with(&Metamodel::standard(), [pack], &settings, &limits).unwrap();
        let options = Options::at("2026-06-01".parse().unwrap());
        rules.answers(&persons(3), &options).first().map(|answer| answer.verdict)
    };
    // Each of three persons: the question, the property and the person.
    assert_eq!(verdict(30), Some(Verdict::Pass));
    assert_eq!(verdict(5), Some(Verdict::Error));
}

fn costs(rules: &RuleSet, model: &Model) -> Vec<(String, u64)> {
    let counts = Counts::new(model);
    let typed = rules.typed();
    typed.rules.iter().map(|rule| (rule.full_id.clone(), steps(&counts, typed, rule))).collect()
}

#[test]
fn shipped_rules_may_be_asked_of_large_models() {
    let rules = shipped();
    let model = model(rules.metamodel(), 115_000);
    assert!(model.element_count() > 100_000, "{}", model.element_count());
    let costs = costs(&rules, &model);
    // With room for models that are less even. Nobody can say beforehand how deep units lie in one another, and
    // one rule asks for each unit whether anybody who leads its change works above or below it.
    let limit = rules.typed().rule_cost;
    let dear: Vec<&(String, u64)> = costs.iter().filter(|(_, cost)| *cost > limit / 5).collect();
    let [(dearest, most)] = dear.as_slice() else { panic!("{dear:?}") };
    assert_eq!(dearest, "msp/change-lead-for-every-affected-unit");
    assert!(*most < limit, "{most}");
    let together = rules.typed().rules.iter().filter(|rule| rule.together).count();
    assert!(together > 70, "{together} of {}", rules.typed().rules.len());
}
