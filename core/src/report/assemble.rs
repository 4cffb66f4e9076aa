//! From verdicts to a report.

use std::collections::BTreeMap;

use super::finding::{BUILT_IN, Narrator};
use super::order::{self, Place};
use super::question::{element_ref, missing_fact};
use super::{
    Count, Counts, FORMAT, Finding, Ingredient, Labels, Missing, ProgrammeNote, Readiness, Receipt,
    Report, Tally,
};
use crate::digest::sha256;
use crate::eval::deviations::flaws;
use crate::eval::reference::element_at;
use crate::eval::{Fact, Judgement, Verdict, judge};
use crate::metamodel::{EnumIdx, KindIdx, PropertyType};
use crate::model::{ElementIdx, Model};
use crate::options::Options;
use crate::pack::Severity;
use crate::plan::RuleSet;
use crate::sort::{sort_by, sort_by_key};
use crate::typing::TypedRule;
use crate::value::Value;

/// Judges the model, and tells what was found.
pub(crate) fn report(rules: &RuleSet, model: &Model, options: &Options) -> Report {
    let judgements = judgements(rules, model, options);
    let cx = Cx::new(rules, model, options);
    let shown: Vec<&Judgement> = judgements.iter().filter(|j| cx.tell.is_asked(j)).collect();
    let own = cx.deviation_findings(&judgements);
    let counts = cx.counts(&shown, &own);
    Report {
        spelregel: FORMAT,
        receipt: cx.receipt(),
        counts,
        programmes: cx.programme_notes(&judgements),
        findings: cx.findings(&shown, own),
        missing: cx.missing(&shown),
        labels: cx.labels(),
        since: None,
    }
}

/// What was found alone.
pub(crate) fn findings(rules: &RuleSet, model: &Model, options: &Options) -> Vec<Finding> {
    let judgements = judgements(rules, model, options);
    let cx = Cx::new(rules, model, options);
    let shown: Vec<&Judgement> = judgements.iter().filter(|j| cx.tell.is_asked(j)).collect();
    let own = cx.deviation_findings(&judgements);
    cx.findings(&shown, own)
}

fn judgements(rules: &RuleSet, model: &Model, options: &Options) -> Vec<Judgement> {
    let date = options.at.timestamp();
    let gate = options.gate.as_deref().and_then(|gate| rules.metamodel().gate_position(gate));
    judge(rules, model, date, gate, None)
}

struct Cx<'a> {
    tell: Narrator<'a>,
    rules: &'a RuleSet,
    model: &'a Model,
    options: &'a Options,
    /// The live elements of the kind of programmes, in model order.
    programmes: Vec<ElementIdx>,
}

impl<'a> Cx<'a> {
    fn new(rules: &'a RuleSet, model: &'a Model, options: &'a Options) -> Self {
        let kinds = rules.metamodel().0.kinds.indices().filter(|kind| has_phase(model, *kind));
        let elements = kinds.flat_map(|kind| model.elements_of(kind)).map(element_at);
        let programmes = elements.filter(|element| model.is_live(*element)).collect();
        Self { tell: Narrator::new(rules, model, options), rules, model, options, programmes }
    }

    fn rule(&self, judgement: &Judgement) -> Option<&'a TypedRule> {
        self.rules.typed().rules.get(judgement.rule)
    }

    /// The findings among the verdicts that are asked for, with those about deviations; in their order.
    fn findings(&self, shown: &[&Judgement], own: Vec<(Place, Finding)>) -> Vec<Finding> {
        let mut findings: Vec<(Place, Finding)> = shown
            .iter()
            .filter(|j| j.verdict.is_finding())
            .filter_map(|j| Some((self.tell.place(j)?, self.tell.finding(j)?)))
            .collect();
        findings.extend(own);
        sort_by(&mut findings, |(a, _), (b, _)| order::compare(a, b));
        findings.into_iter().map(|(_, finding)| finding).collect()
    }

    /// Findings of the built-in pack: deviations that don't do what they say.
    fn deviation_findings(&self, judgements: &[Judgement]) -> Vec<(Place, Finding)> {
        let found = flaws(self.rules, self.model, judgements, self.options.at.timestamp());
        found.into_iter().filter_map(|flawed| self.tell.flaw(flawed)).collect()
    }

    fn receipt(&self) -> Receipt {
        let metamodel = &self.rules.metamodel().0;
        let settings = self.rules.settings().source.text();
        Receipt {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            at: self.options.at,
            gate: self.options.gate.clone(),
            programmes: self.options.programmes.clone(),
            tags: self.options.tags.clone(),
            metamodel: Ingredient {
                id: metamodel.id.clone(),
                version: metamodel.version.clone(),
                sha256: sha256(&metamodel.canonical),
            },
            packs: self
                .rules
                .packs()
                .iter()
                .map(|pack| Ingredient {
                    id: pack.id().to_owned(),
                    version: pack.version().to_owned(),
                    sha256: pack.digest().to_owned(),
                })
                .collect(),
            settings: (!settings.is_empty()).then(|| sha256(settings)),
            model: sha256(&self.model.canonical()),
        }
    }

    /// Counts of the verdicts, those of the built-in pack among them.
    fn counts(&self, judgements: &[&Judgement], own: &[(Place, Finding)]) -> Counts {
        let rules = &self.rules.typed().rules;
        let packs = self.rules.packs();
        let mut all = Tally::default();
        let mut outside = Tally::default();
        let mut by_severity = vec![Tally::default(); Severity::ALL.len()];
        let mut by_rule = vec![Tally::default(); rules.len()];
        let mut by_pack = vec![Tally::default(); packs.len()];
        // The built-in pack counts only where it finds something: it is no part of what was asked.
        let mut by_own_rule: BTreeMap<usize, (&str, Tally)> = BTreeMap::new();
        let mut own_pack = Tally::default();
        let mut by_tag: BTreeMap<&str, Tally> = BTreeMap::new();
        let mut by_programme: BTreeMap<ElementIdx, Tally> = BTreeMap::new();
        for judgement in judgements {
            let Some(rule) = self.rule(judgement) else { continue };
            let verdict = judgement.verdict;
            let tallies = [by_rule.get_mut(judgement.rule), by_pack.get_mut(rule.pack)];
            tallies.into_iter().flatten().for_each(|tally| tally.add(verdict));
            for tag in &rule.tags {
                by_tag.entry(tag).or_default().add(verdict);
            }
        }
        for (place, finding) in own {
            let (_, tally) =
                by_own_rule.entry(place.rule).or_insert((&finding.rule, Tally::default()));
            tally.add(place.verdict);
            own_pack.add(place.verdict);
        }
        let judged = judgements.iter().filter_map(|judgement| {
            Some((judgement.verdict, self.rule(judgement)?.severity, judgement.element))
        });
        let found = own.iter().map(|(place, _)| (place.verdict, place.severity, place.element));
        for (verdict, severity, element) in judged.chain(found) {
            all.add(verdict);
            let severity = Severity::ALL.iter().position(|s| *s == severity);
            if let Some(tally) = severity.and_then(|position| by_severity.get_mut(position)) {
                tally.add(verdict);
            }
            let homes = self.tell.homes(element);
            for programme in &*homes {
                by_programme.entry(*programme).or_default().add(verdict);
            }
            if homes.is_empty() {
                outside.add(verdict);
            }
        }
        let count =
            |name: &str, verdicts: &Tally| Count { name: name.to_owned(), verdicts: *verdicts };
        let has_rules = |pack: usize| rules.iter().any(|rule| rule.pack == pack);
        Counts {
            verdicts: all,
            severities: Severity::ALL
                .iter()
                .zip(&by_severity)
                .map(|(s, t)| count(s.as_str(), t))
                .collect(),
            rules: rules
                .iter()
                .zip(&by_rule)
                .map(|(rule, t)| count(&rule.full_id, t))
                .chain(by_own_rule.values().map(|(rule, t)| count(rule, t)))
                .collect(),
            packs: packs
                .iter()
                .zip(&by_pack)
                .enumerate()
                .filter(|(position, _)| has_rules(*position))
                .map(|(_, (pack, t))| count(pack.id(), t))
                .chain((!own.is_empty()).then(|| count(BUILT_IN, &own_pack)))
                .collect(),
            tags: by_tag.iter().map(|(tag, t)| count(tag, t)).collect(),
            programmes: self
                .asked_programmes()
                .map(|p| {
                    count(self.model.id_of(p), &by_programme.get(&p).copied().unwrap_or_default())
                })
                .collect(),
            outside,
        }
    }

    fn asked_programmes(&self) -> impl Iterator<Item = ElementIdx> + '_ {
        let asked = &self.options.programmes;
        let is_asked =
            |p: &ElementIdx| asked.is_empty() || asked.iter().any(|id| id == self.model.id_of(*p));
        self.programmes.iter().copied().filter(is_asked)
    }

    /// The programmes with the gates ahead of them: what the verdicts are if the gate is asked for now.
    fn programme_notes(&self, judgements: &[Judgement]) -> Vec<ProgrammeNote> {
        let vocabulary = &self.rules.metamodel().0;
        let gates =
            vocabulary.gate.map_or(&[][..], |gate| vocabulary.enumerations[gate].values.as_slice());
        let opened: Vec<Option<u32>> = gates.iter().map(|gate| gate.opens).collect();
        let mut if_asked: BTreeMap<usize, Vec<Judgement>> = BTreeMap::new();
        let mut notes = Vec::new();
        for programme in self.asked_programmes() {
            let phase = self.phase(programme);
            let mut ahead = Vec::new();
            for (position, gate) in gates.iter().enumerate() {
                // A gate into a phase that an earlier gate opens comes again during that phase.
                let recurs = opened.iter().take(position).any(|earlier| *earlier == gate.opens);
                let is_ahead = match (gate.opens, phase) {
                    (Some(opens), Some(phase)) => phase < opens || (recurs && phase == opens),
                    _ => false,
                };
                if !is_ahead {
                    continue;
                }
                let again =
                    if_asked.entry(position).or_insert_with(|| self.judge_for_gate(position));
                ahead.push(self.readiness(programme, &gate.name, judgements, again));
            }
            let phase_name = vocabulary
                .phase
                .zip(phase)
                .map(|(phase, position)| vocabulary.enum_name(phase, position).to_owned());
            notes.push(ProgrammeNote {
                element: element_ref(self.model, programme),
                phase: phase_name,
                gates: ahead,
            });
        }
        notes
    }

    /// The verdicts of the rules that the gate brings forward.
    fn judge_for_gate(&self, gate: usize) -> Vec<Judgement> {
        let gate = u32::try_from(gate).ok();
        let rules = self.rules.typed();
        let forward = rules
            .rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.gate.is_some() && rule.gate == gate);
        forward
            .flat_map(|(position, _)| {
                judge(self.rules, self.model, self.options.at.timestamp(), gate, Some(position))
            })
            .collect()
    }

    fn readiness(
        &self,
        programme: ElementIdx,
        gate: &str,
        judgements: &[Judgement],
        again: &[Judgement],
    ) -> Readiness {
        let belongs = |j: &&Judgement| {
            let tags = &self.options.tags;
            let has_tag = |rule: &TypedRule| {
                tags.is_empty() || rule.tags.iter().any(|tag| tags.contains(tag))
            };
            self.tell.homes(j.element).contains(&programme) && self.rule(j).is_some_and(has_tag)
        };
        let key = |j: &Judgement| (j.rule, j.element);
        let brought: BTreeMap<_, &Judgement> =
            again.iter().filter(belongs).map(|j| (key(j), j)).collect();
        let mut tallies = vec![Tally::default(); Severity::ALL.len()];
        let mut findings = Vec::new();
        let mut in_the_way = Vec::new();
        for stands in judgements.iter().filter(belongs) {
            let now = brought.get(&key(stands)).copied().unwrap_or(stands);
            let severity = self.rule(now).map(|rule| rule.severity);
            let position = Severity::ALL.iter().position(|s| Some(*s) == severity);
            if let Some(tally) = position.and_then(|position| tallies.get_mut(position)) {
                tally.add(now.verdict);
            }
            if now.verdict.is_finding() && now.verdict != stands.verdict {
                findings.extend(self.tell.place(now).zip(self.tell.finding(now)));
            }
            let is_open = now.verdict.is_finding() && now.verdict != Verdict::Waived;
            if is_open && severity == Some(Severity::Error) {
                in_the_way.extend(self.tell.place(now).map(|place| (place, now)));
            }
        }
        sort_by(&mut findings, |(a, _), (b, _)| order::compare(a, b));
        sort_by(&mut in_the_way, |(a, _), (b, _)| order::compare(a, b));
        let in_the_way: Vec<&Judgement> = in_the_way.into_iter().map(|(_, now)| now).collect();
        Readiness {
            gate: gate.to_owned(),
            severities: Severity::ALL
                .iter()
                .zip(tallies)
                .map(|(s, verdicts)| Count { name: s.as_str().to_owned(), verdicts })
                .collect(),
            findings: findings.into_iter().map(|(_, finding)| finding).collect(),
            in_the_way: in_the_way.iter().filter_map(|j| self.tell.fingerprint(j)).collect(),
            missing: self.missing(&in_the_way),
        }
    }

    fn phase(&self, programme: ElementIdx) -> Option<u32> {
        let vocabulary = &self.rules.metamodel().0;
        let property = vocabulary.property_of(self.model.kind_of(programme), "phase")?;
        let recorded = self.model.property(programme, property);
        match recorded.or_else(|| vocabulary.properties[property].absent.clone()) {
            Some(Value::Enum(_, phase)) => Some(phase),
            _ => None,
        }
    }

    /// The missing facts, the most useful first.
    fn missing(&self, judgements: &[&Judgement]) -> Vec<Missing> {
        let mut uses: BTreeMap<Fact, (u64, u64)> = BTreeMap::new();
        for judgement in judgements.iter().filter(|j| j.verdict == Verdict::Unknown) {
            let settles = u64::from(judgement.facts.len() == 1);
            for fact in &judgement.facts {
                let (alone, named) = uses.entry(*fact).or_default();
                *alone += settles;
                *named += 1;
            }
        }
        let mut ranked: Vec<(Fact, (u64, u64))> = uses.into_iter().collect();
        // Stable: of equally useful ones model order decides.
        sort_by_key(&mut ranked, |(_, (settles, named))| std::cmp::Reverse((*settles, *named)));
        ranked
            .into_iter()
            .map(|(fact, (settles, named))| Missing {
                fact: missing_fact(self.model, fact),
                settles,
                named,
            })
            .collect()
    }

    fn labels(&self) -> Labels {
        let vocabulary = &self.rules.metamodel().0;
        let values = |enumeration: Option<EnumIdx>| {
            enumeration.map_or_else(BTreeMap::new, |enumeration| {
                let values = vocabulary.enumerations[enumeration].values.iter();
                values.map(|value| (value.name.clone(), value.label.clone())).collect()
            })
        };
        Labels {
            kinds: vocabulary
                .kinds
                .iter()
                .map(|kind| (kind.name.clone(), kind.label.clone()))
                .collect(),
            phases: values(vocabulary.phase),
            gates: values(vocabulary.gate),
        }
    }
}

/// Whether elements of the kind are in a phase: those are the programmes.
fn has_phase(model: &Model, kind: KindIdx) -> bool {
    let vocabulary = &model.vocabulary().0;
    vocabulary.property_of(kind, "phase").is_some_and(|property| {
        matches!(vocabulary.properties[property].kind,
            PropertyType::Enum(e) if Some(e) == vocabulary.phase)
    })
}
