//! The law of sessions: whatever is edited, what a session tells is what a check from nothing finds.

mod edits;

use std::io::Write;
use std::sync::OnceLock;

use proptest::prelude::*;

use self::edits::{Dice, edit};
use super::{Delta, Session, says_the_same};
use crate::report::Finding;
use crate::{Edit, Metamodel, Model, Options, Pack, Report, RuleSet, Settings, Source};

/// Rules that read in every way there is, besides those that are shipped.
const TRICKY: &str = include_str!("tests/tricky.yaml");

pub(crate) fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| {
        let shipped = Pack::shipped_ids().filter_map(Pack::shipped);
        let tricky = Pack::load(Source::new("tricky.yaml", TRICKY));
        let packs: Vec<Pack> = shipped.chain([tricky]).collect::<Result<_, _>>().unwrap();
        RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())
            .unwrap_or_else(|problems| panic!("{problems}"))
    })
}

fn load(text: &str) -> Model {
    Model::load(rules().metamodel(), [Source::new("m.yaml", text)])
        .unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

/// A session, and findings that are kept by what it tells alone.
struct Watched {
    session: Session,
    findings: Vec<Finding>,
    /// What there was before each edit that can be undone.
    past: Vec<String>,
    future: Vec<String>,
    figures: Figures,
}

/// What a run came to.
#[derive(Debug, Default, Clone, Copy)]
struct Figures {
    edits: usize,
    /// Times that edits were made together, or taken back, and that they were refused.
    changes: usize,
    refusals: usize,
    /// Verdicts worked out again, and findings told.
    rejudged: usize,
    told: usize,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.edits += other.edits;
        self.changes += other.changes;
        self.refusals += other.refusals;
        self.rejudged += other.rejudged;
        self.told += other.told;
    }
}

/// A finding wherever it is written.
fn placeless(finding: &Finding) -> Finding {
    Finding { position: None, ..finding.clone() }
}

/// A report wherever its findings are written.
fn without_places(report: &Report) -> String {
    let mut report = report.clone();
    let ahead = report.programmes.iter_mut().flat_map(|programme| &mut programme.gates);
    let ahead = ahead.flat_map(|gate| &mut gate.findings);
    for finding in report.findings.iter_mut().chain(ahead) {
        finding.position = None;
    }
    report.to_json()
}

fn sorted(findings: &[Finding]) -> Vec<String> {
    let texts = findings.iter().map(|f| serde_json::to_string(&placeless(f)).unwrap());
    let mut texts: Vec<String> = texts.collect();
    texts.sort_unstable();
    texts
}

fn in_order(findings: &[Finding]) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by(|a, b| a.fingerprint.cmp(&b.fingerprint));
    findings
}

impl Watched {
    fn new(model: Model, options: Options) -> Self {
        let session = Session::new(rules().clone(), model, options);
        let findings = session.findings();
        Self {
            session,
            findings,
            past: Vec::new(),
            future: Vec::new(),
            figures: Figures::default(),
        }
    }

    /// All that is to be brought back: the model, the date, and the findings with their places.
    fn state(&self) -> String {
        let (model, options) = (self.session.model(), self.session.options());
        let places = model.elements().map(|element| element.position());
        format!("{} {} {:?}", model.to_json(), options.at, places.collect::<Vec<_>>())
    }

    /// Follows what a session tells.
    fn follow(&mut self, delta: &Delta) {
        self.figures.changes += 1;
        self.figures.rejudged += delta.rejudged;
        self.figures.told += delta.appeared.len() + delta.changed.len() + delta.went.len();
        let gone = delta.went.iter().chain(delta.changed.iter().map(|change| &change.before));
        for finding in gone {
            let at = self.findings.iter().position(|kept| says_the_same(kept, finding));
            self.findings.remove(at.unwrap_or_else(|| panic!("never told: {finding:#?}")));
        }
        self.findings.extend(delta.appeared.iter().cloned());
        self.findings.extend(delta.changed.iter().map(|change| change.after.clone()));
    }

    fn step(&mut self, seed: u64, batch: u64) {
        let mut dice = Dice::new(seed);
        match dice.below(20) {
            0 => {
                let delta = self.session.undo();
                assert_eq!(delta.is_some(), !self.past.is_empty());
                if let (Some(delta), Some(before)) = (delta, self.past.pop()) {
                    self.future.push(before.clone());
                    self.follow(&delta);
                    assert_eq!(self.state(), before, "undo brings everything back");
                }
            }
            1 => {
                let now = self.state();
                let delta = self.session.redo();
                assert_eq!(delta.is_some(), !self.future.is_empty());
                if let (Some(delta), Some(before)) = (delta, self.future.pop()) {
                    assert_eq!(now, before);
                    self.past.push(before);
                    self.follow(&delta);
                }
            }
            2 => {
                let edits = self.draw(&mut dice, batch);
                let before = self.state();
                let _ = self.session.what_if(edits);
                assert_eq!(self.state(), before, "what_if changes nothing");
            }
            3 => {
                // The same programme, typed anew by somebody who then edits it.
                let mut other = Session::new(
                    rules().clone(),
                    load(&self.session.model().to_json()),
                    self.session.options().clone(),
                );
                for edit in self.draw(&mut dice, batch) {
                    if !matches!(edit, Edit::Date { .. }) {
                        let _ = other.apply([edit]);
                    }
                }
                let before = self.state();
                let delta = self.session.replace(load(&other.model().to_json())).unwrap();
                self.did(before, &delta);
            }
            _ => {
                let edits = self.draw(&mut dice, batch);
                let before = self.state();
                match self.session.apply(edits) {
                    Ok(delta) => self.did(before, &delta),
                    Err(_) => {
                        self.figures.refusals += 1;
                        assert_eq!(self.state(), before, "a refusal changes nothing");
                    }
                }
            }
        }
    }

    fn draw(&mut self, dice: &mut Dice, batch: u64) -> Vec<Edit> {
        let count = 1 + dice.below(batch);
        self.figures.edits += usize::try_from(count).unwrap();
        (0..count).map(|_| edit(self.session.model(), dice)).collect()
    }

    fn did(&mut self, before: String, delta: &Delta) {
        if self.session.history.done.len() > self.past.len() {
            self.past.push(before);
            self.future.clear();
        }
        self.follow(delta);
    }

    /// Holds what was told against a check from nothing, and now and then the model against one that was
    /// loaded from its document.
    fn check(&self, is_thorough: bool) {
        let session = &self.session;
        let findings = session.findings();
        let (kept, fresh) = (in_order(&self.findings), in_order(&findings));
        let are_equal = kept.len() == fresh.len()
            && kept.iter().zip(&fresh).all(|(kept, fresh)| says_the_same(kept, fresh));
        // Several findings can have one fingerprint.
        if !are_equal {
            let (kept, fresh) = (sorted(&self.findings), sorted(&findings));
            let missed: Vec<_> = fresh.iter().filter(|one| !kept.contains(one)).collect();
            let stale: Vec<_> = kept.iter().filter(|one| !fresh.contains(one)).collect();
            assert!(kept == fresh, "not told: {missed:#?}\nstale: {stale:#?}");
        }
        if !is_thorough {
            return;
        }
        let found = session.report();
        assert_eq!(found.findings, findings);
        let text = session.model().to_json();
        let anew = load(&text);
        assert_eq!(anew.to_json(), text);
        // Documents put deviations in an order of their own.
        if session.model().deviations().len() < 2 {
            let report = rules().check(&anew, session.options());
            assert_eq!(without_places(&report), without_places(&found), "as from its document");
        }
    }
}

/// A small model that follows from a seed.
pub(crate) fn drawn(seed: u64) -> Model {
    let mut dice = Dice::new(seed);
    let mut session = Session::new(
        rules().clone(),
        load("spelregel: 1\n"),
        Options::at("2026-06-01".parse().unwrap()),
    );
    for _ in 0..40 + dice.below(160) {
        let edit = edit(session.model(), &mut dice);
        let _ = session.apply([edit]);
    }
    session.model().clone()
}

/// How a run is drawn: edits from a model of a few elements that are linked in many ways.
fn run(seeds: &[u64], batch: u64) -> Figures {
    let options = Options::at("2026-06-01".parse().unwrap());
    let options = if seeds.len() % 4 == 1 { options.gate("G3") } else { options };
    let mut watched = Watched::new(load("spelregel: 1\n"), options);
    let mut dice = Dice::new(seeds.first().copied().unwrap_or_default());
    for _ in 0..dice.below(150) {
        let edit = edit(watched.session.model(), &mut dice);
        if let Ok(delta) = watched.session.apply([edit]) {
            watched.follow(&delta);
        }
    }
    watched.session.history = super::history::History::default();
    watched.check(true);
    for (step, seed) in seeds.iter().enumerate() {
        watched.step(*seed, batch);
        watched.check(step % 8 == 7 || step + 1 == seeds.len());
    }
    watched.figures
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn a_session_tells_what_a_check_from_nothing_finds(
        seeds in prop::collection::vec(any::<u64>(), 1..40),
    ) {
        run(&seeds, 4);
    }
}

/// A million edits, where somebody asks for them: `SPELREGEL_LONG=1`. Or so many as `SPELREGEL_CASES` says, from
/// what `SPELREGEL_SEED` says on.
#[test]
fn a_session_holds_for_long() {
    if std::env::var_os("SPELREGEL_LONG").is_none_or(|value| value != "1") {
        return;
    }
    let number = |name| std::env::var_os(name)?.to_str()?.parse::<u64>().ok();
    let edits = usize::try_from(number("SPELREGEL_CASES").unwrap_or(1_000_000)).unwrap();
    let first = number("SPELREGEL_SEED").unwrap_or(1);
    let (mut all, mut seed, mut told) = (Figures::default(), first, 0);
    while all.edits < edits {
        let mut dice = Dice::new(seed);
        let seeds: Vec<u64> = (0..60).map(|_| dice.next()).collect();
        let caught = std::panic::catch_unwind(|| run(&seeds, 20));
        all.add(caught.unwrap_or_else(|_| panic!("run {seed} after {all:?}")));
        if all.edits / 20_000 > told {
            told = all.edits / 20_000;
            writeln!(std::io::stdout(), "from {first} to {seed}: {all:?}").unwrap();
        }
        seed += 1;
    }
    writeln!(std::io::stdout(), "from {first} to {}: {all:?}, the end", seed - 1).unwrap();
}
