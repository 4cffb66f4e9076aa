//! The library with its plain evaluator.

use std::sync::OnceLock;

use anyhow::{Context, Result, bail};
use spelregel::{
    Colour, Diagnostics, Evaluated, Expression, Language, Limits, Metamodel, Model, Options, Pack,
    RuleSet, Settings, Source,
};

use crate::driver::{Answer, Asked, Driver, File, Input, Message, Outcome};

/// Runs cases with the library.
#[derive(Debug, Clone, Copy)]
pub struct Reference;

impl Driver for Reference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn run(&self, input: &Input) -> Result<Outcome> {
        run(input, |parts, _| Ok(parts))
    }
}

/// The rules and the model of a case, where both are sound.
///
/// # Errors
/// If the case can't be read.
pub(crate) fn parts(input: &Input) -> Result<Option<(RuleSet, Model)>> {
    let parts = load(input, &limits(&input.options)?, &mut Problems::default())?;
    Ok(parts.map(|parts| (parts.rules, parts.model)))
}

/// Runs a case, with something done between loading and judging.
pub(crate) fn run(
    input: &Input,
    prepare: impl FnOnce(Parts, &Limits) -> Result<Parts>,
) -> Result<Outcome> {
    let limits = limits(&input.options)?;
    let mut outcome = Outcome::default();
    let mut problems = Problems::default();
    if let Some(parts) = load(input, &limits, &mut problems)? {
        judge(input, &prepare(parts, &limits)?, &mut outcome)?;
    }
    outcome.is_sound = problems.errors == 0;
    outcome.diagnostics = problems.text;
    Ok(outcome)
}

/// What a check needs.
pub(crate) struct Parts {
    pub(crate) rules: RuleSet,
    pub(crate) model: Model,
}

/// What is wrong with the input, printed.
#[derive(Default)]
struct Problems {
    text: String,
    errors: usize,
}

impl Problems {
    fn print(&mut self, problems: &Diagnostics) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&problems.to_string());
    }

    fn check<T>(&mut self, result: Result<T, Diagnostics>) -> Option<T> {
        result
            .map_err(|problems| {
                self.errors += 1;
                self.print(&problems);
            })
            .ok()
    }
}

/// Loads everything, as far as it can be loaded: what is wrong with one file hides nothing in another that
/// doesn't build on it.
fn load(input: &Input, limits: &Limits, problems: &mut Problems) -> Result<Option<Parts>> {
    let mut metamodel = Metamodel::standard();
    if let Some(file) = &input.metamodel {
        let extended =
            source(file)?.and_then(|source| Metamodel::standard().extend(&source, limits));
        let Some(extended) = problems.check(extended) else { return Ok(None) };
        metamodel = extended;
    }
    // Rules are given the metamodel without what the settings add: they add it themselves.
    let base = metamodel.clone();
    let mut settings = Some(Settings::default());
    if let Some(file) = &input.settings {
        let loaded = source(file)?.and_then(|source| Settings::load_with(source, limits));
        settings = problems.check(loaded);
        if let Some(settings) = &settings {
            let Some(extended) = problems.check(settings.extend(&metamodel)) else {
                return Ok(None);
            };
            metamodel = extended;
        }
    }
    let rules = rules(input, limits, &base, settings, problems)?;
    let sources: Vec<_> = input.models.iter().map(source).collect::<Result<_>>()?;
    let sources: Vec<_> = sources.into_iter().map(|source| problems.check(source)).collect();
    let sources: Option<Vec<Source>> = sources.into_iter().collect();
    let model =
        sources.and_then(|sources| problems.check(Model::load_with(&metamodel, sources, limits)));
    if let Some(warnings) = rules.as_ref().and_then(RuleSet::warnings) {
        problems.print(warnings);
    }
    if let Some(warnings) = model.as_ref().and_then(Model::warnings) {
        problems.print(warnings);
    }
    Ok(rules.zip(model).map(|(rules, model)| Parts { rules, model }))
}

fn rules(
    input: &Input,
    limits: &Limits,
    metamodel: &Metamodel,
    settings: Option<Settings>,
    problems: &mut Problems,
) -> Result<Option<RuleSet>> {
    let is_plain = input.settings.is_none() && input.metamodel.is_none();
    if input.packs.is_empty() && is_plain && input.options.limits.is_empty() {
        return Ok(problems.check(SHIPPED.get_or_init(shipped).clone()));
    }
    let mut packs = Vec::new();
    if input.packs.is_empty() {
        packs.extend(Pack::shipped_ids().filter_map(Pack::shipped));
    }
    for file in &input.packs {
        packs.push(source(file)?.and_then(|source| Pack::load_with(source, limits)));
    }
    let packs: Vec<Option<Pack>> = packs.into_iter().map(|pack| problems.check(pack)).collect();
    let packs: Option<Vec<Pack>> = packs.into_iter().collect();
    Ok(packs.zip(settings).and_then(|(packs, settings)| {
        problems.check(RuleSet::compile_with(metamodel, packs, &settings, limits))
    }))
}

/// Most cases need the shipped rules as they are, and compiling them takes its time.
static SHIPPED: OnceLock<Result<RuleSet, Diagnostics>> = OnceLock::new();

fn shipped() -> Result<RuleSet, Diagnostics> {
    let packs = Pack::shipped_ids().filter_map(Pack::shipped).collect::<Result<Vec<_>, _>>()?;
    RuleSet::compile(&Metamodel::standard(), packs, &Settings::default())
}

fn judge(input: &Input, parts: &Parts, outcome: &mut Outcome) -> Result<()> {
    let Parts { rules, model } = parts;
    let asked = &input.options;
    let language: Language = asked.lang.parse()?;
    let options = options(asked)?;
    options.validate(rules, model)?;
    let named = |element: Option<&str>| element.unwrap_or("model").to_owned();
    for answer in rules.answers(model, &options) {
        outcome.verdicts.push(Answer {
            element: named(answer.element.as_deref()),
            rule: answer.rule,
            verdict: answer.verdict.as_str().to_owned(),
            missing: answer.missing,
        });
    }
    let report = rules.check(model, &options);
    for finding in &report.findings {
        outcome.messages.push(Message {
            rule: finding.rule.clone(),
            element: named(finding.element.as_ref().map(|element| element.id.as_str())),
            text: finding.message.get(language).to_owned(),
        });
    }
    outcome.report = report.to_text(language, Colour::Never);
    outcome.json = report.to_json();
    for text in &input.expressions {
        outcome.values.push(match Expression::compile(rules.metamodel(), text, &[]) {
            Ok(expression) => match expression.evaluate(model, options.at) {
                Evaluated::Value { json, .. } => json.to_string(),
                Evaluated::Unknown => "unknown".to_owned(),
                Evaluated::Error(error) => format!("error: {error}"),
            },
            Err(problems) => {
                let texts = problems.iter().map(|p| format!("{}: {}", p.code.as_str(), p.message));
                format!("refused {}", texts.collect::<Vec<_>>().join("; "))
            }
        });
    }
    Ok(())
}

pub(crate) fn options(asked: &Asked) -> Result<Options> {
    let mut options = Options::at(asked.at.parse()?);
    options.gate.clone_from(&asked.gate);
    options.programmes.extend(asked.programme.clone());
    options.tags.extend(asked.tag.clone());
    Ok(options)
}

fn source(file: &File) -> Result<Result<Source, Diagnostics>> {
    if !file.is_hex {
        return Ok(Ok(Source::new(&file.name, &file.text)));
    }
    let digits: Vec<char> = file.text.chars().filter(char::is_ascii_hexdigit).collect();
    let bytes: Vec<u8> = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16))
        .collect::<Result<_, _>>()
        .context("hexadecimal digits")?;
    Ok(Source::from_bytes(&file.name, &bytes))
}

fn limits(asked: &Asked) -> Result<Limits> {
    let mut limits = Limits::default();
    for (name, value) in &asked.limits {
        let place = match name.as_str() {
            "diagnostics" => &mut limits.diagnostics,
            "document_depth" => &mut limits.document_depth,
            "document_nodes" => &mut limits.document_nodes,
            "document_aliases" => &mut limits.document_aliases,
            "expression_depth" => &mut limits.expression_depth,
            "expression_bytes" => &mut limits.expression_bytes,
            "evaluation_depth" => &mut limits.evaluation_depth,
            "source_bytes" => &mut limits.source_bytes,
            "text_bytes" => &mut limits.text_bytes,
            "elements" => &mut limits.elements,
            "rule_cost" => {
                limits.rule_cost = u64::try_from(*value)?;
                continue;
            }
            other => bail!("cases know no limit `{other}`"),
        };
        *place = *value;
    }
    Ok(limits)
}
