//! Formulas over facts, worked out a second time by a few lines that know nothing of the rest: what is true,
//! and which missing facts are named.

use std::collections::BTreeSet;

use anyhow::Result;
use spelregel::{Limits, Metamodel, Model, Options, Pack, RuleSet, Settings, Source, Verdict};
use spelregel_tests::generate::model::TODAY;
use spelregel_tests::generate::{Draw, law};

use super::{broken, same, tell};

/// What a formula comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Truth {
    Known(bool),
    Unknown(BTreeSet<usize>),
    Error,
}

use Truth::{Error, Known, Unknown};

enum Formula {
    /// Whether a fact holds.
    Fact(usize),
    Wrong,
    Not(Box<Formula>),
    And(Box<Formula>, Box<Formula>),
    Or(Box<Formula>, Box<Formula>),
    Equal(Box<Formula>, Box<Formula>),
    If(Box<Formula>, Box<Formula>, Box<Formula>),
}

/// How many facts there are.
const FACTS: usize = 6;

impl Formula {
    fn draw(draw: &mut Draw<'_>, depth: usize) -> Self {
        let part = |draw: &mut Draw<'_>| Box::new(Self::draw(draw, depth.saturating_sub(1)));
        match if depth == 0 { 0 } else { draw.weighted(&[3, 1, 2, 4, 4, 1, 1]) } {
            1 => Self::Wrong,
            2 => Self::Not(part(draw)),
            3 => Self::And(part(draw), part(draw)),
            4 => Self::Or(part(draw), part(draw)),
            5 => Self::Equal(part(draw), part(draw)),
            6 => Self::If(part(draw), part(draw), part(draw)),
            _ => Self::Fact(draw.below(FACTS)),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Fact(fact) => format!("model.facts[{fact}].holds"),
            Self::Wrong => "1 / 0 == 1".to_owned(),
            Self::Not(a) => format!("!({})", a.text()),
            Self::And(a, b) => format!("({} && {})", a.text(), b.text()),
            Self::Or(a, b) => format!("({} || {})", a.text(), b.text()),
            Self::Equal(a, b) => format!("(({}) == ({}))", a.text(), b.text()),
            Self::If(a, b, c) => format!("({} ? {} : {})", a.text(), b.text(), c.text()),
        }
    }

    fn truth(&self, facts: &[Option<bool>]) -> Truth {
        match self {
            Self::Fact(fact) => match facts.get(*fact) {
                Some(Some(holds)) => Known(*holds),
                _ => Unknown(BTreeSet::from([*fact])),
            },
            Self::Wrong => Error,
            Self::Not(a) => match a.truth(facts) {
                Known(holds) => Known(!holds),
                other => other,
            },
            Self::And(a, b) => joined(false, a.truth(facts), b.truth(facts)),
            Self::Or(a, b) => joined(true, a.truth(facts), b.truth(facts)),
            Self::Equal(a, b) => match (a.truth(facts), b.truth(facts)) {
                (Error, _) | (_, Error) => Error,
                (Unknown(a), Unknown(b)) => Unknown(&a | &b),
                (Unknown(a), _) | (_, Unknown(a)) => Unknown(a),
                (Known(a), Known(b)) => Known(a == b),
            },
            Self::If(a, b, c) => match a.truth(facts) {
                Known(true) => b.truth(facts),
                Known(false) => c.truth(facts),
                other => other,
            },
        }
    }
}

/// `&&`, which false decides, or `||`, which true decides.
fn joined(deciding: bool, a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Known(a), _) if a == deciding => Known(a),
        (_, Known(b)) if b == deciding => Known(b),
        (Unknown(a), Unknown(b)) => Unknown(&a | &b),
        (Unknown(a), _) | (_, Unknown(a)) => Unknown(a),
        (Error, _) | (_, Error) => Error,
        _ => Known(!deciding),
    }
}

#[test]
fn missing_facts_are_the_reads_that_nothing_absorbed() -> Result<()> {
    let own =
        "metamodel: own\nkinds: {Fact: {section: facts, properties: {holds: {type: bool}}}}\n";
    let metamodel = Metamodel::load(&Source::new("own.yaml", own), &Limits::default())?;
    let options = Options::at(TODAY.parse()?);
    let held = law::hold(200, 120, |tape| {
        let mut draw = Draw::new(tape);
        let facts: Vec<Option<bool>> =
            (0..FACTS).map(|_| (!draw.chance(50)).then(|| draw.chance(50))).collect();
        let written = facts.iter().enumerate().map(|(at, fact)| match fact {
            Some(holds) => format!("{{id: f{at}, holds: {holds}}}"),
            None => format!("{{id: f{at}}}"),
        });
        let model = format!("facts: [{}]", written.collect::<Vec<_>>().join(", "));
        let model = Model::load(&metamodel, [Source::new("m.yaml", model)]).map_err(broken)?;
        let formula = Formula::draw(&mut draw, 6);
        let pack = format!(
            "pack: p\nversion: 1.0.0\ntitle: {{en: P}}\nrules: [{{id: r, title: {{en: R}}, each: Model, \
             severity: error, message: {{en: m}}, require: \"{}\"}}]",
            formula.text()
        );
        let pack = Pack::load(Source::new("p.yaml", pack)).map_err(broken)?;
        let rules = RuleSet::compile(&metamodel, [pack], &Settings::default()).map_err(broken)?;
        let answers = rules.answers(&model, &options);
        let found = answers.first().map(|a| (a.verdict, a.missing.clone()));
        let wanted = match formula.truth(&facts) {
            Known(true) => (Verdict::Pass, Vec::new()),
            Known(false) => (Verdict::Fail, Vec::new()),
            Error => (Verdict::Error, Vec::new()),
            Unknown(facts) => {
                (Verdict::Unknown, facts.iter().map(|at| format!("f{at}.holds")).collect())
            }
        };
        same(&Some(wanted), &found)?;
        Ok(1)
    });
    tell("missing facts are the reads that nothing absorbed", held)
}
