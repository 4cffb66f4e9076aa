//! The shipped packs held against verdicts that were worked out apart from this implementation.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use spelregel::{Edit, Limits, Metamodel, Model, Options, Pack, RuleSet, Settings, Source};
use spelregel_tests::catalogue::{self, Example, Programme, Variant, Verdicts};
use spelregel_tests::live::Watched;

/// The shipped rules, and the bare ids of those that the data knows and that are shipped.
struct Shipped {
    metamodel: Metamodel,
    rules: RuleSet,
    known: BTreeSet<String>,
}

fn shipped() -> Result<Shipped> {
    let metamodel = Metamodel::standard();
    let packs = Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<Vec<_>, _>>()?;
    let rules = RuleSet::compile(&metamodel, packs, &Settings::default())?;
    let ids: BTreeSet<&str> = Pack::shipped_ids().collect();
    let examples = Example::all()?.into_iter();
    let known =
        examples.filter(|e| ids.contains(e.pack.as_str())).map(|example| example.rule).collect();
    Ok(Shipped { metamodel, rules, known })
}

impl Shipped {
    fn verdicts(
        &self,
        document: &serde_json::Value,
        date: &str,
        gate: Option<&str>,
    ) -> Result<Verdicts> {
        let mut all = catalogue::verdicts(&self.rules, &self.metamodel, document, date, gate)?;
        all.retain(|(rule, _), _| self.known.contains(rule));
        Ok(all)
    }

    fn knows(&self, rule: &str) -> bool {
        self.known.contains(rule)
    }
}

fn report(what: &str, compared: usize, wrong: &[String]) -> Result<()> {
    writeln!(std::io::stdout(), "{what}: {compared} verdicts compared, {} differ", wrong.len())?;
    assert!(wrong.is_empty(), "{} verdicts differ:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[test]
fn the_catalogue_is_shipped_whole() -> Result<()> {
    let shipped = shipped()?;
    let examples = Example::all()?.into_iter();
    let catalogue: BTreeSet<String> = examples.map(|e| format!("{}/{}", e.pack, e.rule)).collect();
    let rules = shipped.rules.rules().map(|rule| rule.full_id().to_owned());
    assert_eq!(rules.collect::<BTreeSet<_>>(), catalogue);
    assert_eq!(catalogue.len(), 90);
    Ok(())
}

#[test]
fn mini_examples() -> Result<()> {
    let shipped = shipped()?;
    let (mut compared, mut wrong) = (0, Vec::new());
    for example in Example::all()?.iter().filter(|e| shipped.knows(&e.rule)) {
        let gate = example.gate.as_deref();
        let mut found = shipped.verdicts(&example.model, &example.date, gate)?;
        found.retain(|(rule, _), _| *rule == example.rule);
        let expected: Verdicts = example
            .expect
            .iter()
            .map(|(element, verdict)| ((example.rule.clone(), element.clone()), verdict.clone()))
            .collect();
        compared += expected.len();
        wrong.extend(catalogue::differences(&example.case, &expected, &found));
    }
    report("mini examples", compared, &wrong)
}

#[test]
fn whole_programmes() -> Result<()> {
    let shipped = shipped()?;
    let (mut compared, mut wrong) = (0, Vec::new());
    for name in ["programme-in-delivery", "programme-at-closure"] {
        let programme = Programme::named(name)?;
        let expected = programme.expected(|rule| shipped.knows(rule));
        let found = shipped.verdicts(&programme.model, &programme.date, None)?;
        compared += expected.len();
        wrong.extend(catalogue::differences(name, &expected, &found));
    }
    report("whole programmes", compared, &wrong)
}

#[test]
fn variants() -> Result<()> {
    let shipped = shipped()?;
    let mut bases: BTreeMap<String, (Programme, Verdicts)> = BTreeMap::new();
    let (mut compared, mut wrong) = (0, Vec::new());
    for variant in Variant::all()? {
        if !bases.contains_key(&variant.base) {
            let programme = Programme::named(&variant.base)?;
            let expected = programme.expected(|rule| shipped.knows(rule));
            bases.insert(variant.base.clone(), (programme, expected));
        }
        let (programme, base) = &bases[&variant.base];
        let mut document = programme.model.clone();
        for edit in &variant.edits {
            catalogue::apply(&mut document, edit)?;
        }
        let expected = variant.expected(base, |rule| shipped.knows(rule))?;
        let found = shipped.verdicts(&document, &programme.date, variant.gate.as_deref())?;
        compared += expected.len();
        wrong.extend(catalogue::differences(&variant.title(), &expected, &found));
    }
    report("variants", compared, &wrong)
}

/// The same variants as edits of the programmes: what a session tells is what a check of the changed document finds.
#[test]
fn variants_by_session() -> Result<()> {
    let shipped = shipped()?;
    let mut bases: BTreeMap<String, Programme> = BTreeMap::new();
    let mut edits = 0;
    for variant in Variant::all()? {
        if !bases.contains_key(&variant.base) {
            bases.insert(variant.base.clone(), Programme::named(&variant.base)?);
        }
        let programme = &bases[&variant.base];
        let load = |document: &serde_json::Value| {
            Model::load(&shipped.metamodel, [Source::new("model.json", document.to_string())])
        };
        let mut options = Options::at(programme.date.parse()?);
        options.gate.clone_from(&variant.gate);
        let model = load(&programme.model)?;
        let mut live = Watched::new(shipped.rules.clone(), model, options, Limits::default());
        let mut document = programme.model.clone();
        for edit in &variant.edits {
            catalogue::apply(&mut document, edit)?;
            live.apply([match edit {
                catalogue::Edit::Unlink { from, relation, to } => Edit::unlink(from, relation, to),
                catalogue::Edit::Remove(id) => Edit::remove(id),
            }])?;
            edits += 1;
        }
        live.check()?;
        let changed = load(&document)?;
        assert_eq!(live.session.model().to_json(), changed.to_json(), "{}", variant.title());
    }
    writeln!(std::io::stdout(), "variants by session: {edits} edits")?;
    assert!(edits >= 600, "only {edits} edits");
    Ok(())
}
