//! The examples of the shipped rules held against rules that mean something else: conditions, names and
//! definitions are changed mechanically, and some example has to notice.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use spelregel::{Metamodel, Pack, RuleSet, Settings, Source};
use spelregel_tests::nesting::{Named, depth};
use spelregel_tests::parts::{PackParts, RuleParts};
use spelregel_tests::tokens::tokens;
use spelregel_tests::twist::{Twist, twists};

/// Changes that were made, and those that an example noticed.
#[derive(Default)]
struct Tally {
    made: usize,
    noticed: usize,
    missed: Vec<String>,
}

impl Tally {
    fn add(&mut self, place: &str, twist: Twist, text: &str, noticed: bool) {
        self.made += 1;
        if noticed {
            self.noticed += 1;
        } else {
            self.missed.push(format!("{place} {twist:?}: {text}"));
        }
    }
}

/// Whether an example of the packs comes out otherwise than written; `None` where they don't check.
fn notices(texts: &[String], used: &[Pack]) -> Option<bool> {
    let mut packs = used.to_vec();
    for text in texts {
        packs.push(Pack::load(Source::new("pack.json", text.as_str())).ok()?);
    }
    let rules = RuleSet::compile(&Metamodel::standard(), packs, &Settings::default()).ok()?;
    Some(rules.run_examples().iter().any(|result| !result.is_as_expected()))
}

/// The name of a definition, without kind and arguments.
fn bare(name: &str) -> &str {
    let name = name.split('(').next().unwrap_or(name);
    name.split('.').next_back().unwrap_or(name)
}

fn names(text: &str) -> BTreeSet<&str> {
    tokens(text).into_iter().filter(|token| token.is_name()).map(|token| token.text).collect()
}

/// The names that a rule uses, through what they stand for.
fn used_by<'t>(rule: &'t RuleParts, defined: &[(&'t str, &'t str)]) -> BTreeSet<&'t str> {
    let mut used: BTreeSet<&str> = rule.expressions().flat_map(|(_, text)| names(text)).collect();
    loop {
        let before = used.len();
        for (name, text) in defined {
            if used.contains(bare(name)) {
                used.extend(names(text));
            }
        }
        if used.len() == before {
            return used;
        }
    }
}

fn shipped() -> Result<Vec<(&'static str, PackParts)>> {
    Pack::shipped_ids().map(|id| Ok((id, PackParts::shipped(id)?))).collect()
}

#[test]
fn examples_notice_when_a_rule_means_something_else() -> Result<()> {
    let packs = shipped()?;
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for (id, pack) in &packs {
        let tally = tallies.entry(id).or_default();
        let used: Vec<Pack> = pack.uses().map(Pack::load_shipped).collect::<Result<_, _>>()?;
        for rule in &pack.rules {
            for (place, text) in rule.expressions() {
                for (twist, twisted) in twists(text) {
                    let changed = pack.print(&[rule.with(place, &twisted)])?;
                    if let Some(noticed) = notices(&[changed], &used) {
                        tally.add(rule.id(), twist, &twisted, noticed);
                    }
                }
            }
        }
        for (name, text) in pack.definitions() {
            for (twist, twisted) in twists(text) {
                let changed = pack.with_definition(name, &twisted);
                if let Some(noticed) = notices_definition(&packs, id, &changed, name)? {
                    tally.add(name, twist, &twisted, noticed);
                }
            }
        }
    }
    let mut out = std::io::stdout().lock();
    let (mut made, mut noticed, mut missed) = (0, 0, Vec::new());
    for (id, tally) in &tallies {
        writeln!(out, "{id}: {} changes, {} noticed", tally.made, tally.noticed)?;
        made += tally.made;
        noticed += tally.noticed;
        missed.extend(tally.missed.iter().map(|missed| format!("{id} {missed}")));
    }
    writeln!(out, "all packs: {made} changes, {noticed} noticed; not:\n{}", missed.join("\n"))?;
    assert!(made > 1_500, "only {made} changes");
    assert!(noticed * 100 >= made * 90, "{noticed} of {made} noticed");
    Ok(())
}

/// Whether an example of a rule that uses the definition, in any pack, notices that it was changed.
fn notices_definition(
    packs: &[(&str, PackParts)],
    id: &str,
    changed: &PackParts,
    name: &str,
) -> Result<Option<bool>> {
    let mut checks = None;
    for (other, pack) in packs {
        if *other != id && !pack.uses().any(|used| used == id) {
            continue;
        }
        let defined: Vec<_> = packs.iter().flat_map(|(_, pack)| pack.definitions()).collect();
        let rules = pack.rules.iter().filter(|rule| used_by(rule, &defined).contains(bare(name)));
        let rules: Vec<RuleParts> = rules.cloned().collect();
        if rules.is_empty() {
            continue;
        }
        let used = pack.uses().filter(|used| *used != id).map(Pack::load_shipped);
        let used: Vec<Pack> = used.collect::<Result<_, _>>()?;
        let texts = if *other == id {
            vec![changed.print(&rules)?]
        } else {
            vec![changed.print(&[])?, pack.print(&rules)?]
        };
        match notices(&texts, &used) {
            Some(true) => return Ok(Some(true)),
            Some(false) => checks = Some(false),
            None => {}
        }
    }
    Ok(checks)
}

#[test]
fn many_rules_ask_something_of_each_of_each() -> Result<()> {
    let packs = shipped()?;
    let (mut deep, mut all) = (0, 0);
    let mut out = std::io::stdout().lock();
    for (id, pack) in &packs {
        let mut deep_here = 0;
        for rule in &pack.rules {
            let mut named = Named::new();
            for (name, text) in packs.iter().flat_map(|(_, pack)| pack.definitions()) {
                named.entry(bare(name)).or_default().push(text);
            }
            for (name, text) in rule.lets() {
                named.insert(name, vec![text]);
            }
            let deepest = rule.expressions().map(|(_, text)| depth(text, &named)).max();
            deep_here += usize::from(deepest >= Some(2));
        }
        writeln!(out, "{id}: {deep_here} of {} rules two deep or more", pack.rules.len())?;
        deep += deep_here;
        all += pack.rules.len();
    }
    writeln!(out, "all packs: {deep} of {all}")?;
    assert!(deep * 5 >= all, "{deep} of {all}");
    Ok(())
}
