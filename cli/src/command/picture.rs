//! `spelregel picture`: models in, their network as a picture out.

use anstream::ColorChoice;
use spelregel::{Look, Options, Theme};

use super::{Outcome, language, model, rules};
use crate::args::{Picture, PictureFormat, PictureTheme};
use crate::input::{self, Reader};
use crate::output::{self, Trouble};

pub(crate) fn run(asked: &Picture, colour: ColorChoice) -> Result<Outcome, Trouble> {
    let mut reader = Reader::new();
    let sources: Vec<_> = asked.models.iter().filter_map(|file| reader.model(file)).collect();
    let rules = rules(&asked.sources, &mut reader)?;
    let language = language(asked.lang, &rules);
    let model = model(sources, &rules, language, colour)?;
    if let Some(warnings) = model.warnings() {
        output::warn(warnings, colour);
    }
    let at = match asked.at {
        Some(date) => date,
        None => input::today()?,
    };
    let options = match &asked.gate {
        Some(gate) => Options::at(at).gate(gate),
        None => Options::at(at),
    };
    options.validate(&rules, &model).map_err(|problem| Trouble::new(problem.to_string()))?;
    let report = asked.findings.then(|| rules.check(&model, &options));
    let mut look = Look::new(language).at(at).depth(asked.depth).most(asked.most);
    look = look.theme(match asked.theme {
        PictureTheme::Auto => Theme::Auto,
        PictureTheme::Light => Theme::Light,
        PictureTheme::Dark => Theme::Dark,
    });
    if let Some(report) = &report {
        look = look.findings(report);
    }
    look = asked.focus.iter().fold(look, Look::focus);
    look = asked.kinds.iter().fold(look, Look::kind);
    let picture = model.picture(&look).map_err(|problem| Trouble::new(problem.to_string()))?;
    let mut text = match asked.format {
        PictureFormat::Svg => picture.to_svg(),
        PictureFormat::Dot => picture.to_dot(),
        PictureFormat::Mermaid => picture.to_mermaid(),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    match &asked.output {
        Some(file) => output::write(file, &text)?,
        None => output::print(|_| text, colour)?,
    }
    Ok(Outcome::Fine)
}
