//! From verdicts to a report.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fingerprint::{fingerprint, sha256};
use super::order::{self, Place};
use super::question::{element_ref, missing_fact};
use super::{
    Count, Counts, DeviationNote, FORMAT, FilePosition, Finding, Ingredient, Labels, Missing,
    ProgrammeNote, Readiness, Receipt, Report, Tally,
};
use crate::diagnostic::shown;
use crate::eval::deviations::flaws;
use crate::eval::outcome::Outcome;
use crate::eval::reference::{Evaluator, element_at};
use crate::eval::{EvalError, Fact, Judgement, Verdict, judge, steps};
use crate::metamodel::{EnumIdx, KindIdx, PropertyType};
use crate::model::{ElementIdx, Model, Origin};
use crate::options::Options;
use crate::pack::Severity;
use crate::plan::RuleSet;
use crate::text::{Language, Text};
use crate::typing::TypedRule;
use crate::value::{Date, Value};

/// Judges the model, and tells what was found.
pub(crate) fn report(rules: &RuleSet, model: &Model, options: &Options) -> Report {
    let date = options.at.timestamp();
    let gate = options.gate.as_deref().and_then(|gate| rules.metamodel().gate_position(gate));
    let judgements = judge(model, rules.typed(), date, gate, None);
    let cx = Cx::new(rules, model, options);
    let shown: Vec<&Judgement> = judgements.iter().filter(|j| cx.is_asked(j)).collect();
    let mut findings: Vec<(Place, Finding)> = shown
        .iter()
        .filter(|j| is_finding(j.verdict))
        .filter_map(|j| Some((cx.place(j)?, cx.finding(j)?)))
        .collect();
    findings.extend(cx.deviation_findings(&judgements));
    findings.sort_by(|(a, _), (b, _)| order::compare(a, b));
    Report {
        spelregel: FORMAT,
        receipt: cx.receipt(),
        counts: cx.counts(&shown),
        programmes: cx.programme_notes(&judgements),
        findings: findings.into_iter().map(|(_, finding)| finding).collect(),
        missing: cx.missing(&shown),
        labels: cx.labels(),
    }
}

fn is_finding(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Pass | Verdict::NotApplicable)
}

struct Cx<'a> {
    rules: &'a RuleSet,
    model: &'a Model,
    options: &'a Options,
    /// The live elements of the kind of programmes, in model order.
    programmes: Vec<ElementIdx>,
    /// The programmes that each element belongs to for certain, in model order.
    homes: BTreeMap<ElementIdx, Vec<ElementIdx>>,
    /// What findings of one rule share.
    shared: Vec<Shared>,
}

/// A rule's texts, shared by its findings.
struct Shared {
    title: Arc<Text>,
    why: Arc<Text>,
    remedy: Arc<Text>,
    source: Option<Arc<str>>,
}

impl<'a> Cx<'a> {
    fn new(rules: &'a RuleSet, model: &'a Model, options: &'a Options) -> Self {
        let typed = rules.typed();
        let evaluator = Evaluator::new(model, typed, options.at.timestamp(), None);
        let vocabulary = &rules.metamodel().0;
        let mut homes = BTreeMap::new();
        let mut programmes = Vec::new();
        for (kind, declared) in vocabulary.kinds.enumerate() {
            let is_programme = has_phase(model, kind);
            for element in model.elements_of(kind).map(element_at) {
                if is_programme && model.is_live(element) {
                    programmes.push(element);
                }
                if declared.programmes.is_none() {
                    continue;
                }
                if let Outcome::List(list) = evaluator.programmes(element) {
                    let certain = list.items.iter().filter(|item| item.doubt.is_none());
                    let of = certain.filter_map(|item| match &item.value {
                        Outcome::Value(Value::Element(programme)) => Some(*programme),
                        _ => None,
                    });
                    homes.insert(element, of.collect());
                }
            }
        }
        let text = |text: &Text| Arc::new(text.clone());
        let shared = typed
            .rules
            .iter()
            .map(|rule| Shared {
                title: text(&rule.title),
                why: text(&rule.why),
                remedy: text(&rule.remedy),
                source: rule.source.as_deref().map(Arc::from),
            })
            .collect();
        Self { rules, model, options, programmes, homes, shared }
    }

    fn rule(&self, judgement: &Judgement) -> Option<&'a TypedRule> {
        self.rules.typed().rules.get(judgement.rule)
    }

    fn homes(&self, element: Option<ElementIdx>) -> &[ElementIdx] {
        element.and_then(|element| self.homes.get(&element)).map_or(&[], Vec::as_slice)
    }

    /// Whether the options ask for the rule's tags and the element's programmes.
    fn is_asked(&self, judgement: &Judgement) -> bool {
        let Some(rule) = self.rule(judgement) else { return false };
        let tags = &self.options.tags;
        (tags.is_empty() || rule.tags.iter().any(|tag| tags.contains(tag)))
            && self.is_in_asked_programme(judgement.element)
    }

    fn is_in_asked_programme(&self, element: Option<ElementIdx>) -> bool {
        let asked = &self.options.programmes;
        let is_asked = |id: &str| asked.iter().any(|one| one == id);
        asked.is_empty() || self.homes(element).iter().any(|p| is_asked(self.model.id_of(*p)))
    }

    /// The first of the element's programmes that was asked for.
    fn home(&self, element: Option<ElementIdx>) -> Option<ElementIdx> {
        let asked = &self.options.programmes;
        let is_asked =
            |p: &ElementIdx| asked.is_empty() || asked.iter().any(|id| id == self.model.id_of(*p));
        self.homes(element).iter().copied().find(is_asked)
    }

    fn place(&self, judgement: &Judgement) -> Option<Place> {
        Some(Place {
            programme: self.home(judgement.element),
            severity: self.rule(judgement)?.severity,
            verdict: judgement.verdict,
            rule: judgement.rule,
            element: judgement.element,
            deviation: None,
        })
    }

    fn finding(&self, judgement: &Judgement) -> Option<Finding> {
        let rule = self.rule(judgement)?;
        let shared = self.shared.get(judgement.rule)?;
        let mut message = Text::default();
        for (language, text) in &judgement.messages {
            match language {
                Language::En => message.en = Some(text.clone()),
                Language::Nl => message.nl = Some(text.clone()),
            }
        }
        let id = judgement.element.map(|element| self.model.id_of(element));
        Some(Finding {
            fingerprint: fingerprint(&rule.full_id, id, ""),
            rule: rule.full_id.clone(),
            title: shared.title.clone(),
            severity: rule.severity,
            verdict: judgement.verdict,
            element: judgement.element.map(|element| element_ref(self.model, element)),
            programmes: self.ids(self.homes(judgement.element)),
            message,
            why: shared.why.clone(),
            remedy: shared.remedy.clone(),
            source: shared.source.clone(),
            tags: rule.tags.clone(),
            missing: judgement.facts.iter().map(|fact| missing_fact(self.model, *fact)).collect(),
            error: judgement.error.as_ref().map(error_text),
            witnesses: judgement.witnesses.iter().map(|w| element_ref(self.model, *w)).collect(),
            deviation: judgement
                .deviation
                .and_then(|position| deviation_note(self.model, position)),
            position: judgement
                .element
                .and_then(|e| self.model.origin(e))
                .and_then(|o| self.position(o)),
        })
    }

    fn ids(&self, elements: &[ElementIdx]) -> Vec<String> {
        elements.iter().map(|element| self.model.id_of(*element).to_owned()).collect()
    }

    fn position(&self, origin: Origin) -> Option<FilePosition> {
        let source = self.model.sources().get(usize::try_from(origin.source).ok()?)?;
        let position = source.position(origin.span.start);
        Some(FilePosition {
            file: source.name().to_owned(),
            line: position.line,
            column: position.column,
        })
    }

    /// Findings of the built-in pack: deviations that don't do what they say.
    fn deviation_findings(&self, judgements: &[Judgement]) -> Vec<(Place, Finding)> {
        // They carry no tag, so a check for certain tags doesn't ask for them.
        if !self.options.tags.is_empty() {
            return Vec::new();
        }
        let after_all = self.rules.typed().rules.len();
        let found = flaws(self.rules, self.model, judgements, self.options.at.timestamp());
        let findings = found.into_iter().filter_map(|(position, element, flaw)| {
            if !self.is_in_asked_programme(element) {
                return None;
            }
            let deviation = self.model.deviations().get(position)?;
            let place = Place {
                programme: self.home(element),
                severity: Severity::Warning,
                verdict: Verdict::Fail,
                rule: after_all + flaw.number(),
                element,
                deviation: Some(position),
            };
            let about = format!("{} {}", deviation.rule, deviation.elements.join(" "));
            let rule = format!("spelregel/{}", flaw.id());
            let id = element.map(|element| self.model.id_of(element));
            let finding = Finding {
                fingerprint: fingerprint(&rule, id, &about),
                rule,
                title: Arc::new(flaw.title()),
                severity: Severity::Warning,
                verdict: Verdict::Fail,
                element: element.map(|element| element_ref(self.model, element)),
                programmes: self.ids(self.homes(element)),
                message: flaw.message(deviation),
                why: Arc::new(flaw.why()),
                remedy: Arc::new(flaw.remedy()),
                source: None,
                tags: Vec::new(),
                missing: Vec::new(),
                error: None,
                witnesses: Vec::new(),
                deviation: deviation_note(self.model, position),
                position: self.position(deviation.origin),
            };
            Some((place, finding))
        });
        findings.collect()
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
                    sha256: sha256(pack.0.source.text()),
                })
                .collect(),
            settings: (!settings.is_empty()).then(|| sha256(settings)),
            model: sha256(&self.model.canonical()),
        }
    }

    fn counts(&self, judgements: &[&Judgement]) -> Counts {
        let rules = &self.rules.typed().rules;
        let packs = self.rules.packs();
        let mut all = Tally::default();
        let mut outside = Tally::default();
        let mut by_severity = vec![Tally::default(); Severity::ALL.len()];
        let mut by_rule = vec![Tally::default(); rules.len()];
        let mut by_pack = vec![Tally::default(); packs.len()];
        let mut by_tag: BTreeMap<&str, Tally> = BTreeMap::new();
        let mut by_programme: BTreeMap<ElementIdx, Tally> = BTreeMap::new();
        for judgement in judgements {
            let Some(rule) = self.rule(judgement) else { continue };
            let verdict = judgement.verdict;
            all.add(verdict);
            let severity = Severity::ALL.iter().position(|s| *s == rule.severity);
            for tally in [
                severity.and_then(|position| by_severity.get_mut(position)),
                by_rule.get_mut(judgement.rule),
                by_pack.get_mut(rule.pack),
            ]
            .into_iter()
            .flatten()
            {
                tally.add(verdict);
            }
            for tag in &rule.tags {
                by_tag.entry(tag).or_default().add(verdict);
            }
            let homes = self.homes(judgement.element);
            for programme in homes {
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
            rules: rules.iter().zip(&by_rule).map(|(rule, t)| count(&rule.full_id, t)).collect(),
            packs: packs
                .iter()
                .zip(&by_pack)
                .enumerate()
                .filter(|(position, _)| has_rules(*position))
                .map(|(_, (pack, t))| count(pack.id(), t))
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
                judge(self.model, rules, self.options.at.timestamp(), gate, Some(position))
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
            self.homes(j.element).contains(&programme) && self.rule(j).is_some_and(has_tag)
        };
        let key = |j: &Judgement| (j.rule, j.element);
        let brought: BTreeMap<_, &Judgement> =
            again.iter().filter(belongs).map(|j| (key(j), j)).collect();
        let mut tallies = vec![Tally::default(); Severity::ALL.len()];
        let mut findings = Vec::new();
        for stands in judgements.iter().filter(belongs) {
            let now = brought.get(&key(stands)).copied().unwrap_or(stands);
            let severity = self.rule(now).map(|rule| rule.severity);
            let position = Severity::ALL.iter().position(|s| Some(*s) == severity);
            if let Some(tally) = position.and_then(|position| tallies.get_mut(position)) {
                tally.add(now.verdict);
            }
            if is_finding(now.verdict) && now.verdict != stands.verdict {
                findings.extend(self.place(now).zip(self.finding(now)));
            }
        }
        findings.sort_by(|(a, _), (b, _)| order::compare(a, b));
        Readiness {
            gate: gate.to_owned(),
            severities: Severity::ALL
                .iter()
                .zip(tallies)
                .map(|(s, verdicts)| Count { name: s.as_str().to_owned(), verdicts })
                .collect(),
            findings: findings.into_iter().map(|(_, finding)| finding).collect(),
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
        ranked.sort_by_key(|(_, (settles, named))| std::cmp::Reverse((*settles, *named)));
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

/// A recorded deviation, by its position in the model.
pub(crate) fn deviation_note(model: &Model, position: usize) -> Option<DeviationNote> {
    let deviation = model.deviations().get(position)?;
    Some(DeviationNote {
        rule: deviation.rule.clone(),
        reason: deviation.reason.clone(),
        decided_by: deviation.decided_by.clone(),
        until: deviation.until.and_then(Date::from_timestamp),
    })
}

/// An error of evaluation in both languages.
pub(crate) fn error_text(error: &EvalError) -> Text {
    let dutch = match error {
        EvalError::DivisionByZero => "deling door nul".to_owned(),
        EvalError::Overflow => "een getal of datum buiten het bereik".to_owned(),
        EvalError::IndexOutOfRange(position) => format!("plaats {position} ligt buiten de lijst"),
        EvalError::NoSuchKey => "die sleutel is er niet".to_owned(),
        EvalError::InvalidConversion(text, _) => format!("`{text}` kan niet worden omgezet"),
        EvalError::EmptyOptional => "een optionele waarde die er niet is, werd gelezen".to_owned(),
        EvalError::InvalidArgument(_) => "een argument dat de functie niet aanneemt".to_owned(),
        EvalError::TooCostly(excess) => format!(
            "de regel zou op dit model ongeveer {} stappen kosten, en er zijn er hoogstens {} toegestaan: dat komt \
             door `{}`",
            steps(excess.steps),
            steps(excess.limit),
            shown(&excess.part)
        ),
        EvalError::Internal(what) => format!("interne fout: {what}"),
    };
    Text::both(error.to_string(), dutch)
}
