//! What rule sets tell of packs that check out.

use spelregel::{Diagnostics, Level, Metamodel, Pack, RuleSet, Settings, Source};

type Result = std::result::Result<(), Box<dyn std::error::Error>>;

/// The lines of a pack that come before its rules, and those of its one rule.
fn pack(id: &str, top: &str, rule: &str) -> std::result::Result<Pack, Diagnostics> {
    let text = format!(
        "pack: {id}\nversion: 1.0.0\ntitle: {{en: P}}\n{top}\nrules:\n  - id: {id}-rule\n    \
         title: {{en: R}}\n    each: Programme\n    severity: error\n{rule}\n"
    );
    Pack::load(Source::new(format!("{id}.yaml"), text))
}

/// Code and marked text of every warning, in the order in which they are told.
fn warnings(packs: Vec<Pack>) -> std::result::Result<Vec<String>, Diagnostics> {
    let rules = RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())?;
    let told = rules.warnings().into_iter().flatten().map(|warning| {
        assert_eq!(warning.level, Level::Warning);
        let marked = warning.labels.first().and_then(|label| {
            let start = usize::try_from(label.span.start).ok()?;
            let end = usize::try_from(label.span.end).ok()?;
            label.source.text().get(start..end)
        });
        format!("{} {}: {}", warning.code.as_str(), marked.unwrap_or("nowhere"), warning.message)
    });
    Ok(told.collect())
}

fn of_rule(rule: &str) -> std::result::Result<Vec<String>, Diagnostics> {
    let with_message = format!("{rule}\n    message: {{en: M}}");
    warnings(vec![pack("p", "", &with_message)?])
}

#[test]
fn shipped_packs_have_none() -> Result {
    let packs = Pack::shipped_ids().filter_map(Pack::shipped);
    let packs = packs.collect::<std::result::Result<Vec<_>, _>>()?;
    assert_eq!(warnings(packs)?, Vec::<String>::new());
    for id in Pack::shipped_ids() {
        let alone = vec![Pack::load_shipped(id)?];
        assert_eq!(warnings(alone)?, Vec::<String>::new(), "{id}");
    }
    Ok(())
}

const TOP: &str = "
parameters:
  used: {type: int, default: 1}
  idle: {type: int, default: 1}
define:
  Goal.named: has(self.name)
  Goal.by_idle: self.idle_too
  Goal.idle_too: has(self.name)
  Goal.by_path: has(self.name)
  Goal.in_message: has(self.name)
paths:
  Programme.goals: pursues/Goal_up[by_path]
  Programme.idle_path: pursues
  Goal.Goal_up: refines*";

const RULE: &str = "    let: {a: self.goals, b: a.size(), d: '1', c: d}
    require: self.goals.all(g, g.named) && b >= used
    message: {en: '{self.goals.filter(g, g.in_message)}'}";

#[test]
fn what_no_rule_uses() -> Result {
    let found = warnings(vec![pack("p", TOP, RULE)?])?;
    assert_eq!(
        found,
        [
            "unused-definition idle: parameter `idle` is used by no rule",
            "unused-definition by_idle: definition `Goal.by_idle` is used by no rule",
            "unused-definition idle_too: definition `Goal.idle_too` is used by no rule",
            "unused-definition idle_path: path `Programme.idle_path` is used by no rule",
            "unused-definition d: `d` is used by nothing in this rule",
            "unused-definition c: `c` is used by nothing in this rule",
        ]
    );
    Ok(())
}

#[test]
fn what_a_pack_holds_for_others_is_not_told() -> Result {
    let rule = "    require: has(self.name)\n    message: {en: M}";
    let library = pack("p", "define: {Goal.idle: has(self.name)}", rule)?;
    let user = pack("q", "uses: [p]", rule)?;
    assert_eq!(warnings(vec![library.clone()])?.len(), 1);
    assert_eq!(warnings(vec![library, user])?, Vec::<String>::new());
    let text = "pack: l\nversion: 1.0.0\ntitle: {en: L}\ndefine: {Goal.idle: has(self.name)}\n";
    assert_eq!(warnings(vec![Pack::load(Source::new("l.yaml", text))?])?, Vec::<String>::new());
    Ok(())
}

#[test]
fn rules_that_are_off_use_what_they_name() -> Result {
    let rule = "    require: self.is_named\n    message: {en: M}";
    let pack = pack("p", "define: {Programme.is_named: has(self.name)}", rule)?;
    let settings = Settings::load(Source::new("s.yaml", "settings: {severity: {p-rule: off}}"))?;
    let rules = RuleSet::compile(&Metamodel::standard(), [pack], &settings)?;
    assert_eq!(rules.rules().count(), 0);
    assert_eq!(rules.warnings(), None);
    Ok(())
}

#[test]
fn conditions_that_are_always_the_same() -> Result {
    let nothing = Vec::<String>::new();
    assert_eq!(
        of_rule("    require: 'has(self.name) || (1 + 1 == 2 ? true : false)'")?,
        [
            "constant-condition 1 + 1 == 2 ? true : false: this condition reads nothing, so it is always the same"
        ]
    );
    assert_eq!(
        of_rule("    when: true\n    require: has(self.name)")?,
        ["constant-condition true: this condition is always true"]
    );
    assert_eq!(
        of_rule("    require: self.pursues.exists(g, has(g.name) && [1, 2].all(x, x > 0))")?,
        [
            "constant-condition [1, 2].all(x, x > 0): this condition reads nothing, so it is always the same"
        ]
    );
    // What depends on the model, on a date or on what is asked may change.
    assert_eq!(of_rule("    require: today > date('2026-01-01') || gate.hasValue()")?, nothing);
    assert_eq!(of_rule("    require: '[1, 2].all(x, self.pursues.size() > x)'")?, nothing);
    assert_eq!(of_rule("    require: model.goals.size() > 0 && has(self.name)")?, nothing);
    Ok(())
}

#[test]
fn what_is_compared_with_itself() -> Result {
    assert_eq!(
        of_rule("    require: self.pursues.size() == (self.pursues . size())")?,
        [
            "self-comparison self.pursues.size() == (self.pursues . size()): both sides are the same: this is true whenever it is known"
        ]
    );
    assert_eq!(
        of_rule("    require: '!(self.phase < self.phase)'")?,
        [
            "self-comparison self.phase < self.phase: both sides are the same: this is false whenever it is known"
        ]
    );
    assert_eq!(
        of_rule("    require: self.pursues.all(a, self.pursues.exists(b, a == b))")?,
        Vec::<String>::new()
    );
    Ok(())
}

#[test]
fn names_that_hide_others() -> Result {
    let top = "parameters: {most: {type: int, default: 1}}\ndefine:\n  \
               \"Programme.few(n: int, most: int)\": self.pursues.filter(n, has(n.name)).size() <= most";
    let rule = "    let: {Goal: self.pursues, x: most}
    require: self.few(x, 2) && Goal.all(g, g.refines.all(g, has(g.name))) && Goal.all(x, has(x.name))
    message: {en: '{self.pursues.map(most, most.name)}'}";
    assert_eq!(
        warnings(vec![pack("p", top, rule)?])?,
        [
            "shadowed-name most: `most` hides the parameter of that name in pack `p`",
            "shadowed-name n: `n` hides the argument of that name",
            "shadowed-name Goal: `Goal` hides the kind of that name",
            "shadowed-name g: `g` hides the variable of that name around it",
            "shadowed-name x: `x` hides the `let` of that name",
            "shadowed-name most: `most` hides the parameter of that name in pack `p`",
        ]
    );
    // One after the other they hide nothing, and `of` names a kind.
    let fine = "    require: self.includes.of(Project).all(x, has(x.name)) && self.pursues.all(x, has(x.name))";
    assert_eq!(of_rule(fine)?, Vec::<String>::new());
    Ok(())
}

#[test]
fn a_path_that_grows_without_end_is_refused() {
    let mut top = String::from("paths:\n  Goal.p0: refines\n");
    for level in 1..=60 {
        let below = level - 1;
        top.push_str(&format!("  Goal.p{level}: p{below}/p{below}\n"));
    }
    let rule = "    require: self.pursues.p60.size() > 0\n    message: {en: M}";
    let problems = warnings(vec![pack("p", &top, rule).unwrap()]).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems}");
    assert_eq!(problems.iter().next().unwrap().code.as_str(), "over-limit");
}
