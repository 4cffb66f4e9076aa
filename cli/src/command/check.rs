//! `spelregel check`: models in, a report out.

use anstream::ColorChoice;
use spelregel::report::{Colour, Waived};
use spelregel::{Calendar, Language, Options, Report, Verdict};

use super::{Outcome, language, model, report, rules};
use crate::args::{Check, ReportFormat};
use crate::input::{self, Reader};
use crate::output::{self, Trouble};

pub(crate) fn run(check: &Check, colour: ColorChoice) -> Result<Outcome, Trouble> {
    if check.models.is_empty() {
        return Err(Trouble::new("no model is named").help(
            "write the model before options that take several values: \
             spelregel check MODEL… --rules PACK…",
        ));
    }
    if check.omit_waived && check.format != ReportFormat::Sarif {
        return Err(Trouble::new("`--omit-waived` goes with `--format sarif`")
            .help("other forms always show accepted deviations"));
    }
    let mut reader = Reader::new();
    let sources: Vec<_> = check.models.iter().filter_map(|file| reader.model(file)).collect();
    let baseline = check.baseline.as_deref().map(|file| report(file, &mut reader)).transpose()?;
    let rules = rules(&check.sources, &mut reader)?;
    let language = language(check.lang, &rules);
    let model = model(sources, &rules, language, colour)?;
    for warnings in rules.warnings().into_iter().chain(model.warnings()) {
        output::warn(warnings, colour);
    }
    let options = options(check)?;
    options.validate(&rules, &model).map_err(|problem| Trouble::new(problem.to_string()))?;
    if let Some(until) = check.horizon {
        look_ahead(check, &rules.calendar(&model, &options, until), language, colour)?;
        return Ok(Outcome::Fine);
    }
    let report = rules.check(&model, &options);
    let report = match baseline {
        Some(baseline) => report.since(&baseline),
        None => report,
    };
    let waived = if check.omit_waived { Waived::LeftOut } else { Waived::Suppressed };
    let text = |colour| match check.format {
        ReportFormat::Text => report.to_text(language, colour),
        ReportFormat::Json => report.to_json(),
        ReportFormat::Markdown => report.to_markdown(language),
        ReportFormat::Html => report.to_html(language),
        ReportFormat::Sarif => report.to_sarif(language, waived),
    };
    match &check.output {
        Some(file) => output::write(file, &text(output::in_files(colour)))?,
        None => output::print(text, colour)?,
    }
    Ok(outcome(&report, check))
}

/// Prints what time alone will change.
fn look_ahead(
    check: &Check,
    calendar: &Calendar,
    language: Language,
    colour: ColorChoice,
) -> Result<(), Trouble> {
    if calendar.until < calendar.at {
        let message = format!("the horizon {} lies before {}", calendar.until, calendar.at);
        return Err(Trouble::new(message));
    }
    let text: &dyn Fn(Colour) -> String = match check.format {
        ReportFormat::Text => &|colour| calendar.to_text(language, colour),
        ReportFormat::Json => &|_| calendar.to_json(),
        ReportFormat::Markdown | ReportFormat::Html | ReportFormat::Sarif => {
            return Err(Trouble::new("`--horizon` goes with `--format text` and `json`"));
        }
    };
    match &check.output {
        Some(file) => output::write(file, &text(output::in_files(colour))),
        None => output::print(text, colour),
    }
}

fn options(check: &Check) -> Result<Options, Trouble> {
    let at = match check.at {
        Some(date) => date,
        None => input::today()?,
    };
    let mut options = Options::at(at);
    for id in &check.programmes {
        options = options.programme(id);
    }
    for tag in &check.tags {
        options = options.tag(tag);
    }
    Ok(match &check.gate {
        Some(gate) => options.gate(gate),
        None => options,
    })
}

fn outcome(report: &Report, check: &Check) -> Outcome {
    let mut bad = vec![Verdict::Fail, Verdict::Error];
    if check.fail_on_unknown {
        bad.push(Verdict::Unknown);
    }
    if report.has(check.fail_on(), &bad) { Outcome::Findings } else { Outcome::Fine }
}
